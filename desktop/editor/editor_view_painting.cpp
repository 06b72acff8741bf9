// Where things are in an EditorView, and what is painted beside, under and over its text.
#include "editor/editor_view.h"

#include "editor/editor_layer.h"
#include "editor/line_numbers.h"
#include "editor/line_stretches.h"
#include "editor/peer_cursors.h"
#include "theme/theme.h"

#include <QPainter>
#include <QTextBlock>
#include <QTextLayout>

#include <algorithm>

namespace tandem {

void EditorView::addLayer(EditorLayer& layer) {
    m_layers.push_back(&layer);
    viewport()->update();
}

void EditorView::removeLayer(EditorLayer& layer) {
    std::erase(m_layers, &layer);
    viewport()->update();
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
            if (origin.y() + line.y() > bottom)
                break;
            if (origin.y() + line.y() + line.height() < 0)
                continue;
            const int lineLast = line.textStart() + line.textLength();
            const bool reachesNextBlock = i + 1 == block.layout()->lineCount() && last >= block.length();
            if (first > lineLast || last <= line.textStart() || (first == lineLast && !reachesNextBlock))
                continue;
            for (const LineStretch& stretch :
                 lineStretches(block, line, std::max(first, line.textStart()), std::min(last, lineLast),
                               reachesNextBlock ? lineEnd : 0))
                rects.push_back(QRectF(origin.x() + stretch.left, origin.y() + line.y(),
                                       stretch.right - stretch.left, line.height()));
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
