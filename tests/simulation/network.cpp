#include "simulation/network.h"

#include <algorithm>

namespace tandem::simulation {

std::shared_ptr<Wire> Network::connect(std::size_t client, ClientKind kind, WireEnd& end,
                                       std::function<void()> opened) {
    const std::size_t server = m_environment.random.below(m_servers.size());
    auto wire = std::make_shared<Wire>(m_environment, client, server);
    wire->attach(&end, WireSide::client);
    std::erase_if(m_wires, [](const std::weak_ptr<Wire>& old) { return old.expired(); });
    m_wires.push_back(wire);
    m_environment.time.after(m_environment.between(1, 100),
                             [this, wire, kind, opened = std::move(opened)] { openOn(wire, kind, opened); });
    return wire;
}

void Network::openOn(const std::shared_ptr<Wire>& wire, ClientKind kind, std::function<void()> opened) {
    if (!wire->isAttached(WireSide::client))
        return;
    if (m_environment.faultsOn && isParted(wire->client, wire->server))
        return; // nobody answers
    SimulatedServer& server = *m_servers[wire->server];
    if (!server.isUp()) {
        wire->vanish(WireSide::server, Notice::soon);
        return;
    }
    server.accept(wire, kind);
    // Its first frames may come sooner than the client looks: they wait for it.
    wire->whenOpen(std::move(opened));
}

std::shared_ptr<Wire> Network::anyWire() {
    std::vector<std::shared_ptr<Wire>> open;
    for (const std::weak_ptr<Wire>& one : m_wires) {
        if (auto wire = one.lock())
            open.push_back(std::move(wire));
    }
    return open.empty() ? nullptr : open[m_environment.random.below(open.size())];
}

bool Network::isParted(std::size_t client, std::size_t server) const {
    const auto parted = m_partedUntilMs.find({client, server});
    return parted != m_partedUntilMs.end() && parted->second > m_environment.time.monotonicMs();
}

void Network::draw() {
    const std::shared_ptr<Wire> wire = anyWire();
    if (!wire)
        return;
    if (m_environment.happens(Fault::cut, 150))
        wire->cut();
    if (m_environment.happens(Fault::halfOpen, 40))
        wire->swallow(m_environment.random.below(2) == 0 ? WireSide::client : WireSide::server);
    if (m_environment.happens(Fault::partition, 40)) {
        m_partedUntilMs[{wire->client, wire->server}] =
            m_environment.time.monotonicMs() + m_environment.between(1'000, 20'000);
        wire->swallow(WireSide::client);
        wire->swallow(WireSide::server);
    }
}

} // namespace tandem::simulation
