#include "exchange/paper.h"

#include "export/document_pages.h"
#include "export/export_fonts.h"
#include "export/markdown_tree.h"
#include "export/printable_text.h"
#include "export/rich_text.h"

#include <QCoreApplication>
#include <QPrintDialog>
#include <QPrintPreviewDialog>
#include <QPrinter>
#include <QTextDocument>

#include <memory>

namespace tandem {

namespace {

constexpr int previewWidth = 900;
constexpr int previewHeight = 800;

bool always(int) {
    return true;
}

std::unique_ptr<QTextDocument> richTextOf(const DocumentContent& content) {
    loadExportFonts();
    const MarkdownTree tree(printableText(content.text));
    return richText(tree, [] { return false; });
}

bool print(const DocumentContent& content, QTextDocument& text, QPrinter& printer) {
    setDocumentMargins(printer);
    printer.setDocName(QString::fromStdString(content.title));
    DocumentPages pages(printer, text, QString::fromStdString(printableText(content.title)));
    const int last = printer.toPage() > 0 ? std::min(printer.toPage(), pages.count()) : pages.count();
    return pages.draw(std::clamp(printer.fromPage(), 1, last), last, always);
}

} // namespace

bool printDocument(const DocumentContent& content, QPrinter& printer) {
    const auto text = richTextOf(content);
    return print(content, *text, printer);
}

QString askAndPrint(const DocumentContent& content, QWidget* parent) {
    QPrinter printer(QPrinter::HighResolution);
    QPrintDialog dialog(&printer, parent);
    if (dialog.exec() != QDialog::Accepted || printDocument(content, printer))
        return {};
    return QCoreApplication::translate("tandem::Exporting",
                                       "The printer took no page. Is it on, and connected?");
}

void showPrintPreview(const DocumentContent& content, QWidget* parent) {
    auto* printer = new QPrinter(QPrinter::HighResolution);
    auto* dialog = new QPrintPreviewDialog(printer, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->resize(previewWidth, previewHeight);
    const std::shared_ptr<QTextDocument> text = richTextOf(content);
    QObject::connect(dialog, &QPrintPreviewDialog::paintRequested, dialog,
                     [content, text](QPrinter* to) { print(content, *text, *to); });
    QObject::connect(dialog, &QObject::destroyed, [printer] { delete printer; });
    dialog->open();
}

} // namespace tandem
