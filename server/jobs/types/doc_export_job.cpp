#include "jobs/types/doc_export_job.h"

#include "deflate/deflate.h"
#include "export/html_page.h"
#include "export/markdown_tree.h"
#include "export/odt_file.h"
#include "export/pdf_file.h"
#include "export/printable_text.h"
#include "jobs/types/document_history.h"
#include "jobs/types/job_answers.h"
#include "log/timestamp.h"

namespace tandem {

namespace {

constexpr int readPercent = 30;
constexpr std::size_t dateLength = 10; // of a timestamp

struct ExportWish {
    DocumentId document;
    ExportFormat format = ExportFormat::text;
    std::optional<Seq> version;
};

Result<ExportWish> readWish(std::string_view payload) {
    const auto object = parseJsonObject(payload, limits::nesting);
    if (!object)
        return object.error();
    JsonFields in(*object);
    ExportWish wish;
    wish.document = in.string("doc_id", limits::bodyBytes);
    const auto format = exportFormatFrom(in.string("format", limits::bodyBytes));
    wish.version = in.optionalNumber("version", 0, maxReplicaId);
    if (in.ok() && !isDocumentId(wish.document))
        in.fail("doc_id", "the id of a document");
    if (in.ok() && !format)
        in.fail("format", exportFormatWords());
    if (in.error())
        return *in.error();
    wish.format = *format;
    return wish;
}

Result<std::string> pagesOf(const DocumentInfo& document, const PastVersion& past, const MarkdownTree& tree,
                            JobProgress& progress) {
    if (past.text.size() > largestPdfText)
        return Error{ErrorCode::limitExceeded, "the text is too long for pages: a PDF takes " +
                                                   std::to_string(largestPdfText / 1024 / 1024) +
                                                   " MiB of it; html and odt take more"};
    return pdfFile(document.title, tree, [&progress](int percent) {
        progress.report(readPercent + (100 - readPercent) * percent / 100, "Drawing the pages");
        return !progress.shouldStop();
    });
}

Result<std::string> converted(const DocumentInfo& document, Seq version, PastVersion past,
                              ExportFormat format, JobProgress& progress) {
    if (format == ExportFormat::text || format == ExportFormat::markdown)
        return std::move(past.text);
    const MarkdownTree tree(printableText(past.text));
    if (progress.shouldStop())
        return Error{ErrorCode::unavailable, "it was stopped"};
    progress.report(readPercent, "Writing the file");
    if (format == ExportFormat::pdf)
        return pagesOf(document, past, tree, progress);
    if (format == ExportFormat::odt)
        return odtFile(document.title, tree);
    const std::string date = past.timeMs > 0 ? timestamp(past.timeMs).substr(0, dateLength) : "";
    return htmlPage(document.title, date.empty() ? date : "Version " + std::to_string(version) + ", " + date,
                    tree);
}

Result<std::string> exported(DocumentSource& documents, const DocumentInfo& document, Seq version,
                             ExportFormat format, JobProgress& progress) {
    if (version > document.head)
        return noSuchVersion(version, document.head);
    if (format == ExportFormat::archive)
        return historyArchive(documents, document, version, progress);
    progress.report(0, "Reading the document");
    auto past = documents.versionAt(document, version);
    if (!past)
        return past.error();
    return converted(document, version, std::move(*past), format, progress);
}

// Those two are packed in themselves. A PDF is not quite: Qt leaves its links and its table of objects as they
// are, two thirds of a long one.
bool isWorthPacking(ExportFormat format) {
    return format != ExportFormat::odt && format != ExportFormat::archive;
}

} // namespace

Result<void> DocExportJob::check(std::string_view payload) const {
    const auto wish = readWish(payload);
    return wish ? Result<void>() : Result<void>(wish.error());
}

JobOutcome DocExportJob::run(const JobRequest& request, JobProgress& progress) {
    const auto wish = readWish(request.payload);
    if (!wish)
        return failureOf(wish.error());
    const auto document = m_documents.find(wish->document);
    if (!document)
        return failureOf(document.error());
    const Seq version = wish->version.value_or(document->head);
    auto bytes = exported(m_documents, *document, version, wish->format, progress);
    if (progress.shouldStop())
        return stopped();
    if (!bytes)
        return failureOf(bytes.error());
    JobResult result;
    result.json = jsonText({{"doc_id", document->id}, {"version", version}, {"bytes", bytes->size()}});
    const bool packs = isWorthPacking(wish->format);
    result.file = {contentTypeOf(wish->format), exportName(document->title, version, wish->format),
                   packs ? deflate(*bytes) : std::move(*bytes), packs};
    return result;
}

} // namespace tandem
