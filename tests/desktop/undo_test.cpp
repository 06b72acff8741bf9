// Undo in the editor, with real key events, while someone else edits the same document; and what an input
// method is composing meanwhile.
#include "editor/editor_view.h"

#include "fake_clock.h"
#include "shared_log.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QInputMethodEvent>
#include <QMenu>
#include <QScrollBar>
#include <QTest>
#include <QTextBlock>
#include <QTextLayout>

#include <gtest/gtest.h>

namespace tandem {

namespace {

class UndoTest : public testing::Test {
protected:
    void SetUp() override {
        view.resize(500, 300);
        view.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&view));
    }

    void exchange() {
        for (OpenDocument* document : {&mine.document, &theirs.document, &mine.document})
            log.exchange(*document);
        ASSERT_TRUE(view.binding().agrees());
        ASSERT_TRUE(theirView.binding().agrees());
        ASSERT_EQ(mine.document.replica().text(), theirs.document.replica().text());
    }
    // They select and type in their own window.
    void editRemotely(int start, int end, const QString& typed) {
        exchange();
        QTextCursor cursor = theirView.textCursor();
        cursor.setPosition(start);
        cursor.setPosition(end, QTextCursor::KeepAnchor);
        cursor.insertText(typed);
        exchange();
    }

    void select(int tail, int head) {
        QTextCursor cursor = view.textCursor();
        cursor.setPosition(tail);
        cursor.setPosition(head, QTextCursor::KeepAnchor);
        view.setTextCursor(cursor);
    }
    void undo() { QTest::keyClick(&view, Qt::Key_Z, Qt::ControlModifier); }
    void redo() { QTest::keyClick(&view, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier); }
    QString text() const { return view.toPlainText(); }

    void compose(const QString& preedit, const QString& commit = {}) {
        QInputMethodEvent event(preedit, {{QInputMethodEvent::Cursor, static_cast<int>(preedit.size()), 1}});
        event.setCommitString(commit);
        QCoreApplication::sendEvent(&view, &event);
    }

    FakeClock clock;
    SharedLog log;
    OtherCopy mine{1};
    OtherCopy theirs{2};
    EditorView view{mine.document, clock};
    EditorView theirView{theirs.document, clock};
};

} // namespace

TEST_F(UndoTest, KeysUndoAndRedoByWords) {
    QTest::keyClicks(&view, "one two");
    undo();
    EXPECT_EQ(text(), "one");
    undo();
    EXPECT_EQ(text(), "");
    redo();
    EXPECT_EQ(text(), "one");
    QTest::keyClick(&view, Qt::Key_Y, Qt::ControlModifier);
    EXPECT_EQ(text(), "one two");
    EXPECT_EQ(view.textCursor().position(), 7);
    exchange();
}

TEST_F(UndoTest, APauseEndsAStep) {
    QTest::keyClicks(&view, "one");
    clock.nowMs += UndoHistory::pauseMs;
    QTest::keyClicks(&view, "two");
    undo();
    EXPECT_EQ(text(), "one");
}

TEST_F(UndoTest, UndoIsMineAlone) {
    editRemotely(0, 0, "their text");
    select(6, 6);
    QTest::keyClicks(&view, "own");
    editRemotely(7, 7, "X");
    editRemotely(0, 1, "T");
    ASSERT_EQ(text(), "Their oXwntext");
    undo();
    EXPECT_EQ(text(), "Their Xtext");
    undo();
    EXPECT_EQ(text(), "Their Xtext");
    exchange();
    redo();
    EXPECT_EQ(text(), "Their oXwntext");
    exchange();
}

TEST_F(UndoTest, BothUndoTheirOwn) {
    QTest::keyClicks(&view, "mine");
    exchange();
    select(0, 0);
    QTest::keyClicks(&theirView, "theirs");
    exchange();
    undo();
    QTest::keyClick(&theirView, Qt::Key_Z, Qt::ControlModifier);
    exchange();
    EXPECT_EQ(text(), "");
    redo();
    exchange();
    EXPECT_EQ(text(), "mine");
}

TEST_F(UndoTest, ASelectionThatWasTypedOverComesBackSelected) {
    editRemotely(0, 0, "one two three");
    select(7, 4);
    QTest::keyClicks(&view, "2");
    editRemotely(0, 0, "> ");
    undo();
    EXPECT_EQ(text(), "> one two three");
    EXPECT_EQ(view.textCursor().anchor(), 9);
    EXPECT_EQ(view.textCursor().position(), 6);
    redo();
    EXPECT_EQ(text(), "> one 2 three");
    EXPECT_EQ(view.textCursor().position(), 7);
    EXPECT_FALSE(view.textCursor().hasSelection());
}

TEST_F(UndoTest, TheViewGoesToTheCaretForOwnUndoOnly) {
    QString lines;
    for (int i = 0; i < 200; ++i)
        lines += QStringLiteral("line %1\n").arg(i);
    editRemotely(0, 0, lines);
    select(0, 0);
    QTest::keyClicks(&view, "x");
    exchange();
    view.verticalScrollBar()->setValue(150);
    QTest::keyClicks(&theirView, "y");
    QTest::keyClick(&theirView, Qt::Key_Z, Qt::ControlModifier);
    exchange();
    EXPECT_EQ(view.verticalScrollBar()->value(), 150);
    undo();
    EXPECT_EQ(view.verticalScrollBar()->value(), 0);
}

TEST_F(UndoTest, ALargePasteIsOneStep) {
    QGuiApplication::clipboard()->setText(
        QStringLiteral("pasted line").leftJustified(99, u'.').append(u'\n').repeated(1'000));
    QTest::keyClicks(&view, "a");
    view.paste();
    QTest::keyClicks(&view, "b");
    EXPECT_EQ(text().size(), 100'002);
    undo();
    EXPECT_EQ(text().size(), 100'001);
    undo();
    EXPECT_EQ(text(), "a");
    redo();
    EXPECT_EQ(text().size(), 100'001);
    exchange();
}

TEST_F(UndoTest, ASmallPasteIsNoTyping) {
    QGuiApplication::clipboard()->setText(QStringLiteral("b"));
    QTest::keyClicks(&view, "a");
    view.paste();
    QTest::keyClicks(&view, "c");
    for (const char* before : {"ab", "a", ""}) {
        undo();
        EXPECT_EQ(text(), before);
    }
}

TEST_F(UndoTest, ACutAndAMoveAreStepsOfTheirOwn) {
    QTest::keyClicks(&view, "abcd");
    QTest::keyClick(&view, Qt::Key_Backspace);
    select(2, 3);
    QTest::keyClick(&view, Qt::Key_X, Qt::ControlModifier);
    ASSERT_EQ(text(), "ab");
    select(0, 1);
    view.moveSelection(2);
    ASSERT_EQ(text(), "ba");
    for (const char* before : {"ab", "abc", "abcd", ""}) {
        undo();
        EXPECT_EQ(text(), before);
    }
}

TEST_F(UndoTest, TheMenuSaysWhatCanBeDone) {
    const auto enabled = [&] {
        const std::unique_ptr<QMenu> menu = view.makeContextMenu();
        return std::pair(menu->actions().at(0)->isEnabled(), menu->actions().at(1)->isEnabled());
    };
    EXPECT_EQ(enabled(), std::pair(false, false));
    editRemotely(0, 0, "theirs");
    EXPECT_EQ(enabled(), std::pair(false, false));
    QTest::keyClicks(&view, "x");
    EXPECT_EQ(enabled(), std::pair(true, false));
    const std::unique_ptr<QMenu> menu = view.makeContextMenu();
    menu->actions().at(0)->trigger();
    EXPECT_EQ(text(), "theirs");
    EXPECT_EQ(enabled(), std::pair(false, true));
    redo();
    clock.nowMs += UndoHistory::pauseMs;
    QTest::keyClicks(&view, "y");
    undo();
    EXPECT_EQ(enabled(), std::pair(true, true));
    view.setReadOnly(true);
    EXPECT_EQ(enabled(), std::pair(false, false));
    const QString kept = text();
    undo();
    redo();
    EXPECT_EQ(text(), kept);
}

TEST_F(UndoTest, ACompositionSurvivesEditsBeforeItInItsLine) {
    editRemotely(0, 0, "first\nsecond line");
    select(13, 13);
    compose("ni");
    const auto shown = [&] {
        const QTextLayout* layout = view.textCursor().block().layout();
        return std::pair(layout->preeditAreaText(), layout->preeditAreaPosition());
    };
    ASSERT_EQ(shown(), std::pair(QString("ni"), 7));
    editRemotely(6, 6, "the ");
    EXPECT_EQ(shown(), std::pair(QString("ni"), 11));
    editRemotely(3, 4, "\n");
    EXPECT_EQ(shown(), std::pair(QString("ni"), 11));
    editRemotely(10, 10, "\n"); // cuts its line
    EXPECT_EQ(shown(), std::pair(QString("ni"), 7));
    EXPECT_EQ(view.textCursor().block().previous().layout()->preeditAreaText(), "");
    compose("nih");
    compose("", QStringLiteral("\u4F60"));
    EXPECT_EQ(shown().first, "");
    EXPECT_EQ(text(), QStringLiteral("fir\nt\nthe \nsecond \u4F60line"));
    exchange();
    undo();
    EXPECT_EQ(text(), "fir\nt\nthe \nsecond line");
}

} // namespace tandem
