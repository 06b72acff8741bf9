// The documents that rooms are made from. Threads and callbacks as in op_log.h.
#pragma once

#include "storage/imported_log.h"
#include "storage/op_log.h"

namespace tandem {

struct DocumentInfo {
    DocumentId id;
    std::string title;
    std::string epoch;
    Seq head = 0;
    std::int64_t createdMs = 0;
    std::int64_t updatedMs = 0;       // of the last change or rename
    std::uint64_t metaRevision = 1;   // grows with each change of what is not text
    std::int64_t deletedMs = 0;       // when it went to the bin; 0: it did not
    std::uint64_t accessRevision = 0; // grows with each change that may take rights away
};

struct NewDocument {
    DocumentId id;
    std::string title;
    std::string epoch;
    // SHA-256 of what was asked for, so that the same request again is recognised.
    std::string requestHash;
    std::vector<AppendEntry> content;                   // the first changes
    std::optional<ImportedLog> imported = std::nullopt; // its log so far, in place of `content`
    std::string ownerHash = {}; // SHA-256 of the secret of its owner's link; empty: it gets none
};

struct DocumentPage {
    std::vector<DocumentInfo> documents; // newest first
    std::optional<std::string> next;     // cursor of the next page
};

class DocumentStore {
public:
    virtual ~DocumentStore() = default;

    struct Created {
        DocumentInfo document;
        bool existed = false; // the same request came before
    };
    // alreadyExists: the id is taken by another request, or by a document in the bin.
    virtual void create(NewDocument document, std::function<void(Result<Created>)> done) = 0;

    // notFound: also while it is in the bin.
    virtual void find(DocumentId id, std::function<void(Result<DocumentInfo>)> done) = 0;

    // Can the database be read and, lately or now, be written? unavailable, internal.
    virtual void probe(std::function<void(Result<void>)> done) = 0;
};

} // namespace tandem
