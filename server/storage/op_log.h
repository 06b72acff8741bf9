// The log of changes: the truth about every document. What append() reports as done is durable.
// Implementations own their threads; every callback runs later, on the thread that made the call (the event
// loop), in the order of the calls for one document, and at most once. The implementation outlives its
// callers' interest: rooms guard their callbacks themselves.
#pragma once

#include "archive/logged_change.h"
#include "base/result.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace tandem {

struct AppendEntry {
    ReplicaId replica = 0;
    Counter first = 0; // unique with document and replica
    std::string bytes;
    std::optional<std::string> editId;           // a plain edit's id; unique with document and replica
    std::optional<ReplicaBinding> binding;       // stored in the same transaction, if the replica id is new
    std::optional<Seq> onlyAfter = std::nullopt; // the seq that must be right before this entry's
};

struct Appended {
    Seq first = 0; // seq of the first entry; the others follow
    std::int64_t timeMs = 0;
    bool asksForSnapshot = false; // a job for one was added with it
};

struct LogHead {
    DocumentId document;
    std::string epoch;
    Seq head = 0;
    // Of its DocumentInfo.
    std::uint64_t metaRevision = 1;
    std::uint64_t accessRevision = 0;
};

class OpLog {
public:
    virtual ~OpLog() = default;

    // All entries or none. alreadyExists: an entry is there already (the log was ahead of the caller, or an
    // earlier append whose result was unknown had succeeded). replicaConflict: a binding's key is not the
    // stored one. notFound: no such document. logReplaced: the document's epoch is not `epoch`, the one that
    // the caller read. conditionFailed: an entry would not come right after the seq that it names.
    // unavailable: nothing is known; read the log before trying again.
    virtual void append(DocumentId document, std::string epoch, std::vector<AppendEntry> entries,
                        std::function<void(Result<Appended>)> done) = 0;

    // Changes after `after`, in seq order, at most `limit`. notFound, logReplaced as above.
    virtual void readAfter(DocumentId document, std::string epoch, Seq after, std::size_t limit,
                           std::function<void(Result<std::vector<LoggedChange>>)> done) = 0;

    // How far the logs of these documents go; those that do not exist are left out.
    virtual void readHeads(std::vector<DocumentId> documents,
                           std::function<void(Result<std::vector<LogHead>>)> done) = 0;

    virtual void readBindings(DocumentId document,
                              std::function<void(Result<std::vector<ReplicaBinding>>)> done) = 0;

    struct EditId {
        std::string id;
        Seq seq = 0;
    };
    // The plain edit ids stored with the changes of `replica`.
    virtual void readEditIds(DocumentId document, ReplicaId replica,
                             std::function<void(Result<std::vector<EditId>>)> done) = 0;
};

} // namespace tandem
