#include "load/latency_histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace tandem::load {

namespace {
constexpr double nanosecondsInMs = 1e6;
}

// Below 2 << fineBits each value has its own bucket; above, the leading bits choose it.
std::size_t LatencyHistogram::bucketOf(std::uint64_t value) {
    const int shift = std::max(0, static_cast<int>(std::bit_width(value)) - 1 - fineBits);
    return (static_cast<std::size_t>(shift) << fineBits) + static_cast<std::size_t>(value >> shift);
}

std::uint64_t LatencyHistogram::upperEnd(std::size_t bucket) {
    const std::size_t shift = bucket < (2U << fineBits) ? 0 : (bucket >> fineBits) - 1;
    const std::uint64_t leading = bucket - (shift << fineBits);
    return ((leading + 1) << shift) - 1;
}

void LatencyHistogram::add(std::int64_t nanoseconds) {
    const auto value = static_cast<std::uint64_t>(std::max<std::int64_t>(0, nanoseconds));
    ++m_buckets[bucketOf(value)];
    ++m_count;
    m_max = std::max(m_max, value);
}

void LatencyHistogram::add(const LatencyHistogram& other) {
    for (std::size_t i = 0; i < m_buckets.size(); ++i)
        m_buckets[i] += other.m_buckets[i];
    m_count += other.m_count;
    m_max = std::max(m_max, other.m_max);
}

double LatencyHistogram::quantileMs(double share) const {
    const auto wanted = static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(m_count)));
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < m_buckets.size(); ++i) {
        seen += m_buckets[i];
        if (seen >= std::max<std::uint64_t>(wanted, 1))
            return static_cast<double>(std::min(upperEnd(i), m_max)) / nanosecondsInMs;
    }
    return 0;
}

double LatencyHistogram::maxMs() const {
    return static_cast<double>(m_max) / nanosecondsInMs;
}

} // namespace tandem::load
