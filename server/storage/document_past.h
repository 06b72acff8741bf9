// Any version of a document, from its log and the snapshots that are kept as checkpoints (crdt/history.h).
// Slow work: it never keeps appends or readings of the log waiting. Threads and callbacks as in
// snapshot_store.h.
#pragma once

#include "archive/logged_change.h"
#include "crdt/history.h"
#include "storage/edit_sessions.h"

#include <functional>

namespace tandem {

struct PastVersion {
    std::string text;        // UTF-8
    std::int64_t timeMs = 0; // wall clock when it was reached; 0 for version 0
    std::vector<AuthorRange> authors;
};

// notFound.
inline Error noSuchVersion(Seq version, Seq newest) {
    return {ErrorCode::notFound, "there is no version " + std::to_string(version) +
                                     " yet: the document is at " + std::to_string(newest)};
}

class DocumentPast {
public:
    virtual ~DocumentPast() = default;

    // notFound: no such document, or it has not come to that version. logReplaced: `epoch` is not its epoch.
    // internal: what is stored is damaged.
    virtual void versionAt(DocumentId document, std::string epoch, Seq version,
                           std::function<void(Result<PastVersion>)> done) = 0;
    // What makes the text at `to` of the text at `from`, which may be the later one. Errors as above.
    virtual void changesBetween(DocumentId document, std::string epoch, Seq from, Seq to,
                                std::function<void(Result<std::vector<Replacement>>)> done) = 0;
    // The sessions that end before a version, at most `most`: at least one when there are any. A very long
    // one may come in parts. Errors as above, but any `before` will do.
    virtual void sessionsBefore(DocumentId document, std::string epoch, Seq before, std::size_t most,
                                std::function<void(Result<EditSessionPage>)> done) = 0;

    // Gives a version a name, in place of the one it has; nothing for `version`: the newest. notFound as
    // above; limitExceeded: too many have one.
    virtual void nameVersion(DocumentId document, std::optional<Seq> version, std::string label,
                             std::function<void(Result<NamedVersion>)> done) = 0;
    // notFound: it has none.
    virtual void removeName(DocumentId document, Seq version, std::function<void(Result<void>)> done) = 0;
    // By version, the newest first. notFound: no such document.
    virtual void namedVersions(DocumentId document,
                               std::function<void(Result<std::vector<NamedVersion>>)> done) = 0;
};

} // namespace tandem
