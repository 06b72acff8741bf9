// Who is in a room: the participants, what the others see of them, and the telling. Those who are in the
// document on other servers are seen as well. Presence lives here and nowhere else; it is never stored. Owned
// by DocumentRoom; lives on the event loop; borrows the replica, and the participants from join() to leave().
#pragma once

#include "base/clock.h"
#include "crdt/replica.h"
#include "rooms/participant.h"
#include "rooms/presence_feed.h"

#include <functional>
#include <vector>

namespace tandem {

class Members : private PresenceListener {
public:
    // `topic` is what other servers' rooms of the document call theirs as well.
    Members(const Clock& clock, const Replica& replica, Bus& bus, std::string topic);

    // `peer.session` names the participant in the room; it must be unique.
    void join(Participant& participant, Peer peer);
    // The same without being seen by the others.
    void attend(Participant& participant);
    void leave(Participant& participant);
    void rename(Participant& participant, std::string name, int color);
    // Passed on when both ends are beside elements of the replica: at once, or once they are committed. What
    // one member does is told at most once in limits::cursorIntervalMs; what came last is always told.
    void setSelection(Participant& participant, std::optional<Selection> selection);
    // The participant did something.
    void touch(Participant& participant);

    bool has(const Participant& participant) const;
    // The others see it: it has not come for a single call.
    bool sees(const Participant& participant) const;
    // Of this server, as is count().
    bool empty() const { return m_members.empty(); }
    std::size_t count() const { return m_members.size(); }
    std::int64_t emptySinceMs() const { return m_emptySinceMs; }
    // Someone may join soon: counts as empty from now.
    void expectSomeone() { m_emptySinceMs = m_clock.monotonicMs(); }
    std::vector<Peer> othersThan(const Participant& participant) const;

    // Whoever is told may leave, or make another leave.
    void tellAll(const std::function<void(Participant&)>& tell);
    // Passes on the selections that waited for what is in the replica now.
    void settleSelections();
    // Tells what was held back for its interval, and other servers who is here when they asked. Called about
    // once in limits::cursorIntervalMs.
    void tellHeldBack();
    // Tells who has been idle for a while. Called about once a second.
    void tick();
    // Tells all that the room ends, and forgets them.
    void close(const Error& error);

private:
    struct Member {
        Participant* participant = nullptr;
        Peer peer;
        std::int64_t activeAtMs = 0;
        std::optional<Selection> waiting = std::nullopt; // beside an element that is not committed yet
        bool seen = true;
        std::int64_t toldAtMs = 0; // to the others, where it is
        bool heldBack = false;
    };

    Member* find(const Participant& participant);
    void add(Participant& participant, Peer peer, bool seen);
    void moved(Participant& participant);
    void tellOthers(Peer peer);
    void peerAppeared(const Peer& peer) override;
    void peerMoved(const Peer& peer) override;
    void peerLeft(const std::string& session) override;
    bool isHere(const std::string& session) const override;

    const Clock& m_clock;
    const Replica& m_replica;
    std::vector<Member> m_members;
    std::int64_t m_emptySinceMs;
    bool m_holdsBack = false;   // of one member at least
    std::uint64_t m_joined = 0; // so many have joined
    PresenceFeed m_feed;
};

} // namespace tandem
