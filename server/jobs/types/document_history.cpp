#include "jobs/types/document_history.h"

#include "archive/document_archive.h"
#include "deflate/deflate.h"
#include "protocol/limits.h"

#include <algorithm>

namespace tandem {

namespace {

constexpr std::size_t changesAtOnce = 4'096;
// Of the work; the rest is packing it.
constexpr Seq readingPercent = 80;

const Error tooLarge{ErrorCode::limitExceeded,
                     "its history is larger than an archive may be; a backup of the database has it"};

Result<std::vector<LoggedChange>> readLog(DocumentSource& documents, const DocumentInfo& document,
                                          Seq version, JobProgress& progress) {
    std::vector<LoggedChange> log;
    std::size_t bytes = 0;
    while (log.size() < version) {
        if (progress.shouldStop())
            return Error{ErrorCode::unavailable, "it was stopped"};
        auto changes = documents.changesAfter(document, log.size(),
                                              std::min<std::size_t>(changesAtOnce, version - log.size()));
        if (!changes)
            return changes.error();
        if (changes->empty())
            return Error{ErrorCode::internal, "changes are missing in its log"};
        for (LoggedChange& change : *changes) {
            bytes += change.bytes.size();
            log.push_back(std::move(change));
        }
        if (bytes > limits::archiveBytes || log.size() > limits::archiveChanges)
            return tooLarge;
        progress.report(static_cast<int>(readingPercent * log.size() / version), "Reading the history");
    }
    return log;
}

} // namespace

Result<std::string> historyArchive(DocumentSource& documents, const DocumentInfo& document, Seq version,
                                   JobProgress& progress) {
    auto log = readLog(documents, document, version, progress);
    if (!log)
        return log.error();
    auto replicas = documents.authors(document.id);
    if (!replicas)
        return replicas.error();
    auto names = documents.names(document.id);
    if (!names)
        return names.error();
    std::erase_if(*names, [version](const NamedVersion& named) { return named.version > version; });
    const std::string archive = encodeArchive(
        {document.title, document.createdMs, std::move(*replicas), std::move(*names), std::move(*log)});
    if (archive.size() > limits::archiveBytes)
        return tooLarge;
    return deflate(archive);
}

} // namespace tandem
