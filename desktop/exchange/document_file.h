// A document's text as a file of some kind, and onto the disk: without a server, from what is on the screen.
// Any thread.
#pragma once

#include "base/result.h"
#include "export/export_format.h"
#include "export/pdf_file.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace tandem {

struct DocumentContent {
    std::string title;
    std::string text; // UTF-8, Markdown
    std::string date; // in words for people
};

// limitExceeded: too long for pages. unavailable: it was stopped.
Result<std::string> documentFile(const DocumentContent& content, ExportFormat format,
                                 const DrawingProgress& progress);

// By the extension of a file's name: txt, md, html, pdf, odt.
std::optional<ExportFormat> exportFormatOfFile(const QString& name);

// Writes it all, or leaves what there was as it was. Empty, or a sentence for people.
QString writeWholeFile(const QString& path, const std::string& bytes);

} // namespace tandem
