// What goes into an EditorView by keys, clipboard and mouse, and what is taken out.
#include "editor/drop/text_file.h"
#include "editor/editor_view.h"
#include "editor/paragraph_layout.h"

#include <QDropEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QTextBlock>
#include <QUrl>

#include <algorithm>

namespace tandem {

QMimeData* EditorView::createMimeDataFromSelection() const {
    const QTextCursor cursor = textCursor();
    auto* copied = new QMimeData;
    copied->setText(m_binding.text(cursor.selectionStart(), cursor.selectionEnd()));
    return copied;
}

bool EditorView::canInsertFromMimeData(const QMimeData* source) const {
    return source->hasText() || source->hasUrls();
}

void EditorView::insertFromMimeData(const QMimeData* source) {
    if (isReadOnly())
        return;
    // Files come with their addresses as text, too.
    const QList<QUrl> addresses = source->urls();
    const bool areFiles =
        !addresses.isEmpty() &&
        std::all_of(addresses.begin(), addresses.end(), [](const QUrl& url) { return url.isLocalFile(); });
    if (areFiles) {
        insertFiles(addresses);
        return;
    }
    QString text = source->text();
    text.replace(QStringLiteral("\r\n"), QStringLiteral("\n")); // line ends of other programs
    if (text.isEmpty())
        return;
    m_binding.insertText(textCursor(), text);
    ensureCursorVisible();
}

// What they say, one after the other, as one step of undo.
void EditorView::insertFiles(const QList<QUrl>& files) {
    QString all;
    for (const QUrl& file : files) {
        const TextFile read = readTextFile(file.toLocalFile());
        if (!read.problem.isEmpty())
            emit insertionRefused(read.problem);
        if (!all.isEmpty() && !all.endsWith(u'\n') && !read.text.isEmpty())
            all += u'\n';
        all += read.text;
    }
    if (all.isEmpty())
        return;
    m_binding.insertText(textCursor(), all);
    ensureCursorVisible();
}

void EditorView::keyPressEvent(QKeyEvent* event) {
    // QPlainTextEdit would insert U+2028.
    if (event->matches(QKeySequence::InsertLineSeparator) && !isReadOnly()) {
        textCursor().insertBlock();
        ensureCursorVisible();
        event->accept();
        return;
    }
    // QPlainTextEdit would ask the QTextDocument, which has no history.
    if (event->matches(QKeySequence::Undo)) {
        undo();
    } else if (event->matches(QKeySequence::Redo) || event->keyCombination() == (Qt::CTRL | Qt::Key_Y) ||
               event->keyCombination() == (Qt::CTRL | Qt::SHIFT | Qt::Key_Z)) {
        redo();
    } else if (event->matches(QKeySequence::Cut)) {
        cut();
    } else {
        pressAsShown(event);
        return;
    }
    event->accept();
}

// QPlainTextEdit takes the keys to the left and to the right the way in which QTextBlock's letters run.
void EditorView::pressAsShown(QKeyEvent* event) {
    const bool isSideways = event->key() == Qt::Key_Left || event->key() == Qt::Key_Right;
    const QTextBlock block = textCursor().block();
    if (!isSideways || paragraphDirection(block) == block.textDirection())
        return QPlainTextEdit::keyPressEvent(event);
    QKeyEvent other(event->type(), event->key() == Qt::Key_Left ? Qt::Key_Right : Qt::Key_Left,
                    event->modifiers(), event->text(), event->isAutoRepeat());
    QPlainTextEdit::keyPressEvent(&other);
    event->setAccepted(other.isAccepted());
}

void EditorView::dropEvent(QDropEvent* event) {
    const bool moves = event->dropAction() == Qt::MoveAction && event->source() == viewport();
    if (!moves || isReadOnly()) {
        QPlainTextEdit::dropEvent(event);
        return;
    }
    QDragLeaveEvent leave;
    dragLeaveEvent(&leave); // ends scrolling and the drawing of the drop's caret
    moveSelection(cursorForPosition(event->position().toPoint()).position());
    event->acceptProposedAction();
}

// A deletion and an insertion, not a replacement of all that lies between.
void EditorView::moveSelection(int target) {
    QTextCursor moved = textCursor();
    if (target >= moved.selectionStart() && target <= moved.selectionEnd())
        return;
    QTextCursor place = moved;
    place.setPosition(target);
    const QString text = m_binding.text(moved.selectionStart(), moved.selectionEnd());
    m_open.beginUndoGroup();
    moved.removeSelectedText();
    const int start = place.position();
    m_binding.insertText(place, text);
    m_open.endUndoGroup();
    moved.setPosition(start);
    moved.setPosition(start + static_cast<int>(text.size()), QTextCursor::KeepAnchor);
    setTextCursor(moved);
}

} // namespace tandem
