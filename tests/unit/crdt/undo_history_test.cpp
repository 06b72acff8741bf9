// Undo of one's own edits: sentences first, then properties against a list of characters that knows who wrote
// and who deleted each.
#include "crdt/undo_history.h"

#include "base/random.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

namespace tandem {

namespace {

constexpr std::size_t mostInserted = 40; // so that larger texts are cut into several changes

// Someone with a copy of the document and a history of their own.
struct Writer {
    explicit Writer(ReplicaId author) : id(author) {}

    void edit(std::size_t index, std::size_t deleted, std::u32string_view inserted,
              UndoHistory::Kind kind = UndoHistory::Kind::typing) {
        const Splice splice{index, deleted, std::u32string(inserted)};
        std::u32string deletedText;
        const auto change = replica.edit(id, std::span(&splice, 1), &deletedText);
        ASSERT_TRUE(change.ok());
        history.record(replica, *change, deletedText, {nowMs, kind});
        if (!change->ops.empty())
            made.push_back(*change);
    }

    void type(std::size_t index, std::u32string_view text) {
        for (const char32_t c : text)
            edit(index++, 0, std::u32string_view(&c, 1));
    }

    // False when there was nothing to undo.
    bool undo() { return took(history.undo(replica, id, mostInserted)); }
    bool redo() { return took(history.redo(replica, id, mostInserted)); }

    bool took(const UndoHistory::Undone& undone) {
        EXPECT_TRUE(undone.outcome.ok());
        made.insert(made.end(), undone.changes.begin(), undone.changes.end());
        selection = undone.selection;
        edits = undone.edits;
        return !undone.changes.empty();
    }

    void receive(Writer& other) {
        for (; other.received < other.made.size(); ++other.received) {
            const auto effect = replica.apply(other.made[other.received]);
            ASSERT_TRUE(effect.ok()) << effect.error().detail;
        }
    }

    std::u32string text() const { return replica.codePoints(); }

    ReplicaId id;
    Replica replica;
    UndoHistory history;
    std::int64_t nowMs = 10'000;
    std::vector<Change> made;
    std::size_t received = 0; // by the one other
    std::optional<Selection> selection;
    TextEdits edits;
};

class UndoHistoryTest : public testing::Test {
protected:
    void exchange() {
        mine.receive(theirs);
        theirs.receive(mine);
        ASSERT_EQ(mine.text(), theirs.text());
        mine.replica.checkInvariants();
    }
    // A text of theirs, known to both.
    void start(std::u32string_view text) {
        theirs.edit(0, 0, text);
        exchange();
    }

    Writer mine{1};
    Writer theirs{2};
};

} // namespace

TEST_F(UndoHistoryTest, NothingToUndoAtFirst) {
    EXPECT_FALSE(mine.history.canUndo());
    EXPECT_FALSE(mine.history.canRedo());
    EXPECT_FALSE(mine.undo());
    EXPECT_FALSE(mine.redo());
}

TEST_F(UndoHistoryTest, AWordIsUndoneInOneStep) {
    mine.type(0, U"hello big world");
    ASSERT_TRUE(mine.undo());
    EXPECT_EQ(mine.text(), U"hello big");
    ASSERT_TRUE(mine.undo());
    EXPECT_EQ(mine.text(), U"hello");
    ASSERT_TRUE(mine.undo());
    EXPECT_EQ(mine.text(), U"");
    EXPECT_FALSE(mine.history.canUndo());
    EXPECT_TRUE(mine.redo() && mine.redo() && mine.redo());
    EXPECT_EQ(mine.text(), U"hello big world");
    EXPECT_FALSE(mine.history.canRedo());
}

TEST_F(UndoHistoryTest, APauseEndsAGroup) {
    mine.type(0, U"ab");
    mine.nowMs += UndoHistory::pauseMs - 1;
    mine.type(2, U"c");
    mine.nowMs += UndoHistory::pauseMs;
    mine.type(3, U"de");
    ASSERT_TRUE(mine.undo());
    EXPECT_EQ(mine.text(), U"abc");
    ASSERT_TRUE(mine.undo());
    EXPECT_EQ(mine.text(), U"");
}

TEST_F(UndoHistoryTest, TypingElsewhereIsAnotherGroup) {
    mine.type(0, U"ab");
    mine.type(0, U"cd");
    ASSERT_TRUE(mine.undo());
    EXPECT_EQ(mine.text(), U"ab");
}

TEST_F(UndoHistoryTest, ALineBreakAPasteAndAReplacementAreGroupsOfTheirOwn) {
    mine.type(0, U"a\nb");
    mine.edit(3, 0, U"c", UndoHistory::Kind::whole);
    mine.type(4, U"d");
    mine.edit(4, 1, U"e");
    mine.type(5, U"f");
    for (const std::u32string_view text : {U"a\nbce", U"a\nbcd", U"a\nbc", U"a\nb", U"a\n", U"a", U""}) {
        ASSERT_TRUE(mine.undo());
        EXPECT_EQ(mine.text(), text);
    }
}

TEST_F(UndoHistoryTest, BackspacesAreOneGroupAndSoAreForwardDeletions) {
    start(U"abcdefgh");
    for (const std::size_t at : {4, 3, 2})
        mine.edit(at, 1, U"");
    mine.edit(3, 1, U"");
    mine.edit(3, 1, U"");
    EXPECT_EQ(mine.text(), U"abf");
    ASSERT_TRUE(mine.undo());
    EXPECT_EQ(mine.text(), U"abfgh");
    ASSERT_TRUE(mine.undo());
    EXPECT_EQ(mine.text(), U"abcdefgh");
    EXPECT_TRUE(mine.redo() && mine.redo());
    EXPECT_EQ(mine.text(), U"abf");
}

TEST_F(UndoHistoryTest, EndingAGroupAndHoldingOneOpen) {
    mine.type(0, U"ab");
    mine.history.endGroup();
    mine.type(2, U"c");
    mine.history.beginGroup();
    mine.edit(0, 1, U"");
    mine.edit(2, 0, U"xyz\n");
    mine.history.endGroup();
    mine.type(6, U"d");
    for (const std::u32string_view text : {U"bcxyz\n", U"abc", U"ab", U""}) {
        ASSERT_TRUE(mine.undo());
        EXPECT_EQ(mine.text(), text);
    }
}

TEST_F(UndoHistoryTest, OthersTextWithinMineStays) {
    mine.type(0, U"mine");
    exchange();
    theirs.edit(2, 0, U"THEIRS");
    theirs.edit(9, 1, U"");
    exchange();
    ASSERT_EQ(mine.text(), U"miTHEIRSn");
    ASSERT_TRUE(mine.undo());
    EXPECT_EQ(mine.text(), U"THEIRS");
    ASSERT_TRUE(mine.redo());
    EXPECT_EQ(mine.text(), U"miTHEIRSn"); // what they deleted is not mine to bring back
    exchange();
}

TEST_F(UndoHistoryTest, WhatIDeletedComesBackAroundWhatOthersWroteThere) {
    start(U"abcdef");
    mine.edit(1, 4, U"");
    theirs.edit(3, 0, U"X");
    exchange();
    ASSERT_EQ(mine.text(), U"aXf");
    ASSERT_TRUE(mine.undo());
    EXPECT_EQ(mine.text(), U"abcXdef");
    ASSERT_TRUE(mine.redo());
    EXPECT_EQ(mine.text(), U"aXf");
    ASSERT_TRUE(mine.undo());
    EXPECT_EQ(mine.text(), U"abcXdef");
    exchange();
}

TEST_F(UndoHistoryTest, AGroupOfWhichNothingIsLeftIsPassedOver) {
    mine.type(0, U"one");
    mine.type(0, U"two ");
    exchange();
    theirs.edit(0, 4, U"");
    exchange();
    ASSERT_TRUE(mine.undo());
    EXPECT_EQ(mine.text(), U"");
    ASSERT_TRUE(mine.redo());
    EXPECT_EQ(mine.text(), U"one");
}

TEST_F(UndoHistoryTest, DeletionsInAnyOrderComeBackInTheOrderOfTheText) {
    start(U"abcd");
    mine.edit(1, 1, U"", UndoHistory::Kind::whole);
    mine.edit(1, 1, U"", UndoHistory::Kind::whole);
    mine.edit(0, 2, U"", UndoHistory::Kind::whole);
    while (mine.undo()) {
    }
    EXPECT_EQ(mine.text(), U"abcd");
    while (mine.redo()) {
    }
    EXPECT_EQ(mine.text(), U"");
    while (mine.undo()) {
    }
    EXPECT_EQ(mine.text(), U"abcd");
}

TEST_F(UndoHistoryTest, AnOlderStepFindsWhatWasMadeAnew) {
    mine.type(0, U"abc");
    mine.edit(1, 1, U"", UndoHistory::Kind::whole);
    for (int round = 0; round < 3; ++round) {
        ASSERT_TRUE(mine.undo());
        EXPECT_EQ(mine.text(), U"abc");
        ASSERT_TRUE(mine.undo());
        EXPECT_EQ(mine.text(), U"");
        ASSERT_TRUE(mine.redo());
        EXPECT_EQ(mine.text(), U"abc");
        ASSERT_TRUE(mine.redo());
        EXPECT_EQ(mine.text(), U"ac");
    }
    exchange();
}

TEST_F(UndoHistoryTest, AGroupMayDeleteWhatItInserted) {
    mine.history.beginGroup();
    mine.edit(0, 0, U"abc");
    mine.edit(1, 1, U"");
    mine.history.endGroup();
    ASSERT_TRUE(mine.undo());
    EXPECT_EQ(mine.text(), U"");
    ASSERT_TRUE(mine.redo());
    EXPECT_EQ(mine.text(), U"ac");
    ASSERT_TRUE(mine.undo());
    EXPECT_EQ(mine.text(), U"");
}

TEST_F(UndoHistoryTest, RedoDiesByOwnTypingOnly) {
    mine.type(0, U"mine");
    exchange();
    ASSERT_TRUE(mine.undo());
    exchange();
    theirs.edit(0, 0, U"theirs ");
    exchange();
    EXPECT_TRUE(mine.history.canRedo());
    ASSERT_TRUE(mine.redo());
    ASSERT_TRUE(mine.undo());
    mine.type(0, U"x");
    EXPECT_FALSE(mine.history.canRedo());
}

TEST_F(UndoHistoryTest, ALargeTextComesBackInSeveralChangesAndOneStep) {
    std::u32string large;
    for (char32_t i = 0; i < 333; ++i)
        large += U'a' + i % 26;
    start(large);
    mine.edit(3, 320, U"x");
    ASSERT_TRUE(mine.undo());
    EXPECT_EQ(mine.text(), large);
    EXPECT_GT(mine.made.size(), 320 / mostInserted);
    exchange();
    ASSERT_TRUE(mine.redo());
    exchange();
}

TEST_F(UndoHistoryTest, TheSelectionComesBackWithTheText) {
    start(U"one two three");
    const auto select = [&](std::size_t tail, std::size_t head) {
        mine.history.noteSelection({mine.replica.anchorAt(tail), mine.replica.anchorAt(head)});
    };
    const auto selected = [&] {
        return std::pair(*mine.replica.indexOf(mine.selection->tail),
                         *mine.replica.indexOf(mine.selection->head));
    };
    select(4, 7);
    mine.edit(4, 3, U"2");
    select(5, 5);
    select(0, 0);
    theirs.edit(0, 0, U"> ");
    exchange();
    ASSERT_TRUE(mine.undo());
    EXPECT_EQ(mine.text(), U"> one two three");
    EXPECT_EQ(selected(), std::pair(std::size_t{6}, std::size_t{9}));
    ASSERT_TRUE(mine.redo());
    EXPECT_EQ(selected(), std::pair(std::size_t{7}, std::size_t{7}));
}

TEST_F(UndoHistoryTest, ViewsAreToldWhatWasDone) {
    mine.type(0, U"a\U0001F600b");
    const std::u32string before = mine.text();
    ASSERT_TRUE(mine.undo());
    ASSERT_EQ(mine.edits.size(), 1u);
    EXPECT_EQ(mine.edits.front().deleted, 3u);
    EXPECT_EQ(mine.edits.front().utf16Deleted, 4u);
    ASSERT_TRUE(mine.redo());
    ASSERT_EQ(mine.edits.size(), 1u);
    EXPECT_EQ(mine.edits.front().inserted, before);
}

TEST_F(UndoHistoryTest, TheOldestGroupsAreForgotten) {
    for (std::size_t i = 0; i < UndoHistory::maxGroups + 10; ++i)
        mine.edit(0, 0, U"x", UndoHistory::Kind::whole);
    std::size_t undone = 0;
    while (mine.undo())
        ++undone;
    EXPECT_EQ(undone, UndoHistory::maxGroups);
    EXPECT_EQ(mine.text(), U"xxxxxxxxxx");
}

namespace {

void editAtRandom(Writer& writer, Random& random, char32_t first) {
    const std::size_t length = writer.replica.length();
    const std::size_t index = random.below(length + 1);
    const std::size_t deleted =
        random.below(3) == 0 ? random.below(std::min<std::size_t>(length - index, 5) + 1) : 0;
    std::u32string text;
    for (std::size_t left = random.below(4); left > 0; --left)
        text += first + static_cast<char32_t>(random.below(26));
    writer.nowMs += static_cast<std::int64_t>(random.below(1'500));
    writer.edit(index, deleted, text,
                random.below(2) == 0 ? UndoHistory::Kind::typing : UndoHistory::Kind::whole);
}

void undoAll(Writer& writer) {
    while (writer.undo()) {
    }
}

void redoAll(Writer& writer) {
    while (writer.redo()) {
    }
}

void meet(Writer& a, Writer& b) {
    a.receive(b);
    b.receive(a);
    RC_ASSERT(a.text() == b.text());
    a.replica.checkInvariants();
    b.replica.checkInvariants();
}

bool isMine(char32_t c) {
    return c >= U'a' && c <= U'z';
}

std::u32string without(std::u32string text, bool (*drop)(char32_t)) {
    text.erase(std::remove_if(text.begin(), text.end(), drop), text.end());
    return text;
}

} // namespace

TEST(UndoHistoryProperties, UndoingEverythingGivesTheTextBeforeAndRedoingItTheTextAfter) {
    EXPECT_TRUE(rc::check([](std::uint64_t seed) {
        SeededRandom random(seed);
        Writer mine{1};
        Writer theirs{2};
        theirs.edit(0, 0, U"The text BEFORE all of it");
        mine.receive(theirs);
        const std::u32string before = mine.text();
        for (int i = 0; i < 25; ++i) {
            editAtRandom(mine, random, U'a');
            // Somewhere back, and on again from there.
            for (std::size_t steps = random.below(5) == 0 ? random.below(6) : 0; steps > 0; --steps)
                random.below(3) == 0 ? mine.redo() : mine.undo();
        }
        redoAll(mine);
        const std::u32string after = mine.text();
        for (int round = 0; round < 2; ++round) {
            undoAll(mine);
            RC_ASSERT(mine.text() == before);
            redoAll(mine);
            RC_ASSERT(mine.text() == after);
        }
        meet(mine, theirs);
    }));
}

TEST(UndoHistoryProperties, EachUndoGivesTheTextBeforeItsGroup) {
    EXPECT_TRUE(rc::check([](std::uint64_t seed) {
        SeededRandom random(seed);
        Writer mine{1};
        std::vector<std::u32string> texts;
        for (int i = 0; i < 20; ++i) {
            mine.history.endGroup();
            texts.push_back(mine.text());
            editAtRandom(mine, random, U'a');
            if (mine.text() == texts.back() && !mine.history.canUndo())
                texts.pop_back();
        }
        while (mine.undo()) {
            while (texts.size() > 1 && texts.back() != mine.text())
                texts.pop_back();
            RC_ASSERT(!texts.empty() && texts.back() == mine.text());
        }
        RC_ASSERT(mine.text().empty());
    }));
}

// Mine are small letters, theirs capitals. Theirs delete nothing of their own, so what they wrote is what
// must be left, in its order; of the text before, what they deleted while it stood is gone.
TEST(UndoHistoryProperties, UndoingAllOfMineLeavesExactlyWhatOthersDid) {
    EXPECT_TRUE(rc::check([](std::uint64_t seed) {
        SeededRandom random(seed);
        Writer mine{1 + random.below(2) * 5}; // ties go either way
        Writer theirs{3};
        const std::u32string before = U"0123456789";
        theirs.edit(0, 0, before);
        mine.receive(theirs);
        for (int i = 0; i < 30; ++i) {
            switch (random.below(6)) {
            case 0:
            case 1:
                editAtRandom(mine, random, U'a');
                break;
            case 2: {
                const std::u32string word(1 + random.below(3),
                                          U'A' + static_cast<char32_t>(random.below(26)));
                theirs.edit(random.below(theirs.replica.length() + 1), 0, word);
                break;
            }
            case 3: // only what is mine
                for (std::size_t at = 0; at < theirs.replica.length(); ++at) {
                    if (isMine(theirs.text()[at]) && random.below(4) == 0)
                        theirs.edit(at, 1, U"");
                }
                break;
            case 4:
                random.below(3) == 0 ? mine.redo() : mine.undo();
                break;
            default:
                meet(mine, theirs);
            }
        }
        meet(mine, theirs);
        std::u32string theirText;
        for (const Change& change : theirs.made) {
            for (const Op& op : change.ops) {
                if (const auto* insert = std::get_if<InsertOp>(&op))
                    theirText += insert->text;
            }
        }
        const std::u32string shown = without(mine.text(), isMine);
        undoAll(mine);
        meet(mine, theirs);
        const std::u32string left = mine.text();
        RC_ASSERT(std::none_of(left.begin(), left.end(), isMine));
        std::u32string sortedLeft = left;
        std::sort(sortedLeft.begin(), sortedLeft.end());
        std::sort(theirText.begin(), theirText.end());
        RC_ASSERT(sortedLeft == theirText); // nothing lost, nothing twice
        // What stood before the undo stands in the same order after it.
        std::size_t at = 0;
        for (const char32_t c : shown) {
            while (at < left.size() && left[at] != c)
                ++at;
            RC_ASSERT(at++ < left.size());
        }
        // The digits are in their old order, whatever was deleted and came back.
        RC_ASSERT(without(left, [](char32_t c) { return c < U'0' || c > U'9'; }) == before);
        redoAll(mine);
        undoAll(mine);
        RC_ASSERT(mine.text() == left);
        meet(mine, theirs);
    }));
}

} // namespace tandem
