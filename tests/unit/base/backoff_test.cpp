#include "base/backoff.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace tandem {

TEST(BackoffTest, DelaysStayBetweenFloorAndCeilingWhichDoublesUpToTheCap) {
    SeededRandom random(1);
    Backoff backoff(500, 1000, 30000);
    std::int64_t ceiling = 1000;
    for (int attempt = 0; attempt < 40; ++attempt) {
        const std::int64_t delay = backoff.nextDelayMs(random);
        EXPECT_GE(delay, 500);
        EXPECT_LE(delay, ceiling);
        ceiling = std::min<std::int64_t>(ceiling * 2, 30000);
    }
}

TEST(BackoffTest, DelaysAreSpreadOverTheWholeRange) {
    SeededRandom random(2);
    std::int64_t smallest = 1000;
    std::int64_t largest = 0;
    for (int i = 0; i < 1000; ++i) {
        Backoff backoff(500, 1000, 30000);
        const std::int64_t delay = backoff.nextDelayMs(random);
        smallest = std::min(smallest, delay);
        largest = std::max(largest, delay);
    }
    EXPECT_LT(smallest, 520);
    EXPECT_GT(largest, 980);
}

TEST(BackoffTest, BeginsAnewAfterReset) {
    SeededRandom random(3);
    Backoff backoff(0, 10, 100000);
    for (int i = 0; i < 12; ++i)
        static_cast<void>(backoff.nextDelayMs(random));
    backoff.reset();
    EXPECT_LE(backoff.nextDelayMs(random), 10);
}

} // namespace tandem
