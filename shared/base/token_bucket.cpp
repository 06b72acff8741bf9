#include "base/token_bucket.h"

#include <algorithm>

namespace tandem {

bool TokenBucket::take(std::int64_t count, std::int64_t nowMs) {
    // A day's pause fills any bucket; the product stays small.
    constexpr std::int64_t longestMs = 86'400'000;
    const std::int64_t passedMs = std::clamp<std::int64_t>(nowMs - m_filledAtMs, 0, longestMs);
    m_left = std::min(m_most, m_left + passedMs * m_perSecond);
    m_filledAtMs = nowMs;
    if (m_left < count * 1000)
        return false;
    m_left -= count * 1000;
    return true;
}

std::int64_t TokenBucket::readyAtMs() const {
    const std::int64_t missing = 1000 - m_left;
    return missing <= 0 ? m_filledAtMs : m_filledAtMs + (missing + m_perSecond - 1) / m_perSecond;
}

} // namespace tandem
