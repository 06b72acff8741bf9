#include "base/backoff.h"

#include <algorithm>

namespace tandem {

std::int64_t Backoff::nextDelayMs(Random& random) {
    constexpr int maxDoublings = 20;
    const std::int64_t ceiling = std::min(m_capMs, m_firstMs << std::min(m_attempts, maxDoublings));
    ++m_attempts;
    if (ceiling <= m_floorMs)
        return m_floorMs;
    const auto span = static_cast<std::uint64_t>(ceiling - m_floorMs) + 1;
    return m_floorMs + static_cast<std::int64_t>(random.below(span));
}

} // namespace tandem
