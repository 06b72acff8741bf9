#include "editor/editor_view.h"

#include "fake_clock.h"
#include "shared_log.h"

#include <QClipboard>
#include <QDropEvent>
#include <QGuiApplication>
#include <QMimeData>
#include <QScrollBar>
#include <QTest>
#include <QTextBlock>

#include <gtest/gtest.h>

namespace tandem {

namespace {

class EditorViewTest : public testing::Test {
protected:
    void SetUp() override {
        view.resize(500, 300);
        view.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&view));
    }

    void fill(int lines) {
        std::u32string text;
        for (int i = 0; i < lines; ++i)
            text += U"line " + QString::number(i).toStdU32String() + U"\n";
        editRemotely(0, 0, text);
    }

    void editRemotely(std::size_t index, std::size_t deleted, std::u32string_view inserted) {
        log.exchange(mine.document);
        log.exchange(theirs.document);
        ASSERT_TRUE(theirs.document.edit(index, deleted, inserted).ok());
        log.commit(theirs.document);
        log.exchange(mine.document);
        ASSERT_TRUE(view.binding().agrees());
        QCoreApplication::processEvents();
    }

    void select(int tail, int head) {
        QTextCursor cursor = view.textCursor();
        cursor.setPosition(tail);
        cursor.setPosition(head, QTextCursor::KeepAnchor);
        view.setTextCursor(cursor);
    }

    QString firstVisibleText() const {
        return view.document()->findBlockByNumber(view.visibleRows().front().block).text();
    }

    int positionOf(const QString& text) const { return view.document()->find(text).selectionStart(); }
    std::u32string text() const { return mine.document.replica().codePoints(); }

    FakeClock clock;
    SharedLog log;
    OtherCopy mine{1};
    OtherCopy theirs{2};
    EditorView view{mine.document, clock};
};

} // namespace

TEST_F(EditorViewTest, KeysEditTheReplica) {
    QTest::keyClicks(&view, "Hi");
    QTest::keyClick(&view, Qt::Key_Return);
    QTest::keyClicks(&view, "theere");
    QTest::keyClick(&view, Qt::Key_Left);
    QTest::keyClick(&view, Qt::Key_Left);
    QTest::keyClick(&view, Qt::Key_Backspace);
    EXPECT_EQ(text(), U"Hi\nthere");
    EXPECT_TRUE(view.binding().agrees());
}

TEST_F(EditorViewTest, ShiftReturnIsALineFeedToo) {
    QTest::keyClick(&view, Qt::Key_Return, Qt::ShiftModifier);
    EXPECT_EQ(text(), U"\n");
}

TEST_F(EditorViewTest, TheViewStaysWhenOthersEditAboveIt) {
    fill(200);
    view.verticalScrollBar()->setValue(100);
    ASSERT_EQ(firstVisibleText(), "line 100");
    editRemotely(0, 0, U"new\nnew\nnew\n");
    EXPECT_EQ(firstVisibleText(), "line 100");
    editRemotely(0, 40, U"");
    EXPECT_EQ(firstVisibleText(), "line 100");
    editRemotely(static_cast<std::size_t>(positionOf("line 100")), 0, U"just above\n");
    EXPECT_EQ(firstVisibleText(), "line 100");
}

TEST_F(EditorViewTest, TheViewStaysWhenOthersEditBelowIt) {
    fill(200);
    view.verticalScrollBar()->setValue(100);
    editRemotely(static_cast<std::size_t>(positionOf("line 150")), 7, U"x\ny\nz\n");
    EXPECT_EQ(firstVisibleText(), "line 100");
    EXPECT_EQ(view.verticalScrollBar()->value(), 100);
}

TEST_F(EditorViewTest, TheCaretsLineStaysOnTheScreenWhereItIs) {
    fill(200);
    view.verticalScrollBar()->setValue(100);
    const int caret = positionOf("line 105") + 2;
    select(caret, caret);
    const QRect before = view.cursorRect();
    editRemotely(static_cast<std::size_t>(positionOf("line 102")), 0, U"between\nthe top\nand the caret\n");
    EXPECT_EQ(view.cursorRect(), before);
    editRemotely(0, 70, U"");
    EXPECT_EQ(view.cursorRect(), before);
}

TEST_F(EditorViewTest, ALongWrappedLineAboveDoesNotMoveTheView) {
    fill(200);
    view.verticalScrollBar()->setValue(100);
    editRemotely(0, 0, std::u32string(3'000, U'w') + U"\n");
    EXPECT_EQ(firstVisibleText(), "line 100");
}

TEST_F(EditorViewTest, ADocumentThatArrivesIsShownFromItsStart) {
    fill(200);
    EXPECT_EQ(firstVisibleText(), "line 0");
    EXPECT_EQ(view.textCursor().position(), 0);
}

TEST_F(EditorViewTest, TextThatOthersInsertAtTheCaretComesAfterIt) {
    QTest::keyClicks(&view, "ab");
    select(1, 1);
    editRemotely(1, 0, U"xyz");
    EXPECT_EQ(view.textCursor().position(), 1);
    EXPECT_EQ(text(), U"axyzb");
}

TEST_F(EditorViewTest, ASelectionKeepsItsTextAndItsDirection) {
    QTest::keyClicks(&view, "one two three");
    for (const bool backwards : {false, true}) {
        const int start = positionOf("two");
        select(backwards ? start + 3 : start, backwards ? start : start + 3);
        const std::size_t index = mine.document.replica().indexOfUtf16(static_cast<std::size_t>(start));
        editRemotely(index + 3, 0, U">");
        editRemotely(index, 0, U"<");
        editRemotely(0, 0, U"\U0001F600");
        EXPECT_EQ(view.textCursor().selectedText(), "two");
        EXPECT_EQ(view.textCursor().position() < view.textCursor().anchor(), backwards);
    }
}

TEST_F(EditorViewTest, ASelectionWhoseTextIsDeletedIsACaretThatSelectsNothingNew) {
    QTest::keyClicks(&view, "one two three");
    select(4, 7);
    editRemotely(4, 3, U"");
    EXPECT_FALSE(view.textCursor().hasSelection());
    editRemotely(4, 0, U"2");
    EXPECT_FALSE(view.textCursor().hasSelection());
    EXPECT_EQ(view.textCursor().position(), 4);
}

TEST_F(EditorViewTest, CopyingGivesTheTextAndNotItsStandIns) {
    editRemotely(0, 0, U"a\r\u2028b\nc");
    view.selectAll();
    view.copy();
    EXPECT_EQ(QGuiApplication::clipboard()->text(), QStringLiteral("a\r\u2028b\nc"));
}

TEST_F(EditorViewTest, PastingKeepsEveryCharacterButTheLineEndsOfOtherPrograms) {
    QGuiApplication::clipboard()->setText(QStringLiteral("a\r\nb\u2028c\rd\u00A0"));
    view.paste();
    EXPECT_EQ(text(), U"a\nb\u2028c\rd\u00A0");
    EXPECT_TRUE(view.binding().agrees());
}

TEST_F(EditorViewTest, PastingAMegabyteWorks) {
    QString large;
    while (large.size() < 1024 * 1024)
        large += QStringLiteral("All work and no play makes a dull text.\n");
    QGuiApplication::clipboard()->setText(large);
    view.paste();
    EXPECT_TRUE(view.binding().agrees());
    EXPECT_EQ(static_cast<qsizetype>(mine.document.replica().utf16Length()), large.size());
}

TEST_F(EditorViewTest, MovingTextWithinTheViewTouchesNothingBetween) {
    editRemotely(0, 0, U"one\ntwo\r\nthree\nfour");
    select(4, 8); // "two" and its carriage return
    const Anchor between = view.binding().anchorAt(positionOf("three") + 2, Side::left);
    view.moveSelection(positionOf("four") + 4);
    EXPECT_EQ(text(), U"one\n\nthree\nfourtwo\r");
    EXPECT_TRUE(view.binding().agrees());
    EXPECT_EQ(view.textCursor().selectedText(), QStringLiteral("two\u240D"));
    EXPECT_EQ(view.binding().positionOf(between), positionOf("three") + 2);
    log.exchange(mine.document);
    log.exchange(theirs.document);
    EXPECT_EQ(theirs.document.replica().codePoints(), text());
}

TEST_F(EditorViewTest, MovingTextIntoItselfDoesNothing) {
    editRemotely(0, 0, U"one two");
    select(4, 7);
    view.moveSelection(5);
    EXPECT_EQ(text(), U"one two");
    EXPECT_TRUE(mine.document.outbox().empty());
}

TEST_F(EditorViewTest, TextDroppedFromElsewhereIsInserted) {
    editRemotely(0, 0, U"one\ntwo");
    QMimeData dragged;
    dragged.setText(QStringLiteral("\u2028!"));
    const QPoint place = view.caretRect(7).center();
    QDragEnterEvent enter(place, Qt::CopyAction, &dragged, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(view.viewport(), &enter);
    QDropEvent drop(place, Qt::CopyAction, &dragged, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(view.viewport(), &drop);
    EXPECT_EQ(text(), U"one\ntwo\u2028!");
    EXPECT_TRUE(view.binding().agrees());
}

TEST_F(EditorViewTest, AReadersViewTakesNoEdits) {
    editRemotely(0, 0, U"text");
    view.setReadOnly(true);
    QTest::keyClicks(&view, "x");
    QTest::keyClick(&view, Qt::Key_Return, Qt::ShiftModifier);
    QGuiApplication::clipboard()->setText("y");
    view.paste();
    EXPECT_EQ(text(), U"text");
    EXPECT_TRUE(mine.document.outbox().empty());
}

TEST_F(EditorViewTest, ControlAndTheWheelChangeTheSizeWithinBounds) {
    const qreal usual = view.textSize();
    QWheelEvent up(QPointF(9, 9), view.mapToGlobal(QPointF(9, 9)), {}, {0, 120}, Qt::NoButton,
                   Qt::ControlModifier, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(view.viewport(), &up);
    EXPECT_EQ(view.textSize(), usual + 1);
    view.zoom(-1000);
    EXPECT_GT(view.textSize(), 1);
    view.resetZoom();
    EXPECT_EQ(view.textSize(), usual);
}

TEST_F(EditorViewTest, TheSelectionIsToldByAnchorsOfTheReplica) {
    QTest::keyClicks(&view, "abc");
    std::optional<Selection> told;
    QObject::connect(&view, &EditorView::selectionMoved, &view,
                     [&](const Selection& moved) { told = moved; });
    select(3, 1);
    ASSERT_TRUE(told);
    EXPECT_EQ(mine.document.replica().indexOf(told->tail).value(), 3u);
    EXPECT_EQ(mine.document.replica().indexOf(told->head).value(), 1u);
}

} // namespace tandem
