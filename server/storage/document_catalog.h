// The documents as people see them: found by title, renamed, thrown away, brought back. Threads and callbacks
// as in op_log.h.
#pragma once

#include "storage/document_store.h"

namespace tandem {

// How long the bin keeps a document.
constexpr std::int64_t binKeepsMs = std::int64_t{30} * 24 * 60 * 60 * 1000;

// What an ETag names: a document that has neither another text nor another title.
struct DocumentRevision {
    Seq version = 0;
    std::uint64_t meta = 0;

    friend bool operator==(const DocumentRevision&, const DocumentRevision&) = default;
};

struct DocumentQuery {
    std::size_t limit = 50;
    std::optional<std::string> cursor; // of a page for the same question
    std::string inTitle;               // UTF-8, whatever the letters' case; empty: every title
    bool deleted = false;              // what is in the bin, instead of what is not
};

class DocumentCatalog {
public:
    virtual ~DocumentCatalog() = default;

    // malformed: a cursor that this server did not give.
    virtual void list(DocumentQuery query, std::function<void(Result<DocumentPage>)> done) = 0;

    // Only if the document is at one of these revisions, else conditionFailed; nothing: whatever it is at.
    using Expected = std::optional<std::vector<DocumentRevision>>;

    // notFound: there is no such document, or it is in the bin.
    virtual void rename(DocumentId id, std::string title, Expected expected,
                        std::function<void(Result<DocumentInfo>)> done) = 0;

    // Into the bin: for everybody else it is gone, and its log takes no more changes.
    virtual void moveToBin(DocumentId id, Expected expected,
                           std::function<void(Result<DocumentInfo>)> done) = 0;
    // Out of the bin, until binKeepsMs after it went there. One that is not there stays as it is. notFound.
    virtual void restore(DocumentId id, std::function<void(Result<DocumentInfo>)> done) = 0;

    // Deletes all there is of a document, in the bin or not: history, snapshots, edit ids. notFound.
    virtual void purge(DocumentId id, Expected expected, std::function<void(Result<void>)> done) = 0;
    // Purges up to `most` documents that have been in the bin for longer than it keeps them; gives how many.
    virtual void purgeExpired(std::size_t most, std::function<void(Result<std::size_t>)> done) = 0;
};

} // namespace tandem
