#include "editor/editor_view.h"

#include "editor/line_numbers.h"
#include "editor/paragraph_layout.h"
#include "editor/peer_cursors.h"
#include "theme/theme.h"

#include <QAbstractTextDocumentLayout>
#include <QMenu>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace tandem {

namespace {
constexpr qreal smallestText = 6;
constexpr qreal largestText = 48;
constexpr int widestTab = 16;
constexpr int longLine = 20'000;
constexpr int marginPx = 10;
} // namespace

EditorView::EditorView(OpenDocument& document, const Clock& clock, QWidget* parent)
    : QPlainTextEdit(parent)
    , m_open(document)
    , m_binding(document, textFor(document), clock)
    , m_peers(std::make_unique<PeerCursors>(document.peers(), m_binding, *this, clock)) {
    m_numbers = new LineNumbers(*this);
    setFrameShape(QFrame::NoFrame);
    setAccessibleName(tr("Text of the document"));
    viewport()->setMouseTracking(true);
    layOutNumbers();
    noteSelection();

    connect(this, &QPlainTextEdit::blockCountChanged, this, &EditorView::layOutNumbers);
    connect(this, &QPlainTextEdit::updateRequest, this, &EditorView::updateNumbers);
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, &EditorView::noteSelection);
    connect(this, &QPlainTextEdit::selectionChanged, this, &EditorView::noteSelection);
    // Some edits do not move the caret.
    connect(this, &QPlainTextEdit::textChanged, this, &EditorView::noteSelection);
    connect(this, &QPlainTextEdit::textChanged, this, &EditorView::historyChanged);
    connect(&m_binding, &DocumentBinding::editsComing, this, &EditorView::holdStill);
    connect(&m_binding, &DocumentBinding::editsShown, this, &EditorView::restoreSelection);
    connect(&m_binding, &DocumentBinding::lineComing, this, &EditorView::noteLongLine);
    connect(&m_binding, &DocumentBinding::editRefused, this, &EditorView::noteSelection);
}

EditorView::~EditorView() = default;

// --- caret, selection, and the line that stays

void EditorView::noteSelection() {
    m_numbers->update();
    viewport()->update();
    if (m_binding.isShowingEdits())
        return;
    const QTextCursor cursor = textCursor();
    // Text that others insert at the edges of a selection stays outside of it.
    const bool caretAfterTail = cursor.position() >= cursor.anchor();
    const Side tailSide = cursor.hasSelection() && caretAfterTail ? Side::left : Side::right;
    const Side headSide = caretAfterTail ? Side::right : Side::left;
    const Selection selection{m_binding.anchorAt(cursor.anchor(), tailSide),
                              m_binding.anchorAt(cursor.position(), headSide)};
    m_open.noteSelection(selection);
    if (selection == m_selection)
        return;
    m_selection = selection;
    emit selectionMoved(m_selection);
}

void EditorView::holdStill() {
    setCompositionAside();
    const int firstLine = verticalScrollBar()->value();
    m_holdsCaret = viewport()->rect().intersects(cursorRect());
    m_held.place = textCursor();
    if (!m_holdsCaret) {
        const QTextBlock block = QPlainTextEdit::document()->findBlockByLineNumber(firstLine);
        const QTextLine line = block.layout()->lineAt(firstLine - block.firstLineNumber());
        m_held.place.setPosition(block.position() + (line.isValid() ? line.textStart() : 0));
    }
    m_held.row = lineOf(m_held.place.position()) - firstLine;
}

void EditorView::restoreSelection() {
    const std::optional<int> tail = m_binding.positionOf(m_selection.tail);
    const std::optional<int> head = m_binding.positionOf(m_selection.head);
    select(m_selection);
    // The selected text is gone, or came back with other elements: what was a selection is a caret now.
    if (!tail || !head || *tail == *head)
        noteSelection();
    const int held = m_holdsCaret ? textCursor().position() : m_held.place.position();
    verticalScrollBar()->setValue(lineOf(held) - m_held.row);
    m_held = {};
    resumeComposition();
}

void EditorView::select(const Selection& selection) {
    const std::optional<int> tail = m_binding.positionOf(selection.tail);
    const std::optional<int> head = m_binding.positionOf(selection.head);
    QTextCursor cursor = textCursor();
    if (!tail || !head || (*tail == cursor.anchor() && *head == cursor.position()))
        return;
    cursor.setPosition(*tail);
    cursor.setPosition(*head, QTextCursor::KeepAnchor);
    setTextCursor(cursor);
}

// The visual line of a position: wrapped blocks have several.
int EditorView::lineOf(int position) const {
    const QTextBlock block = QPlainTextEdit::document()->findBlock(position);
    QPlainTextEdit::document()->documentLayout()->blockBoundingRect(block); // lays its lines out
    const QTextLine line = block.layout()->lineForTextPosition(position - block.position());
    return block.firstLineNumber() + (line.isValid() ? line.lineNumber() : 0);
}

void EditorView::reveal(int position) {
    const int rows = std::max(1, viewport()->height() / std::max(1, cursorRect().height()));
    verticalScrollBar()->setValue(lineOf(position) - rows / 2);
}

void EditorView::setSelection(int tail, int head, Show show) {
    const int last = QPlainTextEdit::document()->characterCount() - 1;
    QTextCursor cursor = textCursor();
    cursor.setPosition(std::clamp(tail, 0, last));
    cursor.setPosition(std::clamp(head, 0, last), QTextCursor::KeepAnchor);
    const int firstLine = verticalScrollBar()->value();
    setTextCursor(cursor); // which brings it into sight
    if (show == Show::no)
        verticalScrollBar()->setValue(firstLine);
}

void EditorView::showPeers() {
    m_peers->peersChanged();
    emit peersShown();
}

// --- undo

void EditorView::undo() {
    if (isReadOnly())
        return;
    setCompositionAside();
    showUndone(m_binding.undo());
}

void EditorView::redo() {
    if (isReadOnly())
        return;
    setCompositionAside();
    showUndone(m_binding.redo());
}

void EditorView::showUndone(const std::optional<Selection>& selection) {
    if (selection) {
        select(*selection);
        noteSelection();
        ensureCursorVisible();
    }
    resumeComposition();
    emit historyChanged();
}

bool EditorView::canUndo() const {
    return !isReadOnly() && m_open.canUndo();
}

bool EditorView::canRedo() const {
    return !isReadOnly() && m_open.canRedo();
}

void EditorView::cut() {
    m_open.endUndoGroup();
    QPlainTextEdit::cut();
    m_open.endUndoGroup();
}

std::unique_ptr<QMenu> EditorView::makeContextMenu() {
    return makeContextMenu(textCursor().position());
}

std::unique_ptr<QMenu> EditorView::makeContextMenu(int position) {
    auto menu = std::make_unique<QMenu>();
    const bool selected = textCursor().hasSelection();
    const auto add = [&](const QString& text, const QKeySequence& shortcut, bool enabled, auto use) {
        QAction* action = menu->addAction(text, this, use);
        action->setShortcut(shortcut);
        action->setEnabled(enabled);
    };
    add(tr("&Undo"), QKeySequence::Undo, canUndo(), &EditorView::undo);
    add(tr("&Redo"), QKeySequence::Redo, canRedo(), &EditorView::redo);
    menu->addSeparator();
    add(tr("Cu&t"), QKeySequence::Cut, selected && !isReadOnly(), &EditorView::cut);
    add(tr("&Copy"), QKeySequence::Copy, selected, &QPlainTextEdit::copy);
    add(tr("&Paste"), QKeySequence::Paste, canPaste(), &QPlainTextEdit::paste);
    menu->addSeparator();
    add(tr("Select &All"), QKeySequence::SelectAll, true, &QPlainTextEdit::selectAll);
    emit contextMenuComing(*menu, position);
    return menu;
}

void EditorView::contextMenuEvent(QContextMenuEvent* event) {
    const bool byMouse = event->reason() == QContextMenuEvent::Mouse;
    makeContextMenu(byMouse ? cursorForPosition(event->pos()).position() : textCursor().position())
        ->exec(event->globalPos());
}

// --- composing

void EditorView::inputMethodEvent(QInputMethodEvent* event) {
    m_composition = {event->preeditString(), event->attributes()};
    QPlainTextEdit::inputMethodEvent(event);
}

// A block keeps the composition at a number of characters from its start, so it must not be there while
// edits are put in before it. The input method does not notice.
void EditorView::setCompositionAside() {
    if (m_composition.text.isEmpty())
        return;
    QTextLayout* layout = textCursor().block().layout();
    layout->setPreeditArea(-1, QString());
    layout->clearFormats();
}

void EditorView::resumeComposition() {
    if (m_composition.text.isEmpty())
        return;
    QInputMethodEvent composition(m_composition.text, m_composition.attributes);
    QPlainTextEdit::inputMethodEvent(&composition);
}

// --- mouse

void EditorView::wheelEvent(QWheelEvent* event) {
    if (!event->modifiers().testFlag(Qt::ControlModifier)) {
        QPlainTextEdit::wheelEvent(event);
        return;
    }
    const int turned = event->angleDelta().y();
    if (turned != 0)
        zoom(turned > 0 ? 1 : -1);
    event->accept();
}

void EditorView::mouseMoveEvent(QMouseEvent* event) {
    QPlainTextEdit::mouseMoveEvent(event);
    m_peers->hover(event->position());
}

// --- size of the text

qreal EditorView::textSize() const {
    return font().pointSizeF();
}

void EditorView::setTextSize(qreal points) {
    const qreal size = std::clamp(points, smallestText, largestText);
    if (qFuzzyCompare(size, textSize()))
        return;
    QFont changed = font();
    changed.setPointSizeF(size);
    setFont(changed);
    emit textSizeChanged(size);
}

void EditorView::zoom(int steps) {
    setTextSize(std::round(textSize()) + steps);
}

void EditorView::resetZoom() {
    setTextSize(theme::textFont().pointSizeF());
}

void EditorView::changeEvent(QEvent* event) {
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange && m_numbers) {
        updateTabStops();
        layOutNumbers();
    }
}

void EditorView::setTextDirection(Qt::LayoutDirection direction) {
    QTextOption option = QPlainTextEdit::document()->defaultTextOption();
    option.setTextDirection(direction);
    QPlainTextEdit::document()->setDefaultTextOption(option);
    viewport()->update();
}

void EditorView::setTabWidth(int columns) {
    m_tabWidth = std::clamp(columns, 1, widestTab);
    updateTabStops();
}

void EditorView::setWrapsLines(bool wraps) {
    setLineWrapMode(wraps ? WidgetWidth : NoWrap);
}

// QTextLayout takes a time that grows with the square of a line's length to wrap it at words, and several
// times as long with ligatures as without. From the first such line on, this view does without both.
void EditorView::noteLongLine(int units) {
    if (units < longLine || m_hasLongLine)
        return;
    m_hasLongLine = true;
    setWordWrapMode(QTextOption::WrapAnywhere);
    QFont quick = font();
    quick.setStyleStrategy(QFont::PreferNoShaping);
    setFont(quick);
}

// Where the document's text is about to be shown for the first time. Each of these settings would go through
// all of it, and the margin would be taken for an edit.
QTextDocument& EditorView::textFor(OpenDocument& document) {
    auto* text = new QTextDocument(this);
    text->setDocumentLayout(new ParagraphLayout(text));
    text->setDocumentMargin(marginPx);
    setDocument(text);
    setFont(theme::textFont());
    updateTabStops();
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    noteLongLine(DocumentBinding::longestLine(document.replica().codePoints()));
    return *text;
}

void EditorView::updateTabStops() {
    setTabStopDistance(m_tabWidth * QFontMetricsF(font()).horizontalAdvance(u' '));
}

} // namespace tandem
