#include "editor/line_numbers.h"

#include "editor/editor_view.h"
#include "theme/theme.h"

#include <QPaintEvent>
#include <QPainter>

#include <algorithm>

namespace tandem {

namespace {
constexpr int paddingPx = 14;
constexpr qsizetype fewestDigits = 3;
} // namespace

LineNumbers::LineNumbers(EditorView& view) : QWidget(&view), m_view(view) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
}

QSize LineNumbers::sizeHint() const {
    const qsizetype digits = std::max(fewestDigits, QString::number(m_view.blockCount()).size());
    const int digit = QFontMetrics(m_view.font()).horizontalAdvance(u'9');
    return {static_cast<int>(digits) * digit + 2 * paddingPx, 0};
}

void LineNumbers::paintEvent(QPaintEvent* event) {
    QPainter painter(this);
    painter.fillRect(event->rect(), m_view.palette().color(QPalette::Base));
    painter.setFont(m_view.font());
    const QColor quiet = theme::quietText(m_view.palette());
    const QColor current = m_view.palette().color(QPalette::Text);
    const int currentBlock = m_view.textCursor().blockNumber();
    for (const EditorView::Row& row : m_view.visibleRows()) {
        if (row.top > event->rect().bottom() || row.top + row.height < event->rect().top())
            continue;
        painter.setPen(row.block == currentBlock ? current : quiet);
        painter.drawText(QRectF(0, row.top, width() - paddingPx, row.height),
                         Qt::AlignRight | Qt::AlignVCenter, QString::number(row.block + 1));
    }
}

} // namespace tandem
