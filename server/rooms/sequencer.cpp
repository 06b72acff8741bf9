#include "rooms/sequencer.h"

#include "rooms/committed_batch.h"
#include "rooms/participant.h"

#include <algorithm>

namespace tandem {

namespace {
constexpr std::size_t batchChanges = 4'000;
constexpr std::size_t batchBytes = 4 * 1024 * 1024;
constexpr std::size_t logChunk = 2'000;
constexpr int maxAppendFailures = 3;

const Error claimedTwice{ErrorCode::unavailable, "a replica id is claimed by two"};

// The log is not there any more, or another one is in its place.
bool isGone(const Error& error) {
    return error.code == ErrorCode::logReplaced || error.code == ErrorCode::notFound;
}
} // namespace

Sequencer::Sequencer(DocumentInfo info, Replica replica, std::vector<ReplicaBinding> bindings, OpLog& log,
                     std::unique_ptr<ChangeFeed> feed, std::size_t queueBytes, SequencerListener& listener)
    : m_info(std::move(info))
    , m_replica(std::move(replica))
    , m_log(log)
    , m_feed(std::move(feed))
    , m_queueBytes(queueBytes)
    , m_listener(listener)
    , m_bindings(log, m_info.id, std::move(bindings))
    , m_plainEdits(log, m_info.id, m_info.head)
    , m_alive(std::make_shared<bool>(true)) {
    m_feed->listen([this](const std::vector<LoggedChange>& changes) { hear(changes); });
    noticeHead(m_info.epoch, m_feed->newest());
}

Sequencer::~Sequencer() {
    *m_alive = false;
}

void Sequencer::forget(const Participant& participant) {
    m_queue.forget(&participant);
    m_plainEdits.forget(&participant);
    for (QueuedChange& change : m_inFlight) {
        if (change.participant == &participant)
            change.participant = nullptr;
    }
    m_held.forget(&participant);
}

// --- changes come in

// Is there room for so much more? There is for one, whatever its size.
Result<void> Sequencer::admit(std::size_t bytes) const {
    const std::size_t waiting = waitingBytes();
    if (waiting > 0 && waiting + bytes > m_queueBytes)
        return Error{ErrorCode::unavailable, "too much waits to be written"};
    return {};
}

Result<void> Sequencer::bind(ReplicaId replica, const std::string& keyHash, const std::string& name) {
    // Its changes came from another server, and who may make more is still being read.
    if (!m_bindings.isStored(replica) && m_replica.version().highest(replica) > 0) {
        readBindings();
        return Error{ErrorCode::unavailable, "the owner of the replica id is not known here yet"};
    }
    return m_bindings.bind(replica, keyHash, name);
}

void Sequencer::readBindings() {
    m_bindings.read([this] {
        if (!m_broken)
            breakOff(claimedTwice);
    });
}

Result<Sequencer::Offered> Sequencer::offer(Participant* participant, ReplicaId replica, std::string& bytes) {
    auto change = decodeChange(bytes);
    if (!change.ok())
        return change.error();
    if (change->replica != replica)
        return Error{ErrorCode::malformed, "the change is another replica's"};
    if (const auto admitted = admit(bytes.size()); !admitted.ok())
        return admitted.error();
    const Counter last = change->last();
    const bool isNew = last > m_replica.version().highest(replica);
    if (const auto admitted = m_queue.admit(m_replica, *change, bytes.size()); isNew && !admitted.ok())
        return admitted.error();
    QueuedChange queued{participant, std::move(*change), std::move(bytes), std::nullopt};
    const auto effect = m_queue.push(m_replica, std::move(queued));
    if (!effect.ok()) {
        bytes = std::move(queued.bytes);
        return effect.error();
    }
    if (*effect != Replica::Effect::duplicate)
        return Offered{};
    const bool isKnown = last <= m_replica.version().highest(replica);
    return isKnown ? Offered{last, false} : Offered{0, true};
}

void Sequencer::takeOver(Participant* participant, ReplicaId replica) {
    for (QueuedChange& change : m_inFlight) {
        if (change.change.replica == replica)
            change.participant = laterOf(change.participant, participant);
    }
    m_queue.takeOver(participant, replica);
}

void Sequencer::offerPlain(Participant* participant, ReplicaId replica, PlainEdit edit) {
    if (const auto known = m_plainEdits.find(replica, edit.id)) {
        if (participant)
            participant->plainEditSettled(edit.id, *known);
        return;
    }
    // One that is under way is answered when it is durable: its author may have come back on another
    // connection.
    bool underWay = false;
    for (QueuedChange& change : m_inFlight) {
        if (change.change.replica != replica || change.editId != edit.id)
            continue;
        change.participant = laterOf(change.participant, participant);
        underWay = true;
    }
    if (underWay || m_queue.takeOver(participant, replica, edit.id))
        return;
    if (const auto admitted = admit(edit.bytes()); admitted.ok())
        m_plainEdits.add(participant, replica, std::move(edit));
    else if (participant)
        participant->plainEditRefused(edit.id, admitted.error());
    flush();
}

void Sequencer::readEditIds(ReplicaId replica, std::function<void(const Result<void>&)> done) {
    const Seq here = head();
    m_plainEdits.readIds({replica}, [this, replica, here, done = std::move(done)](const Result<Seq>& newest) {
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

void Sequencer::findEarlierEdit(ReplicaId replica, const std::string& id,
                                std::function<void(const Result<std::optional<Seq>>&)> done) {
    const auto authors = m_bindings.othersWithKeyOf(replica);
    if (authors.empty())
        return done(std::optional<Seq>());
    m_plainEdits.readIds(authors, [this, authors, id, done = std::move(done)](const Result<Seq>& read) {
        if (!read.ok())
            return done(read.error());
        for (const ReplicaId author : authors) {
            if (const auto known = m_plainEdits.find(author, id))
                return done(known);
        }
        done(std::optional<Seq>());
    });
}

// --- other servers

void Sequencer::hear(const std::vector<LoggedChange>& changes) {
    if (m_broken || changes.back().seq <= head())
        return;
    if (changes.front().seq > head() + 1)
        noticeHead(m_info.epoch, changes.back().seq);
    else
        applyLogged(changes);
}

void Sequencer::noticeHead(const std::string& epoch, Seq newest) {
    if (m_broken)
        return;
    if (epoch != m_info.epoch)
        breakOff({ErrorCode::logReplaced, "the document was restored from a backup"});
    else if (newest > head() && !m_held.awaitsNext())
        readOn([](const Result<void>&) {});
}

void Sequencer::readOn(std::function<void(const Result<void>&)> done) {
    m_held.add(
        {nullptr, 0, [done = std::move(done)](const Result<void>& read, Participant*) { done(read); }});
    flush();
}

Result<void> Sequencer::hold(HeldRequest request) {
    if (const auto admitted = admit(request.bytes); !admitted.ok())
        return admitted;
    m_held.add(std::move(request));
    flush();
    return {};
}

// --- into the log

void Sequencer::flush() {
    if (m_busy || m_broken)
        return;
    if (!m_held.empty()) {
        m_busy = true;
        return recover();
    }
    // Only now, when the replica is the newest text there is, do indexes become elements.
    m_plainEdits.queueAll(m_replica, m_queue);
    if (m_queue.empty())
        return;
    m_inFlight = m_queue.take(batchChanges, batchBytes);
    append();
}

void Sequencer::append() {
    std::vector<AppendEntry> entries;
    entries.reserve(m_inFlight.size());
    for (const QueuedChange& queued : m_inFlight) {
        entries.push_back({queued.change.replica, queued.change.first, queued.bytes,
                           queued.goesOn ? std::nullopt : queued.editId,
                           m_bindings.unstored(queued.change.replica), queued.onlyAfter});
    }
    m_busy = true;
    m_log.append(m_info.id, m_info.epoch, std::move(entries),
                 [this, alive = m_alive](Result<Appended> result) {
                     if (*alive)
                         appended(std::move(result));
                 });
}

void Sequencer::appended(Result<Appended> result) {
    if (result.ok() && result->first == head() + 1) {
        m_failures = 0;
        applyInFlight(*result);
        return;
    }
    if (!result.ok()) {
        if (isGone(result.error()))
            return breakOff(result.error());
        if (result.error().code == ErrorCode::replicaConflict)
            return breakOff(claimedTwice);
        ++m_failures;
    }
    // The log is ahead of us, or what became of the append is not known: the log itself tells.
    recover();
}

void Sequencer::applyInFlight(const Appended& appended) {
    CommittedBatch batch(head() + 1);
    for (QueuedChange& change : std::exchange(m_inFlight, {})) {
        m_bindings.markStored(change.change.replica);
        if (!applyTo(batch, std::move(change), appended.timeMs, Origin::here))
            return;
    }
    m_queue.settled();
    m_busy = false;
    announce(batch);
    flush();
}

// Applies a change that is in the log. False: it does not fit, and the room has closed.
bool Sequencer::applyTo(CommittedBatch& batch, QueuedChange queued, std::int64_t timeMs, Origin origin) {
    CommittedChange committed;
    const auto effect = m_replica.apply(queued.change, &committed.edits);
    if (!effect.ok() || *effect != Replica::Effect::applied) {
        breakOff({ErrorCode::internal, "the document's log does not apply"});
        return false;
    }
    m_info.head += 1;
    m_info.updatedMs = timeMs;
    if (queued.goesOn)
        queued.editId.reset(); // told with the last one
    m_plainEdits.applied(committed.edits, queued.change.replica, queued.editId);

    committed.participant = queued.participant;
    committed.replica = queued.change.replica;
    committed.last = queued.change.last();
    committed.timeMs = timeMs;
    committed.bytes = std::move(queued.bytes);
    committed.editId = std::move(queued.editId);
    committed.origin = origin;
    batch.add(std::move(committed));
    return true;
}

void Sequencer::announce(const CommittedBatch& batch) {
    if (batch.empty())
        return;
    m_feed->tell(batch);
    m_listener.committed(batch);
}

// One recovery for a gap, a double and an unknown commit: read the log after head and apply it, drop what is
// in it, append the rest.
void Sequencer::recover() {
    m_held.readingBegins();
    readLog();
}

void Sequencer::readLog() {
    m_log.readAfter(m_info.id, m_info.epoch, head(), logChunk,
                    [this, alive = m_alive](Result<std::vector<LoggedChange>> changes) {
                        if (!*alive)
                            return;
                        if (!changes.ok())
                            return isGone(changes.error()) ? breakOff(changes.error())
                                                           : refuseAll(changes.error());
                        applyLogged(*changes);
                        if (m_broken)
                            return;
                        if (changes->size() == logChunk)
                            readLog();
                        else
                            readInFlightEditIds();
                    });
}

// A plain edit may be in the log as another change: one made of it before this room was loaded.
void Sequencer::readInFlightEditIds() {
    std::set<ReplicaId> authors;
    for (const QueuedChange& change : m_inFlight) {
        if (change.editId)
            authors.insert(change.change.replica);
    }
    if (authors.empty())
        return requeue();
    m_plainEdits.readIds(authors, [this](const Result<Seq>& newest) {
        if (!newest.ok())
            refuseAll(newest.error());
        else if (*newest > head())
            readLog();
        else
            requeue();
    });
}

void Sequencer::applyLogged(const std::vector<LoggedChange>& changes) {
    CommittedBatch batch(head() + 1);
    for (const LoggedChange& logged : changes) {
        if (logged.seq <= head())
            continue; // the bus was quicker
        auto change = decodeChange(logged.bytes);
        if (!change.ok() || logged.seq != head() + 1)
            return breakOff({ErrorCode::internal, "the document's log is damaged"});
        QueuedChange queued{nullptr, std::move(*change), logged.bytes, std::nullopt};
        // The same id does not make it the same change: plain edits of one author may have been made changes
        // twice.
        const auto own = std::find_if(m_inFlight.begin(), m_inFlight.end(), [&](const QueuedChange& mine) {
            return mine.change.replica == queued.change.replica && mine.bytes == queued.bytes;
        });
        const Origin origin = own != m_inFlight.end() ? Origin::here : Origin::elsewhere;
        if (origin == Origin::here) {
            queued = std::move(*own);
            m_inFlight.erase(own);
        }
        if (origin == Origin::elsewhere && !m_bindings.isStored(queued.change.replica))
            readBindings();
        if (!applyTo(batch, std::move(queued), logged.timeMs, origin))
            return;
    }
    announce(batch);
}

// What is not in the log yet is checked anew against what is, and goes on.
void Sequencer::requeue() {
    std::vector<QueuedChange> waiting = std::exchange(m_inFlight, {});
    for (QueuedChange& queued : m_queue.clear())
        waiting.push_back(std::move(queued));
    bool dropping = false; // what belongs to a plain edit that is not taken
    for (QueuedChange& queued : waiting) {
        const bool goesOn = queued.goesOn;
        dropping = (dropping || !queueAgain(std::move(queued))) && goesOn;
    }
    if (m_queue.empty())
        m_failures = 0;
    if (m_failures >= maxAppendFailures)
        return refuseAll({ErrorCode::unavailable, "the database cannot be written now"});
    m_held.release({});
    m_busy = false;
    flush();
}

// False: it is not taken, and its sender was told.
bool Sequencer::queueAgain(QueuedChange queued) {
    if (queued.participant && !m_listener.isMember(*queued.participant))
        queued.participant = nullptr; // it left when another change was answered
    Participant* participant = queued.participant;
    const ReplicaId replica = queued.change.replica;
    if (queued.editId) {
        if (const auto known = m_plainEdits.find(replica, *queued.editId)) {
            if (participant)
                participant->plainEditSettled(*queued.editId, *known);
            return false;
        }
    }
    if (!m_queue.mayFollow(queued.onlyAfter, head())) {
        queued.refuse(textHasChanged);
        return false;
    }
    const auto effect = m_queue.push(m_replica, std::move(queued));
    if (effect.ok() && *effect == Replica::Effect::applied)
        return true;
    // What is not taken is still whole.
    if (queued.editId) // its counters are taken; it becomes another change when it comes again
        queued.refuse({ErrorCode::unavailable, "the edit must be made again"});
    else if (!effect.ok())
        queued.refuse(effect.error());
    else if (participant)
        participant->alreadyCommitted(replica, queued.change.last());
    return false;
}

void Sequencer::refuseAll(const Error& error) {
    std::vector<QueuedChange> refused = std::exchange(m_inFlight, {});
    for (QueuedChange& waiting : m_queue.clear())
        refused.push_back(std::move(waiting));
    m_busy = false;
    m_failures = 0;
    for (const QueuedChange& change : refused) {
        // A plain edit is answered once, with its last change.
        if (change.participant && !change.goesOn && m_listener.isMember(*change.participant))
            change.refuse(error);
    }
    m_plainEdits.refuseAll(error);
    m_held.readingBegins();
    m_held.release(error);
}

void Sequencer::breakOff(const Error& why) {
    m_broken = true;
    // Whatever the reason, who asks again is answered by another room.
    refuseAll({ErrorCode::unavailable, why.detail});
    m_listener.brokenOff(why);
}

} // namespace tandem
