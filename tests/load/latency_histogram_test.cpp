#include "load/latency_histogram.h"

#include <gtest/gtest.h>

namespace tandem::load {

TEST(LatencyHistogram, IsEmptyAtFirst) {
    const LatencyHistogram histogram;
    EXPECT_EQ(histogram.count(), 0U);
    EXPECT_EQ(histogram.quantileMs(0.5), 0);
    EXPECT_EQ(histogram.maxMs(), 0);
}

TEST(LatencyHistogram, QuantilesAreNoneTooSmallAndAtMostTwoPercentTooLarge) {
    LatencyHistogram histogram;
    for (std::int64_t i = 1; i <= 100'000; ++i)
        histogram.add(i * 1'000);
    for (const double share : {0.001, 0.01, 0.5, 0.9, 0.99, 0.999, 1.0}) {
        const double exact = share * 100;
        EXPECT_GE(histogram.quantileMs(share), exact * 0.999999) << share;
        EXPECT_LE(histogram.quantileMs(share), exact * 1.02) << share;
    }
    EXPECT_EQ(histogram.maxMs(), 100);
}

TEST(LatencyHistogram, EveryMagnitudeHasItsPlace) {
    for (int bits = 0; bits < 63; ++bits) {
        LatencyHistogram histogram;
        const std::int64_t value = std::int64_t{1} << bits;
        histogram.add(value);
        histogram.add(value - 1);
        EXPECT_EQ(histogram.count(), 2U);
        EXPECT_DOUBLE_EQ(histogram.quantileMs(1), static_cast<double>(value) / 1e6) << bits;
    }
}

TEST(LatencyHistogram, TwoTogetherTellOfAll) {
    LatencyHistogram one;
    LatencyHistogram other;
    one.add(1'000'000);
    other.add(9'000'000);
    one.add(other);
    EXPECT_EQ(one.count(), 2U);
    EXPECT_NEAR(one.quantileMs(0.5), 1, 0.02);
    EXPECT_EQ(one.maxMs(), 9);
}

} // namespace tandem::load
