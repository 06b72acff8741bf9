// Counts durations in buckets whose width grows with them, as HdrHistogram does: each is known to about 1.6
// %, at a cost that does not grow with their number. A plain value.
#pragma once

#include <array>
#include <cstdint>

namespace tandem::load {

class LatencyHistogram {
public:
    void add(std::int64_t nanoseconds);
    void add(const LatencyHistogram& other);

    std::uint64_t count() const { return m_count; }
    // So many milliseconds or fewer took this share of them, 0 to 1; 0 when there are none. At least the true
    // figure, and never above maxMs().
    double quantileMs(double share) const;
    double maxMs() const;

private:
    static constexpr int fineBits = 6; // buckets for each doubling: 1 << fineBits
    static constexpr int ranges = 64 - fineBits;

    static std::size_t bucketOf(std::uint64_t value);
    static std::uint64_t upperEnd(std::size_t bucket);

    std::array<std::uint64_t, (ranges + 1) << fineBits> m_buckets{};
    std::uint64_t m_count = 0;
    std::uint64_t m_max = 0;
};

} // namespace tandem::load
