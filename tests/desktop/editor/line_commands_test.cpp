#include "editor/typing/line_commands.h"

#include "editor/typing/bracket_match.h"
#include "editor/typing/go_to_line.h"
#include "editor_fixture.h"

#include <QAction>
#include <QLineEdit>
#include <QScrollBar>

namespace tandem {

namespace {

class LineCommandsTest : public EditorFixture {
protected:
    LineCommandsTest() { commands.setHabits({.lineComment = QStringLiteral("//")}); }
    // One step of undo, and nothing else, leads back.
    void expectOneStepFrom(const std::u32string& before) {
        const std::u32string after = text();
        undo();
        EXPECT_EQ(text(), before);
        press(Qt::Key_Y, Qt::ControlModifier);
        EXPECT_EQ(text(), after);
        EXPECT_TRUE(view.binding().agrees());
    }
    QString selected() { return view.textCursor().selectedText().replace(QChar::ParagraphSeparator, u'\n'); }

    LineCommands commands{view};
};

using BracketMatchTest = LineCommandsTest;
using GoToLineTest = LineCommandsTest;

} // namespace

TEST_F(LineCommandsTest, EnterKeepsTheIndentationAndGoesOneDeeperAfterABracket) {
    QTest::keyClicks(&view, "    if (x) {");
    press(Qt::Key_Return);
    QTest::keyClicks(&view, "y");
    press(Qt::Key_Return);
    QTest::keyClicks(&view, "z");
    EXPECT_EQ(text(), U"    if (x) {\n        y\n        z");
    EXPECT_TRUE(view.binding().agrees());
}

TEST_F(LineCommandsTest, EnterGoesOnWithAListAndEndsItAtAnEmptyItem) {
    commands.setHabits({.continuesLists = true});
    QTest::keyClicks(&view, "- [x] a");
    press(Qt::Key_Return);
    QTest::keyClicks(&view, "b");
    press(Qt::Key_Return);
    press(Qt::Key_Return);
    QTest::keyClicks(&view, "9. n");
    press(Qt::Key_Return);
    QTest::keyClicks(&view, "m");
    EXPECT_EQ(text(), U"- [x] a\n- [ ] b\n9. n\n10. m");
}

TEST_F(LineCommandsTest, TabGoesToTheNextStopInSpacesOrInTabsAsThePersonLikes) {
    QTest::keyClicks(&view, "ab");
    press(Qt::Key_Tab);
    EXPECT_EQ(text(), U"ab  ");
    commands.setStyle({.tabsAreSpaces = false});
    press(Qt::Key_Tab);
    EXPECT_EQ(text(), U"ab  \t");
    commands.setStyle({.tabWidth = 8});
    press(Qt::Key_Tab);
    EXPECT_EQ(text(), U"ab  \t        ");
}

TEST_F(LineCommandsTest, AnotherTabWidthChangesNoText) {
    write(U"\ta\n    b\t\n");
    commands.setStyle({.tabWidth = 2});
    EXPECT_EQ(text(), U"\ta\n    b\t\n");
    EXPECT_TRUE(mine.document.outbox().empty());
}

TEST_F(LineCommandsTest, TabAndShiftTabIndentSelectedLinesInOneStep) {
    write(U"one\n\n  two\n\tthree\nfour");
    const std::u32string before = text();
    select(1, 10);
    press(Qt::Key_Tab);
    EXPECT_EQ(text(), U"    one\n\n      two\n\tthree\nfour");
    expectOneStepFrom(before);
    view.selectAll();
    press(Qt::Key_Backtab);
    EXPECT_EQ(text(), U"one\n\n  two\nthree\nfour");
}

TEST_F(LineCommandsTest, OthersMayTypeBetweenIndentingAndItsUndo) {
    write(U"one\ntwo");
    view.selectAll();
    press(Qt::Key_Tab);
    editRemotely(9, 0, U"TWO ");
    undo();
    EXPECT_EQ(text(), U"one\nTWO two");
}

TEST_F(LineCommandsTest, HomeGoesToTheTextOfTheLineAndThenToItsStart) {
    write(U"    text");
    putCaret(8);
    press(Qt::Key_Home);
    EXPECT_EQ(view.textCursor().position(), 4);
    press(Qt::Key_Home);
    EXPECT_EQ(view.textCursor().position(), 0);
    press(Qt::Key_Home);
    EXPECT_EQ(view.textCursor().position(), 4);
    putCaret(8);
    press(Qt::Key_Home, Qt::ShiftModifier);
    EXPECT_EQ(selected(), "text");
}

TEST_F(LineCommandsTest, LinesAreDoubledWithEveryCharacterAsItIs) {
    write(U"a\u00A0\r\nb");
    putCaret(1);
    commands.duplicate();
    EXPECT_EQ(text(), U"a\u00A0\r\na\u00A0\r\nb");
    EXPECT_EQ(view.textCursor().position(), 5);
    expectOneStepFrom(U"a\u00A0\r\nb");
}

TEST_F(LineCommandsTest, LinesMoveAndKeepWhatIsSelectedInThem) {
    write(U"one\ntwo\nthree\nfour");
    select(5, 10); // "wo\nth"
    commands.moveUp();
    EXPECT_EQ(text(), U"two\nthree\none\nfour");
    EXPECT_EQ(selected(), "wo\nth");
    expectOneStepFrom(U"one\ntwo\nthree\nfour");
    select(1, 6);
    commands.moveUp();
    EXPECT_EQ(text(), U"two\nthree\none\nfour") << "there is nothing above";
    commands.moveDown();
    commands.moveDown();
    EXPECT_EQ(text(), U"one\nfour\ntwo\nthree");
    EXPECT_EQ(selected(), "wo\nth");
    commands.moveDown();
    EXPECT_EQ(text(), U"one\nfour\ntwo\nthree");
    EXPECT_TRUE(view.binding().agrees());
}

TEST_F(LineCommandsTest, WhatSomeoneTypesIntoALineMovesWithIt) {
    write(U"one\ntwo");
    putCaret(5);
    log.exchange(theirs.document);
    commands.moveUp();
    ASSERT_TRUE(theirs.document.edit(5, 0, U"!").ok()); // t!wo, at the same time
    log.exchange(mine.document);
    log.exchange(theirs.document);
    log.exchange(mine.document);
    EXPECT_EQ(text(), U"t!wo\none");
    EXPECT_TRUE(view.binding().agrees());
}

TEST_F(LineCommandsTest, JoinedLinesHaveOneSpaceBetween) {
    write(U"one  \n   two\n\nthree");
    putCaret(0);
    commands.join();
    EXPECT_EQ(text(), U"one two\n\nthree");
    view.selectAll();
    commands.join();
    EXPECT_EQ(text(), U"one two three");
    EXPECT_TRUE(view.binding().agrees());
}

TEST_F(LineCommandsTest, LinesAreDeletedWhole) {
    write(U"one\ntwo\nthree");
    putCaret(5);
    commands.remove();
    EXPECT_EQ(text(), U"one\nthree");
    commands.remove();
    EXPECT_EQ(text(), U"one");
    commands.remove();
    EXPECT_EQ(text(), U"");
}

TEST_F(LineCommandsTest, CommentsComeAndGo) {
    write(U"  a();\n\n    b();\n  // c\n");
    select(0, 15);
    commands.toggleComment();
    EXPECT_EQ(text(), U"  // a();\n\n  //   b();\n  // c\n");
    expectOneStepFrom(U"  a();\n\n    b();\n  // c\n");
    view.selectAll();
    commands.toggleComment();
    EXPECT_EQ(text(), U"  a();\n\n    b();\n  c\n") << "all of them are comments";
}

TEST_F(LineCommandsTest, CommentsWithTwoEndsComeAndGo) {
    commands.setHabits({.commentOpen = QStringLiteral("<!--"), .commentClose = QStringLiteral("-->")});
    write(U"<p>");
    commands.toggleComment();
    EXPECT_EQ(text(), U"<!-- <p> -->");
    commands.toggleComment();
    EXPECT_EQ(text(), U"<p>");
    commands.setHabits({});
    commands.toggleComment();
    EXPECT_EQ(text(), U"<p>") << "this language has no comments";
}

TEST_F(LineCommandsTest, AReadersKeysAndCommandsChangeNothing) {
    write(U"one\ntwo");
    view.setReadOnly(true);
    view.selectAll();
    press(Qt::Key_Tab);
    press(Qt::Key_Backtab);
    for (QAction* action : commands.actions())
        action->trigger();
    EXPECT_EQ(text(), U"one\ntwo");
    EXPECT_TRUE(mine.document.outbox().empty());
}

TEST_F(LineCommandsTest, LongLinesGoOnInTheNextRowOrBeyondTheEdge) {
    write(std::u32string(400, U'w'));
    const auto rows = [&] {
        QCoreApplication::processEvents();
        view.caretRect(400);
        return view.document()->firstBlock().lineCount();
    };
    EXPECT_GT(rows(), 1);
    view.setWrapsLines(false);
    EXPECT_EQ(rows(), 1);
    EXPECT_FALSE(view.wrapsLines());
}

TEST_F(BracketMatchTest, TheBracketAtTheCaretHasItsOther) {
    BracketMatch match(view);
    write(U"f(a[1], {(}))");
    putCaret(1);
    EXPECT_EQ(match.pairAtCaret(), (BracketMatch::Pair{1, 12})) << "others between do not count";
    putCaret(3);
    EXPECT_EQ(match.pairAtCaret(), (BracketMatch::Pair{3, 5}));
    putCaret(6);
    EXPECT_EQ(match.pairAtCaret(), (BracketMatch::Pair{3, 5}));
    match.jump();
    EXPECT_EQ(view.textCursor().position(), 3);
    putCaret(0);
    EXPECT_EQ(match.pairAtCaret(), std::nullopt);
}

TEST_F(BracketMatchTest, ABracketFarAwayIsNotLookedFor) {
    BracketMatch match(view);
    write(U"(" + std::u32string(2 * BracketMatch::farthest, U'x') + U")");
    putCaret(0);
    EXPECT_EQ(match.pairAtCaret(), std::nullopt);
}

TEST_F(GoToLineTest, ALineAndAColumnAreGoneTo) {
    fill(300);
    GoToLine bar(view);
    bar.ask();
    QLineEdit& field = *bar.findChild<QLineEdit*>();
    QTest::keyClicks(&field, "200:3");
    QTest::keyClick(&field, Qt::Key_Return);
    EXPECT_FALSE(bar.isVisible());
    EXPECT_EQ(view.textCursor().blockNumber(), 199);
    EXPECT_EQ(view.textCursor().positionInBlock(), 2);
    EXPECT_TRUE(view.viewport()->rect().contains(view.cursorRect()));
    EXPECT_TRUE(bar.go("99999"));
    EXPECT_EQ(view.textCursor().blockNumber(), 300);
    for (const char* wrong : {"", "x", "0", "1:0", "1:2:3"})
        EXPECT_FALSE(bar.go(wrong)) << wrong;
    EXPECT_EQ(bar.action()->shortcut(), QKeySequence(Qt::CTRL | Qt::Key_G));
}

} // namespace tandem
