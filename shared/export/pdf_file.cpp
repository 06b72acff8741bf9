#include "export/pdf_file.h"

#include "export/document_pages.h"
#include "export/export_fonts.h"
#include "export/markdown_tree.h"
#include "export/printable_text.h"
#include "export/rich_text.h"

#include <QBuffer>
#include <QGuiApplication>
#include <QPageSize>
#include <QPdfWriter>
#include <QTextDocument>

namespace tandem {

namespace {

constexpr int dotsPerInch = 600;
// Of the work, before the first page is drawn.
constexpr int layoutPercent = 50;

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
    setDocumentMargins(writer);
    const QString shownTitle = QString::fromStdString(printableText(title));
    writer.setTitle(shownTitle);
    writer.setCreator(QStringLiteral("Tandem"));
    DocumentPages pages(writer, *document, shownTitle);
    const auto goOn = [&progress](int percent) {
        return progress(layoutPercent + (100 - layoutPercent) * percent / 100);
    };
    if (!pages.draw(1, pages.count(), goOn))
        return stopped;
    return bytes.toStdString();
}

} // namespace tandem
