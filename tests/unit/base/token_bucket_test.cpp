#include "base/token_bucket.h"

#include <gtest/gtest.h>

namespace tandem {

TEST(TokenBucketTest, ABurstGoesThroughAtOnceAndWhatFollowsAtTheRate) {
    TokenBucket bucket(10, 3, 5'000);
    EXPECT_TRUE(bucket.take(2, 5'000));
    EXPECT_EQ(bucket.readyAtMs(), 5'000);
    EXPECT_TRUE(bucket.take(1, 5'000));
    EXPECT_FALSE(bucket.take(1, 5'000));
    EXPECT_EQ(bucket.readyAtMs(), 5'100);
    EXPECT_FALSE(bucket.take(1, 5'099));
    EXPECT_TRUE(bucket.take(1, 5'100));
    EXPECT_FALSE(bucket.take(1, 5'100));
}

TEST(TokenBucketTest, ItNeverHoldsMoreThanTheBurst) {
    TokenBucket bucket(1'000'000, 2, 0);
    EXPECT_TRUE(bucket.take(2, 900'000'000'000));
    EXPECT_FALSE(bucket.take(1, 900'000'000'000));
    EXPECT_FALSE(bucket.take(3, 900'000'100'000)) << "more than the burst is never there";
}

TEST(TokenBucketTest, WhatWasSpentBeyondTheBurstDelaysWhatComes) {
    TokenBucket bucket(10, 3, 5'000);
    EXPECT_TRUE(bucket.isFull(5'000));
    bucket.spend(5, 5'000);
    EXPECT_FALSE(bucket.take(0, 5'000));
    EXPECT_EQ(bucket.readyAtMs(0), 5'200);
    EXPECT_EQ(bucket.readyAtMs(3), 5'500);
    EXPECT_FALSE(bucket.isFull(5'499));
    EXPECT_TRUE(bucket.isFull(5'500));
    EXPECT_TRUE(bucket.take(3, 5'500));
}

} // namespace tandem
