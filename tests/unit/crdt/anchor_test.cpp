#include "crdt/replica.h"

#include <gtest/gtest.h>

namespace tandem {

namespace {
void edit(Replica& replica, std::size_t index, std::size_t deleted, std::u32string inserted) {
    const Splice splice{index, deleted, std::move(inserted)};
    ASSERT_TRUE(replica.edit(1, std::span(&splice, 1)).ok());
}
} // namespace

TEST(AnchorTest, AnAnchorMovesWithItsElement) {
    Replica replica;
    edit(replica, 0, 0, U"hello");
    const Anchor anchor = replica.anchorAt(3);
    edit(replica, 0, 0, U"oh, ");
    EXPECT_EQ(*replica.indexOf(anchor), 7u);
    edit(replica, 0, 5, U"");
    EXPECT_EQ(*replica.indexOf(anchor), 2u);
}

TEST(AnchorTest, TheSideSaysOnWhichSideOfAnInsertionItStays) {
    Replica replica;
    edit(replica, 0, 0, U"ab");
    const Anchor before = replica.anchorAt(1, Side::right);
    const Anchor after = replica.anchorAt(1, Side::left);
    edit(replica, 1, 0, U"XX");
    EXPECT_EQ(*replica.indexOf(before), 1u);
    EXPECT_EQ(*replica.indexOf(after), 3u);
}

TEST(AnchorTest, AnAnchorOfADeletedElementStaysWhereItWas) {
    Replica replica;
    edit(replica, 0, 0, U"abcdef");
    const Anchor anchor = replica.anchorAt(4);
    edit(replica, 1, 4, U"");
    EXPECT_EQ(*replica.indexOf(anchor), 1u);
    edit(replica, 1, 0, U"zz");
    EXPECT_LE(*replica.indexOf(anchor), 3u);
}

TEST(AnchorTest, StartAndEndHaveAnchors) {
    Replica replica;
    EXPECT_EQ(replica.anchorAt(0), (Anchor{OpId::root(), Side::right}));
    EXPECT_EQ(replica.anchorAt(0, Side::left), (Anchor{OpId::root(), Side::right}));
    edit(replica, 0, 0, U"ab");
    EXPECT_EQ(*replica.indexOf({OpId::root(), Side::right}), 0u);
    EXPECT_EQ(*replica.indexOf(replica.anchorAt(2, Side::left)), 2u);
}

TEST(AnchorTest, AnAnchorOfAnUnknownElementIsNotFound) {
    const Replica replica;
    EXPECT_EQ(replica.indexOf({{5, 1}, Side::left}).error().code, ErrorCode::notFound);
}

} // namespace tandem
