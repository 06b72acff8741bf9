#include "export/document_pages.h"

#include "export/export_fonts.h"

#include <QAbstractTextDocumentLayout>
#include <QPagedPaintDevice>
#include <QPainter>
#include <QTextDocument>

namespace tandem {

namespace {

constexpr qreal sideMm = 22;
constexpr qreal topMm = 20;
constexpr qreal bottomMm = 24;
constexpr qreal footerMm = 12; // from the edge of the paper
constexpr qreal footerPoints = 8;
constexpr qreal footerGapMm = 4; // between what stands left and right

qreal dots(qreal mm, const QPaintDevice& device) {
    return mm / 25.4 * device.logicalDpiY();
}

QSizeF bodySize(const QPaintDevice& device) {
    return {qreal(device.width()), qreal(device.height())};
}

} // namespace

void setDocumentMargins(QPagedPaintDevice& device) {
    device.setPageMargins({sideMm, topMm, sideMm, bottomMm}, QPageLayout::Millimeter);
}

DocumentPages::DocumentPages(QPagedPaintDevice& device, QTextDocument& document, QString title)
    : m_device(device), m_document(document), m_title(std::move(title)) {
    m_footer.setFamilies(bodyFamilies());
    m_footer.setPointSizeF(footerPoints);
    m_document.documentLayout()->setPaintDevice(&m_device);
    m_document.setPageSize(bodySize(m_device));
}

int DocumentPages::count() const {
    return m_document.pageCount();
}

bool DocumentPages::draw(int first, int last, const std::function<bool(int percent)>& goOn) {
    QPainter painter;
    if (!painter.begin(&m_device))
        return false;
    for (int page = first; page <= last; ++page) {
        if (!goOn(100 * (page - first) / (last - first + 1)))
            return false;
        if (page > first && !m_device.newPage())
            return false;
        drawBody(painter, page - 1);
        drawFooter(painter, page);
    }
    return true;
}

void DocumentPages::drawBody(QPainter& painter, int page) {
    const QSizeF size = bodySize(m_device);
    const qreal top = page * size.height();
    painter.save();
    painter.translate(0, -top);
    QAbstractTextDocumentLayout::PaintContext context;
    context.clip = QRectF({0, top}, size);
    context.palette.setColor(QPalette::Text, Qt::black);
    painter.setClipRect(context.clip);
    m_document.documentLayout()->draw(&painter, context);
    painter.restore();
}

void DocumentPages::drawFooter(QPainter& painter, int page) {
    const QSizeF size = bodySize(m_device);
    painter.save();
    painter.setFont(m_footer);
    painter.setPen(QColor(0x70, 0x78, 0x80));
    const QFontMetricsF metrics(m_footer, &m_device);
    const QRectF line(0, size.height() + dots(bottomMm - footerMm, m_device) - metrics.height(), size.width(),
                      metrics.height());
    const QString number = QStringLiteral("%1 / %2").arg(page).arg(count());
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, number);
    const qreal room = line.width() - metrics.horizontalAdvance(number) - dots(footerGapMm, m_device);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignAbsolute | Qt::AlignVCenter | Qt::TextSingleLine,
                     metrics.elidedText(m_title, Qt::ElideRight, room));
    painter.restore();
}

} // namespace tandem
