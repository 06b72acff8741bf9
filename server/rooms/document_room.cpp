#include "rooms/document_room.h"

#include "base/utf8.h"
#include "protocol/limits.h"
#include "rooms/committed_batch.h"

#include <algorithm>

namespace tandem {

namespace {
constexpr std::size_t batchChanges = 4'000;
constexpr std::size_t batchBytes = 4 * 1024 * 1024;
constexpr std::size_t logChunk = 2'000;
constexpr int maxAppendFailures = 3;
} // namespace

DocumentRoom::DocumentRoom(DocumentInfo info, Replica replica, std::vector<ReplicaBinding> bindings,
                           OpLog& log, const Clock& clock, const SnapshotRules& snapshots, Seq snapshot)
    : m_info(std::move(info))
    , m_replica(std::move(replica))
    , m_log(log)
    , m_members(clock)
    , m_bindings(std::move(bindings))
    , m_editIds(log, m_info.id)
    , m_editHistory(m_info.head)
    , m_snapshots(snapshots, m_info.id, snapshot, clock)
    , m_alive(std::make_shared<bool>(true)) {}

DocumentRoom::~DocumentRoom() {
    *m_alive = false;
}

// --- members

void DocumentRoom::join(Participant& participant, Peer peer) {
    m_members.join(participant, std::move(peer));
}

void DocumentRoom::leave(Participant& participant) {
    m_queue.forget(&participant);
    for (QueuedChange& change : m_inFlight) {
        if (change.participant == &participant)
            change.participant = nullptr;
    }
    for (WaitingPlainEdit& waiting : m_plainEdits) {
        if (waiting.participant == &participant)
            waiting.participant = nullptr;
    }
    m_members.leave(participant);
    lookAtSnapshot();
}

void DocumentRoom::rename(Participant& participant, std::string name, int color) {
    m_members.rename(participant, std::move(name), color);
}

void DocumentRoom::setSelection(Participant& participant, std::optional<Selection> selection) {
    m_members.setSelection(participant, std::move(selection), m_replica);
}

void DocumentRoom::close(const Error& error) {
    m_members.close(error);
}

// --- changes come in

Result<void> DocumentRoom::bind(ReplicaId replica, const std::string& keyHash, const std::string& name) {
    return m_bindings.bind(replica, keyHash, name);
}

void DocumentRoom::submit(Participant& participant, ReplicaId replica, std::vector<std::string> changes) {
    m_members.touch(participant);
    Counter known = 0;
    for (std::string& bytes : changes) {
        const auto taken = queueChange(participant, replica, std::move(bytes));
        if (!taken.ok())
            break; // what follows it cannot be taken either
        known = std::max(known, *taken);
    }
    if (known > 0)
        participant.alreadyCommitted(replica, known);
    flush();
}

// Gives the last counter of a change that is in the replica already, else 0. An error has been answered.
Result<Counter> DocumentRoom::queueChange(Participant& participant, ReplicaId replica, std::string bytes) {
    auto change = decodeChange(bytes);
    if (change.ok() && change->replica != replica)
        change = Error{ErrorCode::malformed, "the change is another replica's"};
    const OpId id{replica, change.ok() ? change->first : 0};
    const auto refuse = [&](const Error& error) {
        participant.refused(id, error);
        return error;
    };
    if (!change.ok())
        return refuse(change.error());
    if (const auto admitted = m_queue.admit(m_replica, *change, bytes.size()); !admitted.ok())
        return refuse(admitted.error());
    const Counter last = change->last();
    const auto effect =
        m_queue.push(m_replica, {&participant, std::move(*change), std::move(bytes), std::nullopt});
    if (!effect.ok())
        return refuse(effect.error());
    // One that still waits is acked when it is durable.
    const bool known = *effect == Replica::Effect::duplicate && last <= m_replica.version().highest(replica);
    return known ? last : Counter{0};
}

void DocumentRoom::submitPlain(Participant& participant, ReplicaId replica, PlainEdit edit) {
    m_members.touch(participant);
    if (const auto known = m_editIds.find(replica, edit.id)) {
        participant.plainEditSettled(edit.id, *known);
        return;
    }
    // One that is under way is answered when it is durable, to whoever asked last: its author may have come
    // back on another connection.
    const auto waiting =
        std::find_if(m_plainEdits.begin(), m_plainEdits.end(), [&](const WaitingPlainEdit& one) {
            return one.replica == replica && one.edit.id == edit.id;
        });
    if (waiting != m_plainEdits.end()) {
        waiting->participant = &participant;
        return;
    }
    const auto inFlight = std::find_if(m_inFlight.begin(), m_inFlight.end(), [&](const QueuedChange& change) {
        return change.change.replica == replica && change.editId == edit.id;
    });
    QueuedChange* queued = inFlight != m_inFlight.end() ? &*inFlight : m_queue.findEdit(replica, edit.id);
    if (queued) {
        queued->participant = &participant;
        return;
    }
    m_plainEdits.push_back({&participant, replica, std::move(edit)});
    flush();
}

void DocumentRoom::readEditIds(ReplicaId replica, std::function<void(const Result<void>&)> done) {
    const Seq here = head();
    m_editIds.read({replica}, here, [this, replica, here, done = std::move(done)](const Result<Seq>& newest) {
        if (!newest.ok())
            return done(newest.error());
        if (*newest <= here)
            return done({});
        // Of changes that were not here when it was asked.
        readOn([this, replica, done](const Result<void>& read) {
            if (read.ok())
                readEditIds(replica, done);
            else
                done(read);
        });
    });
}

void DocumentRoom::readOn(std::function<void(const Result<void>&)> done) {
    m_waitingForLog.push_back(std::move(done));
    flush();
}

// --- into the log

void DocumentRoom::flush() {
    if (m_appending || m_broken)
        return;
    if (!m_waitingForLog.empty()) {
        m_appending = true;
        return recover();
    }
    queuePlainEdits();
    if (m_queue.empty())
        return;
    m_inFlight = m_queue.take(batchChanges, batchBytes);
    append();
}

// Only now, when the replica is the newest text there is, do indexes become elements.
void DocumentRoom::queuePlainEdits() {
    std::vector<WaitingPlainEdit> waiting = std::exchange(m_plainEdits, {});
    for (WaitingPlainEdit& edit : waiting)
        queuePlainEdit(edit);
}

void DocumentRoom::queuePlainEdit(WaitingPlainEdit& waiting) {
    const PlainEdit& edit = waiting.edit;
    if (const auto known = m_editIds.find(waiting.replica, edit.id)) {
        if (waiting.participant)
            waiting.participant->plainEditSettled(edit.id, *known);
        return;
    }
    const auto refuse = [&](const Error& error) {
        if (waiting.participant)
            waiting.participant->plainEditRefused(edit.id, error);
    };
    const auto carried = m_editHistory.carry(edit.splice.index, edit.splice.deleted, edit.version);
    if (!carried.ok())
        return refuse(carried.error());
    auto change = m_replica.prepare(waiting.replica, carried->deleted, carried->index, edit.splice.inserted);
    if (!change.ok())
        return refuse(change.error());
    if (change->ops.empty()) {
        if (waiting.participant)
            waiting.participant->plainEditSettled(edit.id, head());
        return;
    }
    change->first = std::max(change->first, m_queue.highest(waiting.replica) + 1);
    std::string bytes = encodeChange(*change);
    if (bytes.size() > limits::changeBytes || m_replica.length() * 4 + bytes.size() > limits::documentBytes)
        return refuse({ErrorCode::limitExceeded, "the edit or the document would be too large"});
    const auto effect =
        m_queue.push(m_replica, {waiting.participant, std::move(*change), std::move(bytes), edit.id});
    if (!effect.ok())
        refuse(effect.error());
}

void DocumentRoom::append() {
    std::vector<AppendEntry> entries;
    entries.reserve(m_inFlight.size());
    for (const QueuedChange& queued : m_inFlight) {
        entries.push_back({queued.change.replica, queued.change.first, queued.bytes, queued.editId,
                           m_bindings.unstored(queued.change.replica)});
    }
    m_appending = true;
    m_log.append(m_info.id, std::move(entries), [this, alive = m_alive](Result<Appended> result) {
        if (*alive)
            appended(std::move(result));
    });
}

void DocumentRoom::appended(Result<Appended> result) {
    if (result.ok() && result->first == head() + 1) {
        m_failures = 0;
        applyInFlight(*result);
        return;
    }
    // The log is ahead of us, or what became of the append is not known: the log itself tells.
    if (!result.ok())
        ++m_failures;
    recover();
}

void DocumentRoom::applyInFlight(const Appended& appended) {
    CommittedBatch batch(head() + 1);
    for (QueuedChange& change : std::exchange(m_inFlight, {})) {
        if (!applyTo(batch, std::move(change), appended.timeMs))
            return;
    }
    m_queue.settled();
    m_appending = false;
    announce(batch);
    flush();
}

// Applies a change that is in the log. False: it does not fit, and the room has closed.
bool DocumentRoom::applyTo(CommittedBatch& batch, QueuedChange queued, std::int64_t timeMs) {
    CommittedChange committed;
    const auto effect = m_replica.apply(queued.change, &committed.edits);
    if (!effect.ok() || *effect != Replica::Effect::applied) {
        breakOff("the document's log does not apply");
        return false;
    }
    m_info.head += 1;
    m_info.updatedMs = timeMs;
    m_editHistory.add(committed.edits);
    m_bindings.markStored(queued.change.replica);
    if (queued.editId)
        m_editIds.add(queued.change.replica, *queued.editId, head());

    committed.participant = queued.participant;
    committed.replica = queued.change.replica;
    committed.last = queued.change.last();
    committed.timeMs = timeMs;
    committed.bytes = std::move(queued.bytes);
    committed.editId = std::move(queued.editId);
    batch.add(std::move(committed));
    return true;
}

void DocumentRoom::announce(const CommittedBatch& batch) {
    if (batch.empty())
        return;
    m_members.tellAll([&batch](Participant& participant) { participant.committed(batch); });
    m_members.settleSelections(m_replica);
    lookAtSnapshot();
}

// One recovery for a gap, a double and an unknown commit: read the log after head and apply it, drop what is
// in it, append the rest.
void DocumentRoom::recover() {
    m_log.readAfter(m_info.id, head(), logChunk,
                    [this, alive = m_alive](Result<std::vector<LoggedChange>> changes) {
                        if (!*alive)
                            return;
                        if (!changes.ok())
                            return refuseAll(changes.error());
                        applyLogged(*changes);
                        if (m_broken)
                            return;
                        if (changes->size() == logChunk)
                            recover();
                        else
                            readInFlightEditIds();
                    });
}

// A plain edit may be in the log as another change: one made of it before this room was loaded.
void DocumentRoom::readInFlightEditIds() {
    std::set<ReplicaId> authors;
    for (const QueuedChange& change : m_inFlight) {
        if (change.editId)
            authors.insert(change.change.replica);
    }
    if (authors.empty())
        return requeue();
    m_editIds.read(authors, head(), [this](const Result<Seq>& newest) {
        if (!newest.ok())
            refuseAll(newest.error());
        else if (*newest > head())
            recover();
        else
            requeue();
    });
}

void DocumentRoom::applyLogged(const std::vector<LoggedChange>& changes) {
    CommittedBatch batch(head() + 1);
    for (const LoggedChange& logged : changes) {
        auto change = decodeChange(logged.bytes);
        if (!change.ok() || logged.seq != head() + 1)
            return breakOff("the document's log is damaged");
        QueuedChange queued{nullptr, std::move(*change), logged.bytes, std::nullopt};
        // The same id does not make it the same change: plain edits of one author may have been made changes
        // twice.
        const auto own = std::find_if(m_inFlight.begin(), m_inFlight.end(), [&](const QueuedChange& mine) {
            return mine.change.replica == queued.change.replica && mine.bytes == queued.bytes;
        });
        if (own != m_inFlight.end()) {
            queued = std::move(*own);
            m_inFlight.erase(own);
        }
        if (!applyTo(batch, std::move(queued), logged.timeMs))
            return;
    }
    announce(batch);
}

// What is not in the log yet is checked anew against what is, and goes on.
void DocumentRoom::requeue() {
    std::vector<QueuedChange> waiting = std::exchange(m_inFlight, {});
    for (QueuedChange& queued : m_queue.clear())
        waiting.push_back(std::move(queued));
    for (QueuedChange& queued : waiting)
        queueAgain(std::move(queued));
    if (m_queue.empty())
        m_failures = 0;
    if (m_failures >= maxAppendFailures)
        return refuseAll({ErrorCode::unavailable, "the database cannot be written now"});
    m_appending = false;
    for (const auto& done : std::exchange(m_waitingForLog, {}))
        done({});
    flush();
}

void DocumentRoom::queueAgain(QueuedChange queued) {
    Participant* participant = queued.participant;
    const ReplicaId replica = queued.change.replica;
    const OpId id{replica, queued.change.first};
    const Counter last = queued.change.last();
    const std::optional<std::string> editId = queued.editId;
    if (editId) {
        if (const auto known = m_editIds.find(replica, *editId)) {
            if (participant)
                participant->plainEditSettled(*editId, *known);
            return;
        }
    }
    const auto effect = m_queue.push(m_replica, std::move(queued));
    if (!participant || (effect.ok() && *effect == Replica::Effect::applied))
        return;
    if (editId) // its counters are taken; it becomes another change when it comes again
        participant->plainEditRefused(*editId, {ErrorCode::unavailable, "the edit must be made again"});
    else if (effect.ok())
        participant->alreadyCommitted(replica, last);
    else
        participant->refused(id, effect.error());
}

void DocumentRoom::refuseAll(const Error& error) {
    std::vector<QueuedChange> refused = std::exchange(m_inFlight, {});
    for (QueuedChange& waiting : m_queue.clear())
        refused.push_back(std::move(waiting));
    const std::vector<WaitingPlainEdit> plain = std::exchange(m_plainEdits, {});
    m_appending = false;
    m_failures = 0;
    for (const QueuedChange& change : refused) {
        if (!change.participant || !m_members.has(*change.participant))
            continue;
        if (change.editId)
            change.participant->plainEditRefused(*change.editId, error);
        else
            change.participant->refused({change.change.replica, change.change.first}, error);
    }
    for (const WaitingPlainEdit& waiting : plain) {
        if (waiting.participant && m_members.has(*waiting.participant))
            waiting.participant->plainEditRefused(waiting.edit.id, error);
    }
    for (const auto& done : std::exchange(m_waitingForLog, {}))
        done(error);
}

void DocumentRoom::breakOff(std::string why) {
    m_broken = true;
    const Error error{ErrorCode::internal, std::move(why)};
    refuseAll(error);
    close(error);
}

// --- as time goes by

void DocumentRoom::tick() {
    m_members.tick();
    lookAtSnapshot();
}

void DocumentRoom::lookAtSnapshot() {
    if (m_broken)
        return;
    m_snapshots.look(head(), m_members.empty() ? Occupancy::left : Occupancy::used,
                     [this] { return encodedReplica(); });
}

// --- for those who come back

void DocumentRoom::readAfter(Seq after, std::size_t limit,
                             std::function<void(Result<std::vector<LoggedChange>>)> done) {
    m_log.readAfter(m_info.id, after, limit, std::move(done));
}

std::shared_ptr<const std::string> DocumentRoom::encodedReplica() {
    if (m_encodedAt != head()) {
        m_encoded = std::make_shared<const std::string>(m_replica.encode());
        m_encodedAt = head();
    }
    return m_encoded;
}

} // namespace tandem
