#include "exchange/document_file.h"

#include "export/html_page.h"
#include "export/markdown_tree.h"
#include "export/odt_file.h"
#include "export/printable_text.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

namespace tandem {

Result<std::string> documentFile(const DocumentContent& content, ExportFormat format,
                                 const DrawingProgress& progress) {
    if (format == ExportFormat::text || format == ExportFormat::markdown)
        return content.text;
    if (format == ExportFormat::pdf && content.text.size() > largestPdfText)
        return Error{ErrorCode::limitExceeded, "the text is too long for pages"};
    const MarkdownTree tree(printableText(content.text));
    if (format == ExportFormat::pdf)
        return pdfFile(content.title, tree, progress);
    if (format == ExportFormat::odt)
        return odtFile(content.title, tree);
    return htmlPage(content.title, content.date, tree);
}

std::optional<ExportFormat> exportFormatOfFile(const QString& name) {
    const QString extension = QFileInfo(name).suffix().toLower();
    if (extension == QStringLiteral("markdown"))
        return ExportFormat::markdown;
    if (extension == QStringLiteral("htm"))
        return ExportFormat::html;
    const auto format = exportFormatFrom(extension.toStdString());
    return format == ExportFormat::archive ? std::nullopt : format;
}

QString writeWholeFile(const QString& path, const std::string& bytes) {
    QSaveFile file(path);
    // Beside the old one first, and in its place only when all of it is on the disk.
    if (file.open(QIODevice::WriteOnly) &&
        file.write(bytes.data(), static_cast<qint64>(bytes.size())) == static_cast<qint64>(bytes.size()) &&
        file.flush() && file.commit())
        return {};
    const bool wasThere = QFileInfo::exists(path);
    return QCoreApplication::translate("tandem::Exporting", "%1 could not be written: %2. %3")
        .arg(QDir::toNativeSeparators(path), file.errorString(),
             wasThere ? QCoreApplication::translate("tandem::Exporting",
                                                    "The file that is there is as it was before.")
                      : QCoreApplication::translate("tandem::Exporting", "The document itself is safe."));
}

} // namespace tandem
