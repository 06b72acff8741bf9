#include "base/token_bucket.h"

#include <algorithm>

namespace tandem {

std::int64_t TokenBucket::leftAt(std::int64_t nowMs) const {
    // A day's pause fills any bucket; the product stays small.
    constexpr std::int64_t longestMs = 86'400'000;
    const std::int64_t passedMs = std::clamp<std::int64_t>(nowMs - m_filledAtMs, 0, longestMs);
    return std::min(m_most, m_left + passedMs * m_perSecond);
}

bool TokenBucket::take(std::int64_t count, std::int64_t nowMs) {
    m_left = leftAt(nowMs);
    m_filledAtMs = nowMs;
    if (m_left < count * 1000)
        return false;
    m_left -= count * 1000;
    return true;
}

void TokenBucket::spend(std::int64_t count, std::int64_t nowMs) {
    m_left = leftAt(nowMs) - count * 1000;
    m_filledAtMs = nowMs;
}

std::int64_t TokenBucket::readyAtMs(std::int64_t count) const {
    const std::int64_t missing = count * 1000 - m_left;
    return missing <= 0 ? m_filledAtMs : m_filledAtMs + (missing + m_perSecond - 1) / m_perSecond;
}

} // namespace tandem
