// A member of a room: someone connected to the document. Implemented by the sessions; the room borrows it
// from join() to leave(). Calls come on the event loop, never from within the participant's own calls of the
// room, except that a refusal or a known change may be answered at once.
#pragma once

#include "base/error.h"
#include "base/ids.h"
#include "client/peers.h"
#include "crdt/op_id.h"

#include <cstdint>

namespace tandem {

class CommittedBatch;

class Participant {
public:
    virtual ~Participant() = default;

    // Changes are durable and in the room's replica. Includes the participant's own.
    virtual void committed(const CommittedBatch& batch) = 0;
    // The log had this participant's changes up to `through` already.
    virtual void alreadyCommitted(ReplicaId replica, Counter through) = 0;
    // Nothing of the change that starts at `change` was kept, nor of the later ones of that replica that
    // waited.
    virtual void refused(OpId change, const Error& error) = 0;
    // The answers to a plain edit: the log had it, or it changes nothing any more; or it is not taken.
    virtual void plainEditSettled(const std::string& id, Seq version) = 0;
    virtual void plainEditRefused(const std::string& id, const Error& error) = 0;

    virtual void peerJoined(const Peer& peer) = 0;
    virtual void peerMoved(const Peer& peer) = 0;
    virtual void peerLeft(const std::string& session) = 0;
    virtual void titleChanged(const std::string& title) = 0;

    // The room cannot go on: its log does not apply, or the server stops.
    virtual void roomClosed(const Error& error) = 0;

private:
    friend class Members;
    friend Participant* laterOf(Participant* one, Participant* other);
    std::uint64_t m_joined = 0; // the how manyth that joined its room
};

// Of two connections of one author, the one that joined later, as it is answered: frames of a connection that
// its author has left may come behind those of the next one. Either may be null: not there any more.
inline Participant* laterOf(Participant* one, Participant* other) {
    if (!one || !other)
        return one ? one : other;
    return one->m_joined > other->m_joined ? one : other;
}

} // namespace tandem
