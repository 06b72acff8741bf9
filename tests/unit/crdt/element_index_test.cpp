#include "crdt/element_index.h"

#include "base/random.h"

#include <gtest/gtest.h>

#include <map>

namespace tandem {

TEST(ElementIndexTest, KnowsReplicasByTheirNumber) {
    ElementIndex index;
    EXPECT_EQ(index.indexFor(70), 1u);
    EXPECT_EQ(index.indexFor(50), 2u);
    EXPECT_EQ(index.indexFor(70), 1u);
    EXPECT_EQ(index.find(50), 2u);
    EXPECT_EQ(index.find(60), noReplica);
    EXPECT_EQ(index.idOf(2), 50u);
}

TEST(ElementIndexTest, AgreesWithAMapOfEveryCounter) {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        SeededRandom random(seed);
        ElementIndex index;
        const ReplicaIndex replica = index.indexFor(9);
        std::map<Counter, LeafHandle> expected;
        Counter next = 1;
        for (int i = 0; i < 120; ++i) {
            const auto leaf = static_cast<LeafHandle>(random.below(20));
            if (next == 1 || random.below(3) > 0) {
                // New ones, now and then far behind a gap; told of only when they are not where the last
                // were.
                next += static_cast<Counter>(random.below(4) == 0 ? random.below(500) : 0);
                index.assignNew(replica, next, leaf);
                for (std::uint64_t n = 1 + random.below(200); n > 0; --n)
                    expected[next++] = leaf;
            } else {
                const Counter first = 1 + static_cast<Counter>(random.below(next - 1));
                const std::uint64_t most =
                    std::min<std::uint64_t>(next - first, random.below(3) == 0 ? 300 : 10);
                const Counter length = 1 + static_cast<Counter>(random.below(most));
                index.assign(replica, first, length, leaf);
                for (Counter c = first; c < first + length; ++c) {
                    if (expected.contains(c))
                        expected[c] = leaf;
                }
            }
        }
        for (const auto& [counter, leaf] : expected)
            ASSERT_EQ(index.leafOf(replica, counter), leaf) << "seed " << seed << " counter " << counter;
    }
}

TEST(ElementIndexTest, CountersFarApartTakeLittleMemory) {
    ElementIndex index;
    for (ReplicaId id = 1; id < 2000; ++id) {
        const ReplicaIndex replica = index.indexFor(id);
        index.assignNew(replica, 1, 3);
        index.assignNew(replica, maxCounter - 5, 4);
        index.assign(replica, 1000, 0x3FFF'FFFF, 5);
        EXPECT_EQ(index.leafOf(replica, 1), 3u);
        EXPECT_EQ(index.leafOf(replica, 1'000'000), 5u);
        EXPECT_EQ(index.leafOf(replica, maxCounter - 6), 3u);
        EXPECT_EQ(index.leafOf(replica, maxCounter - 1), 4u);
    }
}

} // namespace tandem
