// The bytes of a piece of a log: what goes in comes out, and no bytes do harm.
#include "archive/segment.h"

#include "base/byte_writer.h"

#include <gtest/gtest.h>

#include <limits>

namespace tandem {

namespace {

std::vector<SegmentEntry> someEntries(std::size_t count) {
    std::vector<SegmentEntry> entries;
    for (std::size_t i = 0; i < count; ++i) {
        const ReplicaId replica = i % 3 == 0 ? maxReplicaId : 1 + i % 3;
        const auto timeMs = static_cast<std::int64_t>(i % 2 == 0 ? 1'700'000'000'000 + i : 5);
        entries.push_back({{1'000 + i, replica, timeMs, std::string(i % 5, static_cast<char>(i))}, {}});
        if (i % 4 == 1)
            entries.back().editId = std::string("\0edit", 5) + std::to_string(i);
    }
    return entries;
}

void expectSame(const std::vector<SegmentEntry>& entries) {
    const auto decoded = decodeSegment(encodeSegment(entries));
    ASSERT_TRUE(decoded.ok());
    EXPECT_EQ(*decoded, entries);
}

} // namespace

TEST(SegmentTest, WhatGoesInComesOut) {
    for (const std::size_t count : {std::size_t{1}, std::size_t{2}, std::size_t{7}, maxSegmentChanges})
        expectSame(someEntries(count));
}

TEST(SegmentTest, ExtremeNumbersComeOut) {
    constexpr auto least = std::numeric_limits<std::int64_t>::min();
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    expectSame({{{1, 1, least, ""}, ""}, {{2, 1, most, ""}, {}}, {{3, maxReplicaId, least, ""}, ""}});
    expectSame({{{static_cast<Seq>(most) - maxSegmentChanges, 1, 0, "x"}, {}}});
}

TEST(SegmentTest, TheColumnsStandAsTheHeaderSays) {
    const std::string expected("\x02\x09\x02\x05\x06\x00\x01\x14\x03\x01\x02\x01\x01\x01"
                               "eabc",
                               18);
    EXPECT_EQ(encodeSegment(std::vector<SegmentEntry>{{{9, 5, 10, "a"}, {}}, {{10, 6, 8, "bc"}, "e"}}),
              expected);
}

TEST(SegmentTest, AShortenedOrLengthenedOneIsRefused) {
    const std::string good = encodeSegment(someEntries(9));
    for (std::size_t size = 0; size < good.size(); ++size)
        EXPECT_FALSE(decodeSegment(std::string_view(good).substr(0, size)).ok()) << size;
    EXPECT_FALSE(decodeSegment(good + "x").ok());
}

TEST(SegmentTest, NumbersBeyondTheirBoundsAreRefused) {
    const auto refused = [](std::initializer_list<std::uint64_t> numbers) {
        ByteWriter writer;
        for (const std::uint64_t number : numbers)
            writer.varint(number);
        return !decodeSegment(std::move(writer).take()).ok();
    };
    // Number, seq, replicas, their ids, places, times, lengths, edits.
    EXPECT_FALSE(refused({1, 1, 1, 1, 0, 0, 0, 0}));
    EXPECT_TRUE(refused({0, 1, 1, 1, 0, 0, 0, 0}));
    EXPECT_TRUE(refused({maxSegmentChanges + 1, 1, 1, 1, 0, 0, 0, 0}));
    EXPECT_TRUE(refused({1, 0, 1, 1, 0, 0, 0, 0}));
    EXPECT_TRUE(refused({1, ~std::uint64_t{0}, 1, 1, 0, 0, 0, 0}));
    EXPECT_TRUE(refused({1, 1, 0, 0, 0, 0, 0}));
    EXPECT_TRUE(refused({1, 1, 2, 1, 2, 0, 0, 0, 0}));
    EXPECT_TRUE(refused({1, 1, 1, 0, 0, 0, 0, 0}));
    EXPECT_TRUE(refused({1, 1, 1, maxReplicaId + 1, 0, 0, 0, 0}));
    EXPECT_TRUE(refused({1, 1, 1, 1, 1, 0, 0, 0}));
    EXPECT_TRUE(refused({1, 1, 1, 1, 0, 0, ~std::uint64_t{0}, 0}));
    EXPECT_TRUE(refused({1, 1, 1, 1, 0, 0, 0, 1, 1, 0}));
    EXPECT_TRUE(refused({1, 1, 1, 1, 0, 0, 0, 1, 0, ~std::uint64_t{0}}));
    EXPECT_TRUE(refused({2, 1, 1, 1, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0}));
}

TEST(SegmentTest, MoreChangesThanASegmentHoldsAreRefused) {
    for (const std::size_t count : {maxSegmentChanges, maxSegmentChanges + 1}) {
        ByteWriter writer;
        writer.varint(count);
        for (const int seqReplicasAndId : {1, 1, 1})
            writer.varint(static_cast<std::uint64_t>(seqReplicasAndId));
        for (std::size_t placesTimesAndLengths = 0; placesTimesAndLengths < 3 * count;
             ++placesTimesAndLengths)
            writer.varint(0);
        writer.varint(0); // edits
        EXPECT_EQ(decodeSegment(std::move(writer).take()).ok(), count == maxSegmentChanges);
    }
}

TEST(SegmentTest, RandomDamageGivesASegmentOrAnError) {
    SeededRandom random(5);
    const std::string good = encodeSegment(someEntries(40));
    for (int round = 0; round < 20'000; ++round) {
        std::string bytes = good;
        for (std::uint64_t i = 0; i <= random.below(4); ++i)
            bytes[random.below(bytes.size())] = static_cast<char>(random.below(256));
        const auto decoded = decodeSegment(bytes);
        EXPECT_TRUE(!decoded.ok() || decoded->size() <= maxSegmentChanges);
    }
}

} // namespace tandem
