#include "editor/find/find_bar.h"

#include "editor_fixture.h"

#include <QAction>
#include <QLineEdit>
#include <QScrollBar>
#include <QToolButton>

namespace tandem {

namespace {

class FindBarTest : public EditorFixture {
protected:
    QLineEdit& field(const QString& name = QStringLiteral("Find")) {
        for (QLineEdit* edit : bar.findChildren<QLineEdit*>())
            if (edit->accessibleName() == name)
                return *edit;
        throw std::runtime_error("no such field");
    }
    void click(const QString& name) {
        for (QToolButton* button : bar.findChildren<QToolButton*>()) {
            if (button->accessibleName() == name) {
                QTest::mouseClick(button, Qt::LeftButton);
                return;
            }
        }
        FAIL() << "no button " << qPrintable(name);
    }
    void settle() {
        ASSERT_TRUE(QTest::qWaitFor([&] { return bar.search().isComplete(); }));
        QCoreApplication::processEvents();
    }
    void find(const QString& text) {
        bar.find();
        field().clear();
        QTest::keyClicks(&field(), text);
        settle();
    }
    void replaceWith(const QString& text) {
        field("Replace with").clear();
        QTest::keyClicks(&field("Replace with"), text);
    }
    QString selected() { return view.textCursor().selectedText(); }
    int caret() { return view.textCursor().position(); }

    FindBar bar{view};
};

} // namespace

TEST_F(FindBarTest, TypingInTheFieldSelectsTheNextHitFromTheCaret) {
    write(U"one two three two");
    putCaret(5);
    find("two");
    EXPECT_EQ(selected(), "two");
    EXPECT_EQ(view.textCursor().selectionStart(), 14);
    EXPECT_EQ(bar.words(), "2 of 2");
}

TEST_F(FindBarTest, KeysGoToTheNextAndThePreviousAndRoundTheEnds) {
    write(U"a x a x a");
    find("a");
    EXPECT_EQ(bar.words(), "1 of 3");
    QTest::keyClick(&field(), Qt::Key_Return);
    EXPECT_EQ(bar.words(), "2 of 3");
    bar.actions().at(2)->trigger();
    EXPECT_EQ(bar.words(), "3 of 3");
    QTest::keyClick(&field(), Qt::Key_Return);
    EXPECT_EQ(bar.words(), "1 of 3");
    QTest::keyClick(&field(), Qt::Key_Return, Qt::ShiftModifier);
    EXPECT_EQ(bar.words(), "3 of 3");
    bar.actions().at(3)->trigger();
    EXPECT_EQ(bar.words(), "2 of 3");
    EXPECT_EQ(bar.actions().at(2)->shortcut(), QKeySequence(Qt::Key_F3));
    EXPECT_EQ(bar.actions().at(3)->shortcut(), QKeySequence(Qt::SHIFT | Qt::Key_F3));
}

TEST_F(FindBarTest, WhatIsSelectedIsSearchedForAndEscapeLeadsBack) {
    write(U"one two one");
    select(0, 3);
    bar.find();
    settle();
    EXPECT_EQ(field().text(), "one");
    EXPECT_EQ(bar.words(), "1 of 2");
    QTest::keyClick(&field(), Qt::Key_Escape);
    EXPECT_FALSE(bar.isVisible());
    EXPECT_TRUE(bar.search().hits().empty());
}

TEST_F(FindBarTest, NothingAndMistakesAreToldInWords) {
    write(U"one");
    find("zzz");
    EXPECT_EQ(bar.words(), "Nothing found");
    click("Regular expression");
    find("(");
    EXPECT_TRUE(bar.words().startsWith("Not a regular expression")) << qPrintable(bar.words());
    find("o.e");
    EXPECT_EQ(bar.words(), "1 of 1");
}

TEST_F(FindBarTest, TheViewHoldsStillWhileOthersEditDuringASearch) {
    fill(300);
    view.verticalScrollBar()->setValue(200);
    putCaret(positionOf("line 205"));
    find("line 20");
    const int selectedLine = view.textCursor().blockNumber();
    EXPECT_EQ(selectedLine, 205);
    const QRect before = view.cursorRect();
    const QString selectedBefore = selected();
    for (int i = 0; i < 20; ++i) {
        editRemotely(0, 0, U"line 20 more\n");
        QCoreApplication::processEvents();
        EXPECT_EQ(view.cursorRect(), before);
    }
    settle();
    EXPECT_EQ(selected(), selectedBefore);
    EXPECT_EQ(bar.search().hits().size(), 20u + 11u); // 20 and 200 to 209
    EXPECT_EQ(bar.words(), "27 of 31");
}

TEST_F(FindBarTest, ReplacingOneGoesToTheNext) {
    write(U"cat dog cat");
    bar.replace();
    find("cat");
    bar.replace();
    replaceWith("cow");
    QTest::keyClick(&field("Replace with"), Qt::Key_Return);
    EXPECT_EQ(text(), U"cow dog cat");
    settle();
    EXPECT_EQ(selected(), "cat");
    QTest::keyClick(&field("Replace with"), Qt::Key_Return);
    EXPECT_EQ(text(), U"cow dog cow");
    EXPECT_TRUE(view.binding().agrees());
}

TEST_F(FindBarTest, ReplacingAllIsOneStepOfUndoThatKeepsWhatOthersTyped) {
    write(U"one two one two one");
    find("one");
    bar.replace();
    replaceWith("1");
    click("Replace all that were found");
    EXPECT_EQ(text(), U"1 two 1 two 1");
    EXPECT_EQ(bar.words(), "3 replaced");
    editRemotely(5, 0, U"really ");
    undo();
    EXPECT_EQ(text(), U"one tworeally  one two one");
    EXPECT_FALSE(view.canUndo());
    EXPECT_TRUE(view.binding().agrees());
}

TEST_F(FindBarTest, ReplacingKeepsWhatTheViewShowsOtherwise) {
    write(U"a\u00A0x\u2028b\rx\u2029c");
    find("x");
    bar.replace();
    replaceWith("yy");
    click("Replace all that were found");
    EXPECT_EQ(text(), U"a\u00A0yy\u2028b\ryy\u2029c");
    EXPECT_TRUE(view.binding().agrees());
}

TEST_F(FindBarTest, ReplacingByARegularExpressionUsesItsGroups) {
    write(U"Ada Lovelace\nAlan Turing\n");
    bar.replace();
    click("Regular expression");
    find("^(\\w+) (\\w+)$");
    bar.replace();
    replaceWith("$2, $1");
    click("Replace all that were found");
    EXPECT_EQ(text(), U"Lovelace, Ada\nTuring, Alan\n");
    find("(a)");
    bar.replace();
    replaceWith("${x");
    click("Replace all that were found");
    EXPECT_TRUE(bar.words().contains("cannot be read")) << qPrintable(bar.words());
    EXPECT_EQ(text(), U"Lovelace, Ada\nTuring, Alan\n");
}

TEST_F(FindBarTest, OnlyTheSelectionIsReplacedAgainAndAgain) {
    write(U"a a a a a");
    bar.replace();
    find("a");
    bar.replace();
    select(2, 7);
    click("Only in what is selected");
    settle();
    replaceWith("aa");
    click("Replace all that were found");
    EXPECT_EQ(text(), U"a aa aa aa a");
    settle();
    click("Replace all that were found");
    EXPECT_EQ(text(), U"a aaaa aaaa aaaa a");
}

TEST_F(FindBarTest, TheViewStaysWhenAllAreReplaced) {
    fill(300);
    view.verticalScrollBar()->setValue(150);
    putCaret(positionOf("line 155"));
    click("Regular expression");
    find("line");
    bar.replace();
    replaceWith("two\\nlines");
    const int top = view.cursorRect().top();
    click("Replace all that were found");
    EXPECT_EQ(view.cursorRect().top(), top);
    EXPECT_EQ(view.blockCount(), 601);
}

TEST_F(FindBarTest, APatternWithoutTextGoesFromPlaceToPlaceAndPutsTextThere) {
    write(U"one\ntwo\nthree");
    bar.replace();
    click("Regular expression");
    find("^");
    EXPECT_EQ(bar.words(), "1 of 3");
    bar.findNext();
    EXPECT_EQ(caret(), 4);
    bar.findPrevious();
    EXPECT_EQ(caret(), 0);
    replaceWith("> ");
    click("Replace all that were found");
    EXPECT_EQ(text(), U"> one\n> two\n> three");
    undo();
    EXPECT_EQ(text(), U"one\ntwo\nthree");
    putCaret(0);
    find("$");
    replaceWith(";");
    for (int i = 0; i < 3; ++i)
        click("Replace this one");
    settle();
    EXPECT_EQ(text(), U"one;\ntwo;\nthree;") << "each line once";
}

TEST_F(FindBarTest, AReaderMayFindButNotReplace) {
    write(U"one one");
    view.setReadOnly(true);
    bar.replace();
    EXPECT_FALSE(field("Replace with").isVisible());
    find("one");
    EXPECT_EQ(bar.words(), "1 of 2");
    bar.replaceAll();
    bar.replaceOne();
    EXPECT_EQ(text(), U"one one");
}

TEST_F(FindBarTest, APatternThatTriesForEverLeavesTheWindowAlive) {
    write(std::u32string(50'000, U'a') + U"!");
    bar.find();
    click("Regular expression");
    find("(a|aa)+$");
    EXPECT_TRUE(bar.words().contains("too long")) << qPrintable(bar.words());
    QTest::keyClicks(&view, "x");
    EXPECT_EQ(text().front(), U'x');
}

} // namespace tandem
