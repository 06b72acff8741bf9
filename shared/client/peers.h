// The others who are in the document now, in the order they came.
#pragma once

#include "crdt/anchor.h"
#include "protocol/message.h"

#include <optional>
#include <string>
#include <vector>

namespace tandem {

struct Peer {
    std::string session;
    std::string name;
    int color = 0; // index into the palette, 0 to 11
    std::optional<Selection> selection;
    bool idle = false;

    friend bool operator==(const Peer&, const Peer&) = default;
};

// As operations clients and servers tell each other of them.
message::Member memberFor(const Peer& peer);
Peer peerFrom(const message::Member& member);

class Peers {
public:
    const std::vector<Peer>& all() const { return m_peers; }

    void reset(std::vector<Peer> peers) { m_peers = std::move(peers); }
    // Adds the peer, or replaces the one of the same session.
    void put(Peer peer);
    void remove(const std::string& session);

private:
    std::vector<Peer> m_peers;
};

} // namespace tandem
