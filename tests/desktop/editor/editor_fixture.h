// A view on a document that someone else has open, too: what most tests of the editor begin with.
#pragma once

#include "editor/editor_view.h"

#include "fake_clock.h"
#include "shared_log.h"

#include <QTest>
#include <QTextBlock>

#include <gtest/gtest.h>

namespace tandem {

class EditorFixture : public testing::Test {
protected:
    void SetUp() override;

    void fill(int lines); // "line 0", "line 1", ...
    // They edit, by code points, and it arrives.
    void editRemotely(std::size_t index, std::size_t deleted, std::u32string_view inserted);
    void write(std::u32string_view text) { editRemotely(0, 0, text); }

    void select(int tail, int head);
    void putCaret(int position) { select(position, position); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::keyClick(&view, key, modifiers);
    }
    void undo() { press(Qt::Key_Z, Qt::ControlModifier); }

    std::u32string text() const { return mine.document.replica().codePoints(); }
    QString shown() const { return view.document()->toPlainText(); }
    int positionOf(const QString& text) const { return view.document()->find(text).selectionStart(); }
    QString firstVisibleText() const {
        return view.document()->findBlockByNumber(view.visibleRows().front().block).text();
    }

    FakeClock clock;
    SharedLog log;
    OtherCopy mine{1};
    OtherCopy theirs{2};
    EditorView view{mine.document, clock};
};

} // namespace tandem
