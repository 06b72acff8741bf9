// A document open on this server: the only path by which it changes here.
// Lives on the event-loop thread; owned by the RoomDirectory; owns its Replica; borrows OpLog, which must
// outlive it. Invariant: replica() contains exactly the log up to head(). Members see changes in seq order.
// At most one append is in flight; what comes meanwhile waits and goes with the next.
#pragma once

#include "access/permission.h"
#include "base/clock.h"
#include "crdt/replica.h"
#include "rooms/change_queue.h"
#include "rooms/edit_history.h"
#include "rooms/edit_ids.h"
#include "rooms/members.h"
#include "rooms/replica_bindings.h"
#include "rooms/snapshot_keeper.h"
#include "storage/document_store.h"

#include <set>
#include <unordered_map>

namespace tandem {

class CommittedBatch;

// What a plain client or a REST call asks for: a replacement by index in the text at `version`.
struct PlainEdit {
    std::string id;
    Splice splice;
    Seq version = 0;
};

class DocumentRoom {
public:
    // `replica` holds the log up to info.head; there is a good snapshot at version `snapshot`, if not 0.
    DocumentRoom(DocumentInfo info, Replica replica, std::vector<ReplicaBinding> bindings, OpLog& log,
                 const Clock& clock, const SnapshotRules& snapshots, Seq snapshot);
    ~DocumentRoom();

    const DocumentInfo& info() const { return m_info; }
    const Replica& replica() const { return m_replica; }
    Seq head() const { return m_info.head; }

    // --- members

    void join(Participant& participant, Peer peer);
    void leave(Participant& participant);
    void rename(Participant& participant, std::string name, int color);
    void setSelection(Participant& participant, std::optional<Selection> selection);
    const Members& members() const { return m_members; }
    // Nobody is here and nothing waits to be committed.
    bool isIdle() const {
        return m_members.empty() && (m_broken || (!m_appending && m_queue.empty() && m_plainEdits.empty()));
    }
    // Its log does not apply: nobody joins any more.
    bool isBroken() const { return m_broken; }

    // --- changes

    // Lets the holder of the key with this hash use `replica`. replicaConflict: it is bound to another.
    Result<void> bind(ReplicaId replica, const std::string& keyHash, const std::string& name);
    // Changes of one bound replica, in counter order. Answers come by the participant's calls.
    void submit(Participant& participant, ReplicaId replica, std::vector<std::string> changes);
    // An edit by index, made a change of `replica`, which must be bound and used for plain edits only.
    void submitPlain(Participant& participant, ReplicaId replica, PlainEdit edit);

    // Reads which plain edits of a replica that comes back are in the log already, so that none is taken
    // twice.
    void readEditIds(ReplicaId replica, std::function<void(const Result<void>&)> done);

    // The changes after `after`, for a member that comes back; reads the log.
    void readAfter(Seq after, std::size_t limit, std::function<void(Result<std::vector<LoggedChange>>)> done);

    // The replica's bytes at head(), encoded once per version.
    std::shared_ptr<const std::string> encodedReplica();

    // Tells the members who has been idle for a while, stores what is due. Called about once a second.
    void tick();
    // Tells all members that the room ends and forgets them.
    void close(const Error& error);

private:
    struct WaitingPlainEdit {
        Participant* participant = nullptr;
        ReplicaId replica = 0;
        PlainEdit edit;
    };

    // Calls back once the log has been read to its end.
    void readOn(std::function<void(const Result<void>&)> done);
    Result<Counter> queueChange(Participant& participant, ReplicaId replica, std::string bytes);
    void flush();
    void queuePlainEdits();
    void queuePlainEdit(WaitingPlainEdit& waiting);
    void append();
    void appended(Result<Appended> result);
    void applyInFlight(const Appended& appended);
    void recover();
    void applyLogged(const std::vector<LoggedChange>& changes);
    void readInFlightEditIds();
    void requeue();
    void queueAgain(QueuedChange queued);
    void refuseAll(const Error& error);
    void breakOff(std::string why);
    bool applyTo(CommittedBatch& batch, QueuedChange change, std::int64_t timeMs);
    void announce(const CommittedBatch& batch);
    void lookAtSnapshot();

    DocumentInfo m_info;
    Replica m_replica;
    OpLog& m_log;
    Members m_members;

    ReplicaBindings m_bindings;
    EditIds m_editIds;

    ChangeQueue m_queue;
    std::vector<WaitingPlainEdit> m_plainEdits;
    std::vector<QueuedChange> m_inFlight;
    std::vector<std::function<void(const Result<void>&)>> m_waitingForLog;
    bool m_appending = false; // or reading the log: nothing else is begun
    bool m_broken = false;
    int m_failures = 0;

    EditHistory m_editHistory;
    SnapshotKeeper m_snapshots;
    std::shared_ptr<const std::string> m_encoded;
    std::optional<Seq> m_encodedAt;
    std::shared_ptr<bool> m_alive; // guards callbacks of the log
};

} // namespace tandem
