// Who is in a document on other servers, and the telling of who is here. Over the bus, so only a hint: each
// server says who is there when somebody asks and every ten seconds, and whoever was not heard of for thirty
// seconds has gone. Nothing of it is stored anywhere.
// A message is empty, which asks who is there, or a presence.cursor or presence.leave frame.
// Owned by Members; lives on the event loop; borrows the bus, the clock and the replica.
#pragma once

#include "base/clock.h"
#include "bus/bus.h"
#include "client/peers.h"
#include "crdt/replica.h"

#include <map>

namespace tandem {

class PresenceListener {
public:
    virtual ~PresenceListener() = default;
    // Called on the event loop, for sessions of other servers.
    virtual void peerAppeared(const Peer& peer) = 0;
    virtual void peerMoved(const Peer& peer) = 0;
    virtual void peerLeft(const std::string& session) = 0;
    // Is it a session of this room, whose message came back?
    virtual bool isHere(const std::string& session) const = 0;
};

// Are both ends beside elements of the replica?
bool standsIn(const Replica& replica, const Selection& selection);

class PresenceFeed {
public:
    // `topic` is the room's own among all topics. Asks who is there.
    PresenceFeed(Bus& bus, std::string topic, const Clock& clock, const Replica& replica,
                 PresenceListener& listener);

    // In the order of their sessions.
    std::vector<Peer> elsewhere() const;

    void tell(const Peer& peer);
    void tellLeft(const std::string& session);
    // Someone wants to know who is here, or it is time to say so again: true once.
    bool isAsked();
    // Passes on the selections that waited for what is in the replica now.
    void settleSelections();
    // Drops those that were not heard of. Called about once a second.
    void tick();

private:
    struct Distant {
        Peer peer;
        std::optional<Selection> waiting; // beside an element that is not here yet
        std::int64_t heardAtMs = 0;
    };

    bool reachesOthers() const { return m_bus.reachesOthers(m_topic); }
    void send(const message::ToOperationsClient& message);
    void received(std::string_view message);
    void heard(Peer peer);
    void left(const std::string& session);

    Bus& m_bus;
    const std::string m_topic;
    const Clock& m_clock;
    const Replica& m_replica;
    PresenceListener& m_listener;
    std::map<std::string, Distant> m_distant; // by session
    std::int64_t m_toldAtMs;                  // all who are here
    bool m_asked = false;
    std::unique_ptr<Bus::Subscription> m_subscription;
};

} // namespace tandem
