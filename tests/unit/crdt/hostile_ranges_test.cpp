// Changes that name the same elements again and again: each range is a few bytes, and must not cost a walk
// through the document. Counted in lookups, for a clock says nothing in a test.
#include "crdt/named_ranges.h"
#include "crdt/replica.h"

#include "base/random.h"

#include <gtest/gtest.h>

#include <set>

namespace tandem {

namespace {

constexpr ReplicaId author = 1;
constexpr ReplicaId other = 2;
constexpr ReplicaId stranger = 3;
constexpr Counter length = 12'000;
constexpr std::uint64_t ranges = 3'000;

// A text of `author`, cut into thousands of pieces by what `other` wrote into it.
Replica manyPieces() {
    Replica replica;
    LocalEdit made;
    EXPECT_TRUE(replica.edit(author, 0, 0, std::u32string(length, U'a'), made).ok());
    for (std::size_t i = length; i > 3; i -= 3)
        EXPECT_TRUE(replica.edit(other, i - 1, 0, U"b", made).ok());
    return replica;
}

// Names nearly all of it in each range.
DeleteOp everythingAgainAndAgain() {
    DeleteOp deletion;
    for (std::uint64_t i = 0; i < ranges; ++i)
        deletion.ranges.push_back({{author, static_cast<Counter>(1 + i % 100)}, length - 200});
    return deletion;
}

// A walk of all pieces to check them, one to delete them, and a few lookups for each range.
std::uint64_t mostLookups(const Replica& replica) {
    return 4 * (replica.blockCount() + 2 * ranges);
}

} // namespace

TEST(HostileRanges, OneLongRangeNamedManyTimesIsWalkedOnce) {
    Replica replica = manyPieces();
    const Change change{stranger, 1, {everythingAgainAndAgain()}};
    const std::uint64_t most = mostLookups(replica);
    const std::uint64_t before = replica.lookupCount();
    ASSERT_TRUE(replica.apply(change).ok());
    EXPECT_LT(replica.lookupCount() - before, most);
    EXPECT_EQ(replica.codePoints().substr(0, 1), U"b");
    replica.checkInvariants();
}

TEST(HostileRanges, SoItIsInBytesOfAnySize) {
    for (const bool isLarge : {false, true}) {
        Replica replica = manyPieces();
        Change change{stranger, 1, {everythingAgainAndAgain()}};
        if (isLarge) // with text of its own, and what it deletes of that
            change.ops.insert(change.ops.begin(),
                              InsertOp{OpId::root(), Side::right, std::u32string(9'000, U'c')});
        const std::string bytes = encodeChange(change);
        const auto split = splitChange(bytes);
        ASSERT_TRUE(split.ok());
        const std::uint64_t most = mostLookups(replica);
        const std::uint64_t before = replica.lookupCount();
        ASSERT_TRUE(replica.apply(*split).ok());
        EXPECT_LT(replica.lookupCount() - before, most) << isLarge;
        replica.checkInvariants();
    }
}

TEST(HostileRanges, ARangeThatIsNotAllThereIsRefusedHoweverOftenItsBeginningWasNamed) {
    Replica replica = manyPieces();
    DeleteOp deletion = everythingAgainAndAgain();
    deletion.ranges.push_back({{author, 1}, length + 1});
    const std::string before = replica.text();
    EXPECT_FALSE(replica.apply(Change{stranger, 1, {deletion}}).ok());
    EXPECT_EQ(replica.text(), before);
}

TEST(NamedRangesTest, EachElementIsVisitedInTheFirstRangeThatNamesIt) {
    for (std::uint64_t seed = 0; seed < 30; ++seed) {
        SeededRandom random(seed);
        NamedRanges named;
        std::set<OpId> visited;
        for (int i = 0; i < 60; ++i) {
            const ElementRange range{{1 + random.below(2), static_cast<Counter>(1 + random.below(3'000))},
                                     static_cast<Counter>(NamedRanges::few + 1 + random.below(500))};
            const bool all = named.add(range, [&](const ElementRange& part) {
                for (Counter k = 0; k < part.length; ++k)
                    EXPECT_TRUE(visited.insert({part.first.replica, part.first.counter + k}).second);
                return true;
            });
            EXPECT_TRUE(all);
            for (Counter k = 0; k < range.length; ++k)
                ASSERT_TRUE(visited.contains({range.first.replica, range.first.counter + k})) << seed;
        }
    }
}

} // namespace tandem
