// Changes that wait in a room to be committed, each checked against the replica and those that wait before
// it: what is taken from here into the log applies everywhere. Owned by DocumentRoom; lives on the event
// loop.
#pragma once

#include "crdt/pending_elements.h"
#include "crdt/replica.h"
#include "storage/op_log.h"

#include <deque>

namespace tandem {

class Participant;

struct QueuedChange {
    Participant* participant = nullptr; // its sender, while a member
    Change change;
    std::string bytes;
    std::optional<std::string> editId; // of a plain edit
    // The next change is of the same plain edit: they are appended together, and the last one stores the id.
    bool goesOn = false;
    std::optional<Seq> onlyAfter = std::nullopt; // the version that it must follow at once

    // Tells its sender, if there is one, that nothing of it was kept.
    void refuse(const Error& error) const;
};

inline const Error textHasChanged{ErrorCode::conditionFailed, "the document has changed meanwhile"};

class ChangeQueue {
public:
    // Is the change small enough, and the document with it? limitExceeded.
    Result<void> admit(const Replica& replica, const Change& change, std::size_t bytes);
    // Is there room in the document for so many more bytes of text? What was deleted from a full document may
    // count as room only when it is limits::recountBytes, since counting a large text takes long.
    Result<void> admitText(const Replica& replica, std::size_t textBytes);
    // Takes the change if it may follow what the replica holds and what was taken before. duplicate: it is
    // known, or waits. What is not taken stays with the caller.
    Result<Replica::Effect> push(const Replica& replica, QueuedChange&& queued);

    // May a change come next that was made for the text after `onlyAfter` and no other?
    bool mayFollow(const std::optional<Seq>& onlyAfter, Seq head) const {
        return !onlyAfter || (*onlyAfter == head && empty());
    }

    // The first changes, up to a number and a size, one plain edit at least if there is any. They count as
    // waiting until settled().
    std::vector<QueuedChange> take(std::size_t maxCount, std::size_t maxBytes);
    // What was taken is in the replica now, or will never be.
    void settled();
    // Empties it; returns what was waiting.
    std::vector<QueuedChange> clear();

    // The sender is gone: its changes stay, nobody is answered.
    void forget(const Participant* participant);
    // The author of these has sent them again as `participant`, which is answered if it joined last.
    void takeOver(Participant* participant, ReplicaId replica);
    // The same for the plain edit with this id. False: it does not wait here.
    bool takeOver(Participant* participant, ReplicaId replica, const std::string& editId);

    bool empty() const { return m_waiting.empty(); }
    std::size_t size() const { return m_waiting.size(); }
    std::size_t bytes() const { return m_bytes; }
    // The highest counter of a replica that waits or is under way; 0 when there is none.
    Counter highest(ReplicaId replica) const { return m_pending.highest(replica); }

private:
    void countText(const Replica& replica);
    bool mayCountAgain(const Replica& replica) const;

    std::deque<QueuedChange> m_waiting;
    std::size_t m_bytes = 0;
    std::size_t m_takenBytes = 0; // that are not settled
    // At least the bytes of the text, with what waits; known only of a document that is nearly full.
    std::optional<std::size_t> m_textBound;
    std::size_t m_countedLength = 0; // code points
    std::size_t m_queuedSince = 0;   // bytes of text
    PendingElements m_pending;
};

} // namespace tandem
