// Edits where the last one was take short ways that search nothing. Whatever is edited, asked and received in
// between, they do the same as the long ones: a twin takes every change as a Change, which has no short way.
#include "crdt/piece_leaf.h"
#include "crdt/replica.h"

#include "base/random.h"

#include <gtest/gtest.h>

#include <optional>

namespace tandem {

namespace {

struct Site {
    explicit Site(ReplicaId author) : id(author) {}

    void edit(std::size_t index, std::size_t deleted, std::u32string_view inserted) {
        ASSERT_TRUE(replica.edit(id, index, deleted, inserted, made).ok());
        if (made.empty())
            return;
        sent.push_back(encodeChange(made));
        const auto change = decodeChange(sent.back());
        ASSERT_TRUE(change.ok());
        ASSERT_TRUE(twin.apply(*change).ok());
        caret = index + inserted.size();
    }
    void receive(const std::string& bytes) {
        std::u32string before = replica.codePoints();
        TextEdits edits;
        TextEdits twinEdits;
        const auto encoded = splitChange(bytes);
        const auto change = decodeChange(bytes);
        ASSERT_TRUE(encoded.ok() && change.ok());
        Counter used = 0;
        ASSERT_TRUE(replica.apply(*encoded, &edits, &used).ok());
        ASSERT_TRUE(twin.apply(*change, &twinEdits).ok());
        EXPECT_EQ(used, change->counterCount());
        if (change->ops.size() == 1) {
            EXPECT_EQ(edits, twinEdits);
        }
        for (const TextEdit& edit : edits) // the two ops of a replacement may come in either order
            before.replace(edit.index, edit.deleted, edit.inserted);
        EXPECT_EQ(before, replica.codePoints());
    }
    // What the other has sent and this one has not seen, the next one.
    bool receiveNext(const Site& other) {
        if (received == other.sent.size())
            return false;
        receive(other.sent[received++]);
        return true;
    }
    void expectTwin() const {
        ASSERT_EQ(replica.codePoints(), twin.codePoints());
        ASSERT_EQ(replica.version(), twin.version());
        replica.checkInvariants();
    }

    ReplicaId id;
    Replica replica;
    Replica twin;
    LocalEdit made;
    std::vector<std::string> sent;
    std::size_t received = 0;
    std::size_t caret = 0;
};

// Mostly keys, backspaces and delete keys where the caret is, now and then a jump, a question or something
// larger.
void act(Site& site, Random& random) {
    const std::size_t length = site.replica.length();
    site.caret = std::min(site.caret, length);
    const std::uint64_t what = random.below(24);
    if (what < 9) {
        const char32_t letter =
            random.below(12) == 0 ? U'\U0001F600' : U'a' + static_cast<char32_t>(random.below(26));
        site.edit(site.caret, 0, std::u32string_view(&letter, 1));
    } else if (what < 14 && site.caret > 0) {
        site.edit(site.caret - 1, 1, U"");
    } else if (what < 15) {
        site.caret = random.below(length + 1);
    } else if (what < 17 && length > 0) { // a question moves the cursor
        const std::size_t index = random.below(2) == 0 ? site.caret : random.below(length + 1);
        const Anchor anchor = site.replica.anchorAt(index);
        ASSERT_TRUE(site.replica.indexOf(anchor).ok());
    } else if (what < 18 && length > site.caret) {
        site.edit(site.caret, 1 + random.below(std::min<std::size_t>(length - site.caret, 4)), U"");
    } else if (what < 20) {
        const std::size_t replaced = random.below(std::min<std::size_t>(length - site.caret, 12) + 1);
        site.edit(site.caret, random.below(2) == 0 ? replaced : 0, U"paste");
    } else if (length > site.caret) {
        site.edit(site.caret, 1, U"");
    }
}

} // namespace

TEST(CursorTest, ShortWaysDoTheSameAsLongOnes) {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        SCOPED_TRACE(seed);
        SeededRandom random(seed);
        Site low(1 + seed % 2);
        Site high(2 - seed % 2);
        for (int step = 0; step < 250; ++step) {
            Site& site = random.below(2) == 0 ? low : high;
            Site& other = &site == &low ? high : low;
            if (random.below(3) == 0)
                site.receiveNext(other);
            else
                act(site, random);
            ASSERT_NO_FATAL_FAILURE(site.expectTwin());
        }
        while (low.receiveNext(high) || high.receiveNext(low)) {
        }
        ASSERT_NO_FATAL_FAILURE(low.expectTwin());
        ASSERT_NO_FATAL_FAILURE(high.expectTwin());
        ASSERT_EQ(low.replica.text(), high.replica.text());
    }
}

TEST(CursorTest, KeysBothWaysMoveTheBorderOfADeletedStretch) {
    Site mine(1);
    mine.edit(0, 0, U"0123456789abcdefghij");
    mine.edit(5, 0, U"X");
    for (const std::size_t back : {0, 0, 1, 1, 0, 1, 0, 0, 0, 1}) {
        mine.edit(10 - back, 1, U"");
        ASSERT_NO_FATAL_FAILURE(mine.expectTwin());
        mine.edit(10 - back, 0, U"yz");
        mine.edit(11 - back, 1, U"");
        mine.edit(10 - back, 1, U"");
        ASSERT_NO_FATAL_FAILURE(mine.expectTwin());
    }
    for (int i = 0; i < 8; ++i) {
        mine.edit(3, 1, U"");
        ASSERT_NO_FATAL_FAILURE(mine.expectTwin());
    }
}

TEST(CursorTest, TheSecondOfTwoDeleteKeysTakesTheShortWay) {
    if (PieceLeaf::capacity < 8)
        return; // the deleted letter may be in another leaf
    Site mine(1);
    mine.edit(0, 0, U"0123456789");
    mine.edit(4, 1, U"");
    EXPECT_EQ(mine.made.key, LocalEdit::Key::other);
    for (int i = 0; i < 3; ++i) {
        mine.edit(4, 1, U"");
        EXPECT_EQ(mine.made.key, LocalEdit::Key::erased);
    }
    mine.expectTwin();
}

TEST(CursorTest, ALetterDoesNotGoOnWithARunThatSomeoneElseWentOnWith) {
    for (const ReplicaId id : {1, 3}) {
        Site mine(id);
        Site theirs(2);
        mine.edit(0, 0, U"ab");
        theirs.receiveNext(mine);
        theirs.edit(2, 0, U"X");
        theirs.edit(2, 1, U"");
        mine.receiveNext(theirs);
        mine.receiveNext(theirs);                                       // the gap is behind my b
        ASSERT_EQ(*mine.replica.indexOf(mine.replica.anchorAt(2)), 2u); // and so is the cursor
        mine.edit(2, 0, U"c");
        mine.expectTwin();
        EXPECT_EQ(mine.made.side, Side::left);
    }
}

} // namespace tandem
