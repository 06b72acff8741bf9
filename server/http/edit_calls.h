// Index edits of REST calls on their way through a room: each takes part in the room, unseen, until it is
// durable or refused. Lives on the event loop; owned by the routes; the rooms outlive it.
#pragma once

#include "rooms/document_room.h"
#include "rooms/participant.h"

#include <list>

namespace tandem {

class EditCalls {
public:
    using Done = std::function<void(Result<Seq> version)>;

    EditCalls();
    ~EditCalls();

    // Has the room take the edit as one of `author`'s, which must be bound. The same id of the same author
    // again is answered and not taken again, also while the first is under way.
    void submit(DocumentRoom& room, ReplicaId author, PlainEdit edit, Done done);

private:
    class Call;

    std::list<std::unique_ptr<Call>> m_calls;
};

// Binds the replica id that REST calls of this name write as: the same for the same name as long as the
// document's log is the same, so that a repeated edit is known by its id. Nobody holds a key to it.
Result<ReplicaId> bindNamedAuthor(DocumentRoom& room, const std::string& name);

} // namespace tandem
