#include "crdt/piece_leaf.h"

#include "base/random.h"

#include <gtest/gtest.h>

#include <memory>
#include <vector>

namespace tandem {

namespace {

struct Sample {
    std::unique_ptr<PieceLeaf> leaf = std::make_unique<PieceLeaf>();
    std::vector<Piece> pieces;

    void insert(std::uint32_t slot, const std::vector<Piece>& some) {
        leaf->open(slot, static_cast<std::uint32_t>(some.size()));
        for (std::uint32_t i = 0; i < some.size(); ++i)
            leaf->put(slot + i, some[i]);
        pieces.insert(pieces.begin() + slot, some.begin(), some.end());
    }
    void remove(std::uint32_t slot, std::uint32_t count) {
        leaf->close(slot, count);
        for (std::uint32_t i = slot; i < slot + count; ++i) {
            const Piece& gone = pieces[i];
            if (gone.isBorder())
                continue;
            EXPECT_EQ(leaf->slotOf(gone.replica, gone.counter), PieceLeaf::capacity);
            EXPECT_EQ(leaf->slotOfInFour(slot, gone.replica, gone.counter), PieceLeaf::capacity);
        }
        pieces.erase(pieces.begin() + slot, pieces.begin() + slot + count);
    }
    void expectSame() const {
        ASSERT_EQ(leaf->count, pieces.size());
        std::uint32_t before = 0;
        for (std::uint32_t slot = 0; slot < pieces.size(); ++slot) {
            const Piece& expected = pieces[slot];
            const Piece piece = leaf->piece(slot);
            ASSERT_EQ(piece.counter, expected.counter);
            ASSERT_EQ(piece.length, expected.length);
            ASSERT_EQ(piece.depth, expected.depth);
            ASSERT_EQ(piece.replica, expected.replica);
            ASSERT_EQ(piece.visible(), expected.visible());
            ASSERT_EQ(leaf->shownIn(0, slot), before);
            if (piece.length > 0)
                expectFound(slot);
            if (!expected.visible())
                continue;
            for (const std::uint32_t offset : {0u, expected.length - 1}) {
                std::uint32_t rest = before + offset;
                ASSERT_EQ(leaf->slotAt(0, rest), slot);
                ASSERT_EQ(rest, offset);
            }
            before += expected.length;
        }
        ASSERT_EQ(leaf->slotOf(1, 1), PieceLeaf::capacity);
    }
    // Where the piece stands, and not where it stood before others came or went.
    void expectFound(std::uint32_t slot) const {
        const Piece& piece = pieces[slot];
        ASSERT_EQ(leaf->slotOf(piece.replica, piece.endCounter() - 1), slot);
        ASSERT_EQ(leaf->slotOf(piece.replica + 1, piece.counter), PieceLeaf::capacity);
        const std::uint32_t from = slot - std::min(slot, 3u);
        ASSERT_EQ(leaf->slotOfInFour(from, piece.replica, piece.counter), slot);
        ASSERT_EQ(leaf->slotOfInFour(slot, piece.replica + 1, piece.counter), PieceLeaf::capacity);
    }
};

} // namespace

TEST(PieceLeafTest, PiecesComeAndGoAnywhereAndTheirElementsAreFound) {
    for (std::uint64_t seed = 0; seed < 30; ++seed) {
        SeededRandom random(seed);
        Sample sample;
        std::uint32_t counter = 2;
        for (std::uint32_t step = 1; step < 200; ++step) {
            const auto count = static_cast<std::uint32_t>(sample.pieces.size());
            const auto slot = static_cast<std::uint32_t>(random.below(count + 1));
            const std::uint32_t room = PieceLeaf::capacity - count;
            if (random.below(3) > 0 && room > 0) {
                std::vector<Piece> some(1 + random.below(std::min(room, 3u)));
                for (Piece& piece : some) {
                    const auto length = static_cast<std::uint32_t>(random.below(5));
                    piece = {1, counter, length, step, random.below(3) == 0, false};
                    counter += length;
                }
                sample.insert(slot, some);
            } else if (slot < count) {
                sample.remove(slot,
                              1 + static_cast<std::uint32_t>(random.below(std::min(count - slot, 12u))));
            }
            sample.expectSame();
            ASSERT_FALSE(testing::Test::HasFatalFailure()) << "seed " << seed << ", step " << step;
        }
    }
}

} // namespace tandem
