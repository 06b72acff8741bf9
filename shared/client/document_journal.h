// Is told of all that changes in an OpenDocument, in the order in which it happened, so that it can be kept
// on disk: what it was told from some moment on, put on what the document was then, gives what the document
// is. Called within the document's own calls, on its thread: it must not edit it, and must be quick.
#pragma once

#include "client/outbox.h"

namespace tandem {

class DocumentJournal {
public:
    virtual ~DocumentJournal() = default;

    // An own change is in the replica and in the outbox; `key` is that of its replica.
    virtual void made(const Outbox::Entry& change, const std::string& key) = 0;
    // Someone's change is in the replica, as `version` of the log.
    virtual void committed(Seq version, std::string_view change) = 0;
    // Own changes have left the outbox; the replica contains the log up to `version`.
    virtual void acked(ReplicaId replica, Counter through, Seq version) = 0;
    virtual void titled(const std::string& title) = 0;
    // The document became `snapshot`, of a server, with the outbox on top. Version, epoch, outbox and what it
    // was before may all be others.
    virtual void replaced(std::string_view snapshot) = 0;
};

} // namespace tandem
