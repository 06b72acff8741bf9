#include "editor/editor_view.h"

#include "editor/editor_layer.h"
#include "editor/line_numbers.h"
#include "editor/peer_cursors.h"
#include "theme/theme.h"

#include <QAbstractTextDocumentLayout>
#include <QDropEvent>
#include <QMenu>
#include <QMimeData>
#include <QPainter>
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
constexpr int marginPx = 10;
} // namespace

EditorView::EditorView(OpenDocument& document, const Clock& clock, QWidget* parent)
    : QPlainTextEdit(parent)
    , m_open(document)
    , m_binding(document, *QPlainTextEdit::document(), clock)
    , m_numbers(new LineNumbers(*this))
    , m_peers(std::make_unique<PeerCursors>(document.peers(), m_binding, *this, clock)) {
    setFrameShape(QFrame::NoFrame);
    setAccessibleName(tr("Text of the document"));
    setFont(theme::textFont());
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    QPlainTextEdit::document()->setDocumentMargin(marginPx);
    viewport()->setMouseTracking(true);
    updateTabStops();
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

void EditorView::addLayer(EditorLayer& layer) {
    m_layers.push_back(&layer);
    viewport()->update();
}

void EditorView::removeLayer(EditorLayer& layer) {
    std::erase(m_layers, &layer);
    viewport()->update();
}

void EditorView::showPeers() {
    m_peers->peersChanged();
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
    return menu;
}

void EditorView::contextMenuEvent(QContextMenuEvent* event) {
    makeContextMenu()->exec(event->globalPos());
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

// --- input

QMimeData* EditorView::createMimeDataFromSelection() const {
    const QTextCursor cursor = textCursor();
    auto* copied = new QMimeData;
    copied->setText(m_binding.text(cursor.selectionStart(), cursor.selectionEnd()));
    return copied;
}

bool EditorView::canInsertFromMimeData(const QMimeData* source) const {
    return source->hasText();
}

void EditorView::insertFromMimeData(const QMimeData* source) {
    if (isReadOnly() || !source->hasText())
        return;
    QString text = source->text();
    text.replace(QStringLiteral("\r\n"), QStringLiteral("\n")); // line ends of other programs
    m_binding.insertText(textCursor(), text);
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
        QPlainTextEdit::keyPressEvent(event);
        return;
    }
    event->accept();
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

void EditorView::setTabWidth(int columns) {
    m_tabWidth = std::clamp(columns, 1, widestTab);
    updateTabStops();
}

void EditorView::setWrapsLines(bool wraps) {
    setLineWrapMode(wraps ? WidgetWidth : NoWrap);
}

void EditorView::updateTabStops() {
    setTabStopDistance(m_tabWidth * QFontMetricsF(font()).horizontalAdvance(u' '));
}

// --- line numbers

void EditorView::layOutNumbers() {
    const int width = m_numbers->sizeHint().width();
    setViewportMargins(width, 0, 0, 0);
    const QRect inside = contentsRect();
    m_numbers->setGeometry(inside.left(), inside.top(), width, inside.height());
    m_numbers->update();
}

void EditorView::updateNumbers(const QRect& rect, int dy) {
    if (dy != 0)
        m_numbers->scroll(0, dy);
    else
        m_numbers->update(0, rect.y(), m_numbers->width(), rect.height());
}

void EditorView::resizeEvent(QResizeEvent* event) {
    QPlainTextEdit::resizeEvent(event);
    layOutNumbers();
}

// --- geometry and painting

std::vector<EditorView::Row> EditorView::visibleRows() const {
    std::vector<Row> rows;
    const qreal bottom = viewport()->height();
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const qreal top = blockBoundingGeometry(block).translated(contentOffset()).top();
        if (top > bottom)
            break;
        const QTextLine line = block.layout()->lineAt(0);
        const qreal above = line.isValid() ? line.y() : 0;
        rows.push_back({block.blockNumber(), top + above, line.isValid() ? line.height() : 0});
    }
    return rows;
}

EditorView::Span EditorView::visibleSpan() const {
    const QTextBlock first = firstVisibleBlock();
    Span span{first.position(), first.position()};
    qreal top = contentOffset().y();
    for (QTextBlock block = first; block.isValid() && top <= viewport()->height(); block = block.next()) {
        top += blockBoundingRect(block).height();
        span.end = block.position() + block.length() - 1;
    }
    return span;
}

QRect EditorView::caretRect(int position) const {
    QTextCursor cursor(QPlainTextEdit::document());
    cursor.setPosition(std::clamp(position, 0, QPlainTextEdit::document()->characterCount() - 1));
    return cursorRect(cursor);
}

std::vector<QRectF> EditorView::textRects(int start, int end) const {
    std::vector<QRectF> rects;
    if (start >= end)
        return rects;
    const qreal bottom = viewport()->height();
    const qreal lineEnd = QFontMetricsF(font()).horizontalAdvance(u' ') / 2;
    const QTextBlock visible = firstVisibleBlock();
    QTextBlock block = start > visible.position() ? QPlainTextEdit::document()->findBlock(start) : visible;
    for (; block.isValid() && block.position() < end; block = block.next()) {
        const QPointF origin = blockBoundingGeometry(block).translated(contentOffset()).topLeft();
        if (origin.y() > bottom)
            break;
        const int first = start - block.position();
        const int last = end - block.position();
        for (int i = 0; i < block.layout()->lineCount(); ++i) {
            const QTextLine line = block.layout()->lineAt(i);
            const int lineLast = line.textStart() + line.textLength();
            const bool reachesNextBlock = i + 1 == block.layout()->lineCount() && last >= block.length();
            if (first > lineLast || last <= line.textStart() || (first == lineLast && !reachesNextBlock))
                continue;
            const qreal left = line.cursorToX(std::max(first, line.textStart()));
            const qreal right = line.cursorToX(std::min(last, lineLast)) + (reachesNextBlock ? lineEnd : 0);
            rects.push_back(QRectF(QPointF(std::min(left, right), line.y()),
                                   QSizeF(std::abs(right - left), line.height()))
                                .translated(origin));
        }
    }
    return rects;
}

void EditorView::paintEvent(QPaintEvent* event) {
    for (EditorLayer* layer : m_layers)
        layer->prepare();
    {
        QPainter painter(viewport());
        const QRect caret = cursorRect();
        painter.fillRect(QRect(0, caret.top(), viewport()->width(), caret.height()),
                         theme::currentLine(palette()));
        for (EditorLayer* layer : m_layers)
            layer->paintUnder(painter);
        m_peers->paintSelections(painter);
    }
    QPlainTextEdit::paintEvent(event);
    QPainter painter(viewport());
    for (EditorLayer* layer : m_layers)
        layer->paintOver(painter);
    m_peers->paintCarets(painter);
}

} // namespace tandem
