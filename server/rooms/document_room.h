// A document open on this server: the only path by which it changes here. Answers its members and tells them
// what is committed; the Sequencer brings changes into the log. What seems wrong only because this server may
// be behind another is looked at again when the log has been read to its end.
// Lives on the event-loop thread; owned by the RoomDirectory; borrows the OpLog and the Bus, which must
// outlive it. Invariant: replica() contains exactly the log up to head(). Members see changes in seq order.
#pragma once

#include "base/clock.h"
#include "rooms/members.h"
#include "rooms/room_rules.h"
#include "rooms/sequencer.h"

#include <unordered_map>

namespace tandem {

class DocumentRoom : private SequencerListener {
public:
    // `replica` holds the log up to info.head, read since `feed` listens.
    DocumentRoom(DocumentInfo info, Replica replica, std::vector<ReplicaBinding> bindings, OpLog& log,
                 Bus& bus, std::unique_ptr<ChangeFeed> feed, const Clock& clock, const RoomRules& rules);

    const DocumentInfo& info() const { return m_sequencer.info(); }
    const Replica& replica() const { return m_sequencer.replica(); }
    Seq head() const { return m_sequencer.head(); }

    // --- members

    void join(Participant& participant, Peer peer);
    // Takes part without being seen: for calls that are no session.
    void attend(Participant& participant);
    void leave(Participant& participant);
    void rename(Participant& participant, std::string name, int color);
    void setSelection(Participant& participant, std::optional<Selection> selection);
    const Members& members() const { return m_members; }
    // Whoever was given this room has time to join.
    void expectSomeone() { m_members.expectSomeone(); }
    // Nobody is here and nothing waits to be committed.
    bool isIdle() const { return m_members.empty() && m_sequencer.isIdle(); }
    std::size_t waitingBytes() const { return m_sequencer.waitingBytes(); }
    std::size_t unackedChanges() const { return m_sequencer.unackedChanges(); }
    // The document has another title, which all members are told.
    void retitle(std::string title, std::uint64_t metaRevision);
    // Rights to the document were looked at as they are in this revision.
    void noteAccess(std::uint64_t revision) { m_sequencer.noteAccess(revision); }
    // Its log does not apply or is another one now: nobody joins any more.
    bool isBroken() const { return m_sequencer.isBroken(); }

    // --- changes

    // Lets the holder of the key with this hash use `replica`. replicaConflict: it is bound to another.
    // unavailable: it was used on another server, and its owner is not known here yet.
    Result<void> bind(ReplicaId replica, const std::string& keyHash, const std::string& name) {
        return m_sequencer.bind(replica, keyHash, name);
    }
    // Changes of one bound replica, in counter order. Answers come by the participant's calls.
    void submit(Participant& participant, ReplicaId replica, std::vector<std::string> changes);
    // An edit by index, made a change of `replica`, which must be bound and used for plain edits only.
    void submitPlain(Participant& participant, ReplicaId replica, PlainEdit edit);

    // Reads which plain edits of a replica that comes back are in the log already, so that none is taken
    // twice.
    void readEditIds(ReplicaId replica, std::function<void(const Result<void>&)> done) {
        m_sequencer.readEditIds(replica, std::move(done));
    }

    // The version that an edit made before a restore gave its author another id; see Sequencer.
    void findEarlierEdit(ReplicaId replica, const std::string& id,
                         std::function<void(const Result<std::optional<Seq>>&)> done) {
        m_sequencer.findEarlierEdit(replica, id, std::move(done));
    }

    // The log has changes up to `newest`, in this epoch. Reads what is missing here; ends the room when the
    // log has been replaced.
    void noticeHead(const std::string& epoch, Seq newest) { m_sequencer.noticeHead(epoch, newest); }
    // Calls back once the log has been read to its end.
    void readOn(std::function<void(const Result<void>&)> done) { m_sequencer.readOn(std::move(done)); }

    // The changes after `after`, for a member that comes back; reads the log.
    void readAfter(Seq after, std::size_t limit, std::function<void(Result<std::vector<LoggedChange>>)> done);

    // A member was told that a change or edit of its own is not taken.
    void noteRefusal() { m_measures.changeRefused(); }
    // A member that had a part of the document gets it whole.
    void noteResync(Resync reason) { m_measures.resynced(reason); }

    // The replica's bytes at head(), encoded once per version.
    std::shared_ptr<const std::string> encodedReplica();
    // The replica packed, for one who joins: at head() or a little before. Calls back now or later; with
    // nothing when it is not worth it.
    void packedReplica(std::function<void(const PackedReplica::Bytes&)> done);

    // Tells what Members holds back. Called about once in limits::cursorIntervalMs.
    void tellCursors() { m_members.tellHeldBack(); }
    // Tells the members who has been idle for a while. Called about once a second.
    void tick() { m_members.tick(); }
    // Tells all members that the room ends and forgets them.
    void close(const Error& error);

private:
    enum class Certainty { mayBeBehind, hasRead };

    Participant* answeredFor(ReplicaId replica, Participant& sender);
    void take(Participant* participant, ReplicaId replica, std::vector<std::string> changes,
              Certainty certainty);
    void hold(Participant* participant, ReplicaId replica, std::vector<std::string> changes);
    static void refuse(Participant* participant, ReplicaId replica, const std::string& bytes,
                       const Error& error);
    void committed(const CommittedBatch& batch) override;
    bool isMember(const Participant& participant) const override { return m_members.has(participant); }
    void brokenOff(const Error& error) override { close(error); }

    OpLog& m_log;
    const Clock& m_clock;
    Measures& m_measures;
    Sequencer m_sequencer; // tells the members
    Members m_members;
    std::unordered_map<ReplicaId, Participant*>
        m_answered; // the member that joined last of those that use the id
    std::shared_ptr<const std::string> m_encoded;
    std::optional<Seq> m_encodedAt;
    PackedReplica m_packed;
    const std::function<void(const DocumentId& document, Seq head)> m_left;
    Seq m_leftAt; // the version at which everyone left last, or that it was loaded at
};

} // namespace tandem
