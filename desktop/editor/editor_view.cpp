#include "editor/editor_view.h"

#include "editor/line_numbers.h"
#include "editor/peer_cursors.h"
#include "theme/theme.h"

#include <QAbstractTextDocumentLayout>
#include <QDropEvent>
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
constexpr int tabColumns = 4;
constexpr int marginPx = 10;
} // namespace

EditorView::EditorView(OpenDocument& document, const Clock& clock, QWidget* parent)
    : QPlainTextEdit(parent)
    , m_binding(document, *QPlainTextEdit::document())
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
    connect(&m_binding, &DocumentBinding::remoteEditsComing, this, &EditorView::holdStill);
    connect(&m_binding, &DocumentBinding::remoteEditsShown, this, &EditorView::restoreSelection);
    connect(&m_binding, &DocumentBinding::editRefused, this, &EditorView::noteSelection);
}

EditorView::~EditorView() = default;

// --- caret, selection, and the line that stays

void EditorView::noteSelection() {
    m_numbers->update();
    viewport()->update();
    if (m_binding.isShowingRemoteEdits())
        return;
    const QTextCursor cursor = textCursor();
    // Text that others insert at the edges of a selection stays outside of it.
    const bool caretAfterTail = cursor.position() >= cursor.anchor();
    const Side tailSide = cursor.hasSelection() && caretAfterTail ? Side::left : Side::right;
    const Side headSide = caretAfterTail ? Side::right : Side::left;
    const Selection selection{m_binding.anchorAt(cursor.anchor(), tailSide),
                              m_binding.anchorAt(cursor.position(), headSide)};
    if (selection == m_selection)
        return;
    m_selection = selection;
    emit selectionMoved(m_selection);
}

void EditorView::holdStill() {
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
    QTextCursor cursor = textCursor();
    if (tail && head && (*tail != cursor.anchor() || *head != cursor.position())) {
        cursor.setPosition(*tail);
        cursor.setPosition(*head, QTextCursor::KeepAnchor);
        setTextCursor(cursor);
    }
    // The selected text is gone, or came back with other elements: what was a selection is a caret now.
    if (!tail || !head || *tail == *head)
        noteSelection();
    const int held = m_holdsCaret ? textCursor().position() : m_held.place.position();
    verticalScrollBar()->setValue(lineOf(held) - m_held.row);
    m_held = {};
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

void EditorView::showPeers() {
    m_peers->peersChanged();
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
    QPlainTextEdit::keyPressEvent(event);
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
    moved.removeSelectedText();
    const int start = place.position();
    m_binding.insertText(place, text);
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

void EditorView::updateTabStops() {
    setTabStopDistance(tabColumns * QFontMetricsF(font()).horizontalAdvance(u' '));
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
    for (QTextBlock block = firstVisibleBlock(); block.isValid() && block.position() < end;
         block = block.next()) {
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
    {
        QPainter painter(viewport());
        const QRect caret = cursorRect();
        painter.fillRect(QRect(0, caret.top(), viewport()->width(), caret.height()),
                         theme::currentLine(palette()));
        m_peers->paintSelections(painter);
    }
    QPlainTextEdit::paintEvent(event);
    QPainter painter(viewport());
    m_peers->paintCarets(painter);
}

} // namespace tandem
