#include "rooms/presence_feed.h"

#include "protocol/codec.h"
#include "protocol/limits.h"

namespace tandem {

namespace {
constexpr std::int64_t tellEveryMs = 10'000;
constexpr std::int64_t goneAfterMs = 30'000;
} // namespace

bool standsIn(const Replica& replica, const Selection& selection) {
    return replica.indexOf(selection.tail).ok() && replica.indexOf(selection.head).ok();
}

PresenceFeed::PresenceFeed(Bus& bus, std::string topic, const Clock& clock, const Replica& replica,
                           PresenceListener& listener)
    : m_bus(bus)
    , m_topic(std::move(topic))
    , m_clock(clock)
    , m_replica(replica)
    , m_listener(listener)
    , m_toldAtMs(clock.monotonicMs()) {
    m_subscription = m_bus.subscribe(m_topic, [this](std::string_view message) { received(message); });
    static const auto question = std::make_shared<const std::string>();
    if (reachesOthers())
        m_bus.publish(m_topic, question);
    m_asked = false; // by itself
}

std::vector<Peer> PresenceFeed::elsewhere() const {
    std::vector<Peer> peers;
    for (const auto& [session, distant] : m_distant)
        peers.push_back(distant.peer);
    return peers;
}

void PresenceFeed::send(const message::ToOperationsClient& message) {
    if (reachesOthers())
        m_bus.publish(m_topic, std::make_shared<const std::string>(codec::encode(message)));
}

void PresenceFeed::tell(const Peer& peer) {
    send(message::PresenceCursor{memberFor(peer)});
}

void PresenceFeed::tellLeft(const std::string& session) {
    send(message::PresenceLeave{session});
}

bool PresenceFeed::isAsked() {
    const std::int64_t now = m_clock.monotonicMs();
    if (!std::exchange(m_asked, false) && now - m_toldAtMs < tellEveryMs)
        return false;
    m_toldAtMs = now;
    return true;
}

void PresenceFeed::received(std::string_view message) {
    if (message.empty()) {
        m_asked = true;
        return;
    }
    auto decoded = codec::decodeToOperationsClient(message);
    if (!decoded.ok())
        return; // another program's
    if (const auto* cursor = std::get_if<message::PresenceCursor>(&*decoded))
        heard(peerFrom(cursor->member));
    else if (const auto* leave = std::get_if<message::PresenceLeave>(&*decoded))
        left(leave->session);
}

void PresenceFeed::heard(Peer peer) {
    if (m_listener.isHere(peer.session))
        return;
    const auto known = m_distant.find(peer.session);
    const bool isNew = known == m_distant.end();
    if (isNew && m_distant.size() >= limits::membersElsewhere)
        return;
    Distant& distant = isNew ? m_distant[peer.session] : known->second;
    distant.heardAtMs = m_clock.monotonicMs();
    distant.waiting.reset();
    if (peer.selection && !standsIn(m_replica, *peer.selection)) {
        distant.waiting = peer.selection;
        peer.selection = distant.peer.selection;
    }
    if (!isNew && peer == distant.peer)
        return;
    distant.peer = std::move(peer);
    // Whoever is told may do anything.
    const Peer told = distant.peer;
    if (isNew)
        m_listener.peerAppeared(told);
    else
        m_listener.peerMoved(told);
}

void PresenceFeed::left(const std::string& session) {
    if (m_distant.erase(session) > 0)
        m_listener.peerLeft(session);
}

void PresenceFeed::settleSelections() {
    std::vector<Peer> settled;
    for (auto& [session, distant] : m_distant) {
        if (!distant.waiting || !standsIn(m_replica, *distant.waiting))
            continue;
        distant.peer.selection = std::exchange(distant.waiting, std::nullopt);
        settled.push_back(distant.peer);
    }
    for (const Peer& peer : settled)
        m_listener.peerMoved(peer);
}

void PresenceFeed::tick() {
    const std::int64_t now = m_clock.monotonicMs();
    std::vector<std::string> gone;
    for (const auto& [session, distant] : m_distant) {
        if (now - distant.heardAtMs > goneAfterMs)
            gone.push_back(session);
    }
    for (const std::string& session : gone)
        left(session);
}

} // namespace tandem
