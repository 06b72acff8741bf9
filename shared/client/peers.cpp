#include "client/peers.h"

#include <algorithm>

namespace tandem {

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
