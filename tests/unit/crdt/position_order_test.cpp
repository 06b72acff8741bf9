// Hand-made trees: siblings on both sides, deep chains, ties within runs. checkInvariants() rebuilds the
// order from the parents alone.
#include "crdt/replica.h"

#include "base/random.h"
#include "base/utf8.h"
#include "model/naive_document.h"

#include <gtest/gtest.h>

namespace tandem {

namespace {

class Both {
public:
    void apply(const Change& change) {
        const auto effect = m_replica.apply(change);
        ASSERT_TRUE(effect.ok()) << effect.error().detail;
        ASSERT_EQ(*effect, Replica::Effect::applied);
        m_naive.apply(change);
        m_replica.checkInvariants();
        ASSERT_EQ(m_replica.text(), toUtf8(m_naive.text()));
    }
    void insert(OpId id, OpId parent, Side side, std::u32string text) {
        apply({id.replica, id.counter, {InsertOp{parent, side, std::move(text)}}});
    }
    std::string text() const { return m_replica.text(); }
    const Replica& replica() const { return m_replica; }

private:
    Replica m_replica;
    model::NaiveDocument m_naive;
};

} // namespace

TEST(PositionOrderTest, SiblingsAtTheStartStandInTheOrderOfTheirIdsWhateverComesFirst) {
    Both both;
    both.insert({5, 1}, OpId::root(), Side::right, U"five");
    both.insert({3, 1}, OpId::root(), Side::right, U"three");
    both.insert({9, 1}, OpId::root(), Side::right, U"nine");
    both.insert({4, 1}, OpId::root(), Side::right, U"four");
    EXPECT_EQ(both.text(), "threefourfivenine");
}

TEST(PositionOrderTest, ATieInTheMiddleOfARunComparesWithTheRunsOwnNextElement) {
    Both both;
    both.insert({5, 1}, OpId::root(), Side::right, U"abcdef");
    both.insert({9, 1}, {5, 3}, Side::right, U"X");
    EXPECT_EQ(both.text(), "abcdefX");
    both.insert({2, 1}, {5, 3}, Side::right, U"Y");
    EXPECT_EQ(both.text(), "abcYdefX");
    both.insert({7, 1}, {5, 3}, Side::right, U"Z");
    EXPECT_EQ(both.text(), "abcYdefZX");
}

TEST(PositionOrderTest, LeftSiblingsStandBeforeTheirParent) {
    Both both;
    both.insert({1, 1}, OpId::root(), Side::right, U"mn");
    both.insert({6, 1}, {1, 2}, Side::left, U"6");
    both.insert({4, 1}, {1, 2}, Side::left, U"4");
    both.insert({8, 1}, {1, 2}, Side::left, U"8");
    both.insert({4, 2}, {4, 1}, Side::left, U"l");
    both.insert({4, 3}, {4, 1}, Side::right, U"r");
    both.insert({5, 1}, {1, 2}, Side::left, U"5");
    both.insert({3, 1}, {1, 2}, Side::left, U"3");
    EXPECT_EQ(both.text(), "m3l4r568n");
}

TEST(PositionOrderTest, ARunStaysARunWhenAnotherSiblingComesBetweenItsElements) {
    Both both;
    both.insert({5, 1}, OpId::root(), Side::right, U"ab");
    both.insert({2, 1}, {5, 2}, Side::right, U"x");
    both.insert({5, 3}, {5, 2}, Side::right, U"cd");
    EXPECT_EQ(both.text(), "abxcd");
    both.insert({9, 1}, {5, 2}, Side::right, U"y");
    EXPECT_EQ(both.text(), "abxcdy");
}

TEST(PositionOrderTest, DeletedSiblingsKeepTheirPlace) {
    Both both;
    both.insert({5, 1}, OpId::root(), Side::right, U"abc");
    both.insert({7, 1}, {5, 2}, Side::right, U"X");
    both.apply({5, 4, {DeleteOp{{{{5, 1}, 3}}}}});
    both.apply({7, 2, {DeleteOp{{{{7, 1}, 1}}}}});
    both.insert({6, 1}, {5, 2}, Side::right, U"Y");
    both.insert({3, 1}, {5, 1}, Side::right, U"Z");
    both.insert({4, 1}, {5, 3}, Side::left, U"W");
    EXPECT_EQ(both.text(), "ZWY");
}

TEST(PositionOrderTest, RandomTreesAreWalkedAsTheyAre) {
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        SeededRandom random(seed);
        Both both;
        std::vector<OpId> elements;
        std::map<ReplicaId, Counter> used;
        for (int i = 0; i < 40; ++i) {
            const ReplicaId replica = 1 + random.below(6);
            const auto length = static_cast<Counter>(1 + random.below(4));
            const OpId id{replica, used[replica] + 1};
            // Any element at all may be a parent: more ties than people could ever make.
            OpId parent = OpId::root();
            Side side = Side::right;
            if (!elements.empty() && random.below(8) > 0) {
                parent = elements[random.below(elements.size())];
                side = random.below(2) == 0 ? Side::left : Side::right;
            }
            both.insert(id, parent, side, std::u32string(length, U'a' + static_cast<char32_t>(i % 26)));
            ASSERT_FALSE(testing::Test::HasFatalFailure()) << "seed " << seed;
            for (Counter c = 0; c < length; ++c)
                elements.push_back({replica, id.counter + c});
            used[replica] += length;
            if (random.below(4) == 0) {
                const OpId first = elements[random.below(elements.size())];
                both.apply({replica, ++used[replica], {DeleteOp{{{first, 1}}}}});
                ASSERT_FALSE(testing::Test::HasFatalFailure()) << "seed " << seed;
            }
        }
        const auto back = Replica::decode(both.replica().encode());
        ASSERT_TRUE(back.ok());
        back->checkInvariants();
        ASSERT_EQ(back->text(), both.text());
    }
}

} // namespace tandem
