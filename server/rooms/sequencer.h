// Brings a room's changes into the log and the log into the room's replica, which nothing else changes.
// Takes changes in, has them appended batch by batch, applies what is committed in seq order and tells of it.
// Other servers append to the same log: what they tell is applied as soon as it fits, gaps are read.
// Owned by DocumentRoom; lives on the event loop; borrows the log and the listener, which outlive it.
// Invariants: replica() contains exactly the log up to head(). At most one append or reading is under way;
// what comes meanwhile waits and goes with the next. A change is checked against the replica and all that
// waits before it is appended: what is logged applies everywhere.
#pragma once

#include "rooms/change_feed.h"
#include "rooms/change_queue.h"
#include "rooms/held_requests.h"
#include "rooms/plain_edits.h"
#include "rooms/replica_bindings.h"
#include "storage/document_store.h"

namespace tandem {

class SequencerListener {
public:
    virtual ~SequencerListener() = default;
    // Changes are durable and in the replica.
    virtual void committed(const CommittedBatch& batch) = 0;
    // Is it still a member? Those that have left are not answered.
    virtual bool isMember(const Participant& participant) const = 0;
    // The log does not apply, or is not this one any more. Nothing goes on.
    virtual void brokenOff(const Error& error) = 0;
};

class Sequencer {
public:
    // `replica` holds the log up to info.head, read since `feed` was made. No more than `queueBytes` wait, or
    // one change.
    Sequencer(DocumentInfo info, Replica replica, std::vector<ReplicaBinding> bindings, OpLog& log,
              std::unique_ptr<ChangeFeed> feed, std::size_t queueBytes, SequencerListener& listener);
    ~Sequencer();
    Sequencer(const Sequencer&) = delete;
    Sequencer& operator=(const Sequencer&) = delete;

    const DocumentInfo& info() const { return m_info; }
    const Replica& replica() const { return m_replica; }
    Seq head() const { return m_info.head; }
    bool isBroken() const { return m_broken; }
    void noteAccess(std::uint64_t revision) { m_info.accessRevision = revision; }
    void rename(std::string title, std::uint64_t metaRevision) {
        m_info.title = std::move(title);
        m_info.metaRevision = metaRevision;
    }
    // Nothing waits to be committed.
    bool isIdle() const { return m_broken || (!m_busy && m_queue.empty() && m_plainEdits.empty()); }

    // What waits to be committed or for the log to be read, without what is being appended.
    std::size_t waitingBytes() const { return m_queue.bytes() + m_plainEdits.bytes() + m_held.bytes(); }

    // Changes and plain edits that are not durable yet.
    std::size_t unackedChanges() const { return m_inFlight.size() + m_queue.size() + m_plainEdits.size(); }

    Result<void> bind(ReplicaId replica, const std::string& keyHash, const std::string& name);

    struct Offered {
        Counter known = 0;  // its last counter, when it is in the replica already
        bool waits = false; // it came before and is not durable yet
    };
    // Queues a change and takes its bytes, unless it is known or refused. Appended with the next flush().
    Result<Offered> offer(Participant* participant, ReplicaId replica, std::string& bytes);
    // The author of what waits has sent it again as `participant`, which is answered if it joined last.
    void takeOver(Participant* participant, ReplicaId replica);
    void offerPlain(Participant* participant, ReplicaId replica, PlainEdit edit);
    void flush();
    // Answers of this participant are not wanted any more.
    void forget(const Participant& participant);

    // Reads which plain edits of a replica are in the log already, so that none is taken twice.
    void readEditIds(ReplicaId replica, std::function<void(const Result<void>&)> done);

    // The version that an edit made whose author had another id then, with the same key: before the document
    // was restored from a backup. Calls back at once where there is no such id.
    void findEarlierEdit(ReplicaId replica, const std::string& id,
                         std::function<void(const Result<std::optional<Seq>>&)> done);

    // Calls back once the log has been read to its end.
    void readOn(std::function<void(const Result<void>&)> done);
    // Goes on with the request once the log has been read to its end. unavailable: too much waits.
    Result<void> hold(HeldRequest request);
    // The log has changes up to `newest`, in this epoch: reads what is missing here.
    void noticeHead(const std::string& epoch, Seq newest);

private:
    Result<void> admit(std::size_t bytes) const;
    void readBindings();
    void append();
    void appended(Result<Appended> result);
    void applyInFlight(const Appended& appended);
    void recover();
    void readLog();
    void hear(const std::vector<LoggedChange>& changes);
    void applyLogged(const std::vector<LoggedChange>& changes);
    void readInFlightEditIds();
    void requeue();
    bool queueAgain(QueuedChange queued);
    void refuseAll(const Error& error);
    void breakOff(const Error& why);
    bool applyTo(CommittedBatch& batch, QueuedChange change, std::int64_t timeMs, Origin origin);
    void announce(const CommittedBatch& batch);

    DocumentInfo m_info;
    Replica m_replica;
    OpLog& m_log;
    std::unique_ptr<ChangeFeed> m_feed;
    const std::size_t m_queueBytes;
    SequencerListener& m_listener;
    ReplicaBindings m_bindings;

    ChangeQueue m_queue;
    PlainEdits m_plainEdits;
    std::vector<QueuedChange> m_inFlight;
    HeldRequests m_held;
    bool m_busy = false; // appending, or reading the log: nothing else is begun
    bool m_broken = false;
    int m_failures = 0;
    std::shared_ptr<bool> m_alive; // guards callbacks of the log
};

} // namespace tandem
