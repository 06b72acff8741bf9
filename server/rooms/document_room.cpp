#include "rooms/document_room.h"

#include "rooms/committed_batch.h"

#include <algorithm>
#include <iterator>

namespace tandem {

DocumentRoom::DocumentRoom(DocumentInfo info, Replica replica, std::vector<ReplicaBinding> bindings,
                           OpLog& log, Bus& bus, std::unique_ptr<ChangeFeed> feed, const Clock& clock,
                           const RoomRules& rules)
    : m_log(log)
    , m_clock(clock)
    , m_measures(rules.measures)
    , m_sequencer(std::move(info), std::move(replica), std::move(bindings), log, std::move(feed),
                  rules.queueBytes, *this)
    , m_members(clock, m_sequencer.replica(), bus,
                "presence/" + m_sequencer.info().id + "/" + m_sequencer.info().epoch)
    , m_packed(rules.packing)
    , m_left(rules.snapshots.left)
    , m_leftAt(head()) {}

// --- members

void DocumentRoom::join(Participant& participant, Peer peer) {
    m_members.join(participant, std::move(peer));
}

void DocumentRoom::attend(Participant& participant) {
    m_members.attend(participant);
}

void DocumentRoom::leave(Participant& participant) {
    m_sequencer.forget(participant);
    std::erase_if(m_answered, [&](const auto& entry) { return entry.second == &participant; });
    const bool wasSeen = m_members.sees(participant);
    m_members.leave(participant);
    if (wasSeen && m_members.empty() && head() > m_leftAt) {
        m_leftAt = head();
        m_left(info().id, m_leftAt);
    }
}

void DocumentRoom::rename(Participant& participant, std::string name, int color) {
    m_members.rename(participant, std::move(name), color);
}

void DocumentRoom::setSelection(Participant& participant, std::optional<Selection> selection) {
    m_members.setSelection(participant, std::move(selection));
}

void DocumentRoom::retitle(std::string title, std::uint64_t metaRevision) {
    if (metaRevision < info().metaRevision)
        return; // read before another one was given
    const bool isNew = title != info().title;
    m_sequencer.rename(std::move(title), metaRevision);
    if (isNew)
        m_members.tellAll([this](Participant& member) { member.titleChanged(info().title); });
}

void DocumentRoom::close(const Error& error) {
    m_members.close(error);
}

// --- changes

Participant* DocumentRoom::answeredFor(ReplicaId replica, Participant& sender) {
    Participant*& answered = m_answered[replica];
    answered = laterOf(answered, &sender);
    return answered;
}

void DocumentRoom::submit(Participant& participant, ReplicaId replica, std::vector<std::string> changes) {
    m_members.touch(participant);
    take(answeredFor(replica, participant), replica, std::move(changes), Certainty::mayBeBehind);
}

void DocumentRoom::take(Participant* participant, ReplicaId replica, std::vector<std::string> changes,
                        Certainty certainty) {
    Counter known = 0;
    bool waits = false;
    for (auto bytes = changes.begin(); bytes != changes.end(); ++bytes) {
        const auto taken = m_sequencer.offer(participant, replica, *bytes);
        if (taken.ok()) {
            known = std::max(known, taken->known);
            if (taken->known > 0)
                m_measures.changesKnown(1);
            waits = waits || taken->waits;
            continue;
        }
        // What follows it cannot be taken either.
        const bool perhapsBehind =
            taken.error().code == ErrorCode::counterGap || taken.error().code == ErrorCode::unknownReference;
        if (perhapsBehind && certainty == Certainty::mayBeBehind)
            hold(participant, replica, {std::move_iterator(bytes), std::move_iterator(changes.end())});
        else
            refuse(participant, replica, *bytes, taken.error());
        break;
    }
    if (waits && participant)
        m_sequencer.takeOver(participant, replica);
    if (known > 0 && participant)
        participant->alreadyCommitted(replica, known);
    m_sequencer.flush();
}

void DocumentRoom::hold(Participant* participant, ReplicaId replica, std::vector<std::string> changes) {
    std::size_t bytes = 0;
    for (const std::string& change : changes)
        bytes += change.size();
    const std::string first = changes.front();
    const auto goOn = [this, replica, changes = std::move(changes)](const Result<void>& read,
                                                                    Participant* sender) {
        if (read.ok())
            take(sender, replica, changes, Certainty::hasRead);
        else
            refuse(sender, replica, changes.front(), read.error());
    };
    if (const auto held = m_sequencer.hold({participant, bytes, goOn}); !held.ok())
        refuse(participant, replica, first, held.error());
}

void DocumentRoom::refuse(Participant* participant, ReplicaId replica, const std::string& bytes,
                          const Error& error) {
    if (!participant)
        return;
    const auto change = decodeChange(bytes);
    participant->refused({replica, change.ok() ? change->first : 0}, error);
}

void DocumentRoom::submitPlain(Participant& participant, ReplicaId replica, PlainEdit edit) {
    m_members.touch(participant);
    if (edit.version <= head())
        return m_sequencer.offerPlain(&participant, replica, std::move(edit));
    // The version may be one that another server has given it.
    const std::string id = edit.id;
    const std::size_t bytes = edit.bytes();
    const auto goOn = [this, replica, edit = std::move(edit)](const Result<void>& read, Participant* sender) {
        if (read.ok())
            m_sequencer.offerPlain(sender, replica, edit);
        else if (sender)
            sender->plainEditRefused(edit.id, read.error());
    };
    if (const auto held = m_sequencer.hold({&participant, bytes, goOn}); !held.ok())
        participant.plainEditRefused(id, held.error());
}

void DocumentRoom::committed(const CommittedBatch& batch) {
    const std::int64_t beganUs = m_clock.monotonicUs();
    m_members.tellAll([&batch](Participant& participant) { participant.committed(batch); });
    m_measures.broadcast(m_clock.monotonicUs() - beganUs);
    m_members.settleSelections();
}

// --- for those who come back

void DocumentRoom::readAfter(Seq after, std::size_t limit,
                             std::function<void(Result<std::vector<LoggedChange>>)> done) {
    m_log.readAfter(info().id, info().epoch, after, limit, std::move(done));
}

std::shared_ptr<const std::string> DocumentRoom::encodedReplica() {
    if (m_encodedAt != head()) {
        m_encoded = std::make_shared<const std::string>(replica().encode());
        m_encodedAt = head();
    }
    return m_encoded;
}

void DocumentRoom::packedReplica(std::function<void(const PackedReplica::Bytes&)> done) {
    m_packed.get(
        head(), [this] { return encodedReplica(); }, std::move(done));
}

} // namespace tandem
