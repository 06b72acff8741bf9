// Undo of one's own edits, case by case.
#include "undo_writer.h"

namespace tandem {

namespace {

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

TEST_F(UndoHistoryTest, WhatARestoredLogStillHasIsNotMadeAnew) {
    start(U"abc");
    const std::string backup = mine.replica.encode();
    mine.edit(1, 1, U"");
    auto restored = Replica::decode(backup);
    ASSERT_TRUE(restored.ok());
    restored->replaces(mine.replica);
    mine.replica = std::move(*restored);
    mine.undo();
    EXPECT_EQ(mine.text(), U"abc");
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

} // namespace tandem
