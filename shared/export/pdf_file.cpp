#include "export/pdf_file.h"

#include "export/export_fonts.h"
#include "export/markdown_tree.h"
#include "export/printable_text.h"
#include "export/rich_text.h"

#include <QAbstractTextDocumentLayout>
#include <QBuffer>
#include <QGuiApplication>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QTextDocument>

namespace tandem {

namespace {

constexpr int dotsPerInch = 600;
constexpr qreal sideMm = 22;
constexpr qreal topMm = 20;
constexpr qreal bottomMm = 24;
constexpr qreal footerMm = 12; // from the edge of the paper
constexpr qreal footerPoints = 8;
constexpr qreal footerGapMm = 4; // between what stands left and right
// Of the work, before the first page is drawn.
constexpr int layoutPercent = 50;

qreal dots(qreal mm) {
    return mm / 25.4 * dotsPerInch;
}

class Pages {
public:
    Pages(QPdfWriter& writer, QTextDocument& document, QString title)
        : m_writer(writer), m_document(document), m_title(std::move(title)) {
        m_footer.setFamilies(bodyFamilies());
        m_footer.setPointSizeF(footerPoints);
        m_document.documentLayout()->setPaintDevice(&m_writer);
        m_document.setPageSize(bodySize());
    }

    bool draw(const DrawingProgress& progress) {
        const int count = m_document.pageCount();
        QPainter painter(&m_writer);
        for (int page = 0; page < count; ++page) {
            if (!progress(layoutPercent + (100 - layoutPercent) * page / count))
                return false;
            if (page > 0)
                m_writer.newPage();
            drawBody(painter, page);
            drawFooter(painter, page + 1, count);
        }
        return true;
    }

private:
    QSizeF bodySize() const { return {qreal(m_writer.width()), qreal(m_writer.height())}; }

    void drawBody(QPainter& painter, int page) {
        const qreal top = page * bodySize().height();
        painter.save();
        painter.translate(0, -top);
        QAbstractTextDocumentLayout::PaintContext context;
        context.clip = QRectF({0, top}, bodySize());
        context.palette.setColor(QPalette::Text, Qt::black);
        painter.setClipRect(context.clip);
        m_document.documentLayout()->draw(&painter, context);
        painter.restore();
    }

    void drawFooter(QPainter& painter, int page, int count) {
        painter.save();
        painter.setFont(m_footer);
        painter.setPen(QColor(0x70, 0x78, 0x80));
        const QFontMetricsF metrics(m_footer, &m_writer);
        const QRectF line(0, bodySize().height() + dots(bottomMm - footerMm) - metrics.height(),
                          bodySize().width(), metrics.height());
        const QString number = QStringLiteral("%1 / %2").arg(page).arg(count);
        painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, number);
        const qreal room = line.width() - metrics.horizontalAdvance(number) - dots(footerGapMm);
        painter.drawText(line, Qt::AlignLeft | Qt::AlignAbsolute | Qt::AlignVCenter | Qt::TextSingleLine,
                         metrics.elidedText(m_title, Qt::ElideRight, room));
        painter.restore();
    }

    QPdfWriter& m_writer;
    QTextDocument& m_document;
    QString m_title;
    QFont m_footer;
};

} // namespace

Result<std::string> pdfFile(const std::string& title, const MarkdownTree& content,
                            const DrawingProgress& progress) {
    const Error stopped{ErrorCode::unavailable, "it was stopped"};
    if (!qobject_cast<QGuiApplication*>(QCoreApplication::instance()))
        return Error{ErrorCode::internal, "this process cannot draw pages"};
    loadExportFonts();
    const auto document = richText(content, [&progress] { return !progress(0); });
    if (!document || !progress(1))
        return stopped;
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setResolution(dotsPerInch);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins({sideMm, topMm, sideMm, bottomMm}, QPageLayout::Millimeter);
    const QString shownTitle = QString::fromStdString(printableText(title));
    writer.setTitle(shownTitle);
    writer.setCreator(QStringLiteral("Tandem"));
    if (!Pages(writer, *document, shownTitle).draw(progress))
        return stopped;
    return bytes.toStdString();
}

} // namespace tandem
