#include "client/peers.h"

#include <algorithm>

namespace tandem {

message::Member memberFor(const Peer& peer) {
    message::Member member{peer.session, peer.name, peer.color, std::monostate{}, peer.idle};
    if (peer.selection)
        member.selection = message::AnchorRange{peer.selection->tail, peer.selection->head};
    return member;
}

Peer peerFrom(const message::Member& member) {
    Peer peer{member.session, member.name, member.color, std::nullopt, member.idle};
    if (const auto* range = std::get_if<message::AnchorRange>(&member.selection))
        peer.selection = Selection{range->tail, range->head};
    return peer;
}

void Peers::put(Peer peer) {
    const auto same = std::find_if(m_peers.begin(), m_peers.end(),
                                   [&peer](const Peer& p) { return p.session == peer.session; });
    if (same == m_peers.end())
        m_peers.push_back(std::move(peer));
    else
        *same = std::move(peer);
}

void Peers::remove(const std::string& session) {
    std::erase_if(m_peers, [&session](const Peer& peer) { return peer.session == session; });
}

} // namespace tandem
