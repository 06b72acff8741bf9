// Who can reach whom: makes the connections of clients to servers, and breaks them. Owned by the World.
#pragma once

#include "simulation/simulated_server.h"

#include <map>
#include <vector>

namespace tandem::simulation {

class Network {
public:
    Network(Environment& environment, std::vector<std::unique_ptr<SimulatedServer>>& servers)
        : m_environment(environment), m_servers(servers) {}

    // Connects client number `client` to some server; `opened` is called unless nothing comes of it or the
    // end has left the wire meanwhile.
    std::shared_ptr<Wire> connect(std::size_t client, ClientKind kind, WireEnd& end,
                                  std::function<void()> opened);
    // Draws what breaks in this moment.
    void draw();

private:
    void openOn(const std::shared_ptr<Wire>& wire, ClientKind kind, std::function<void()> opened);
    std::shared_ptr<Wire> anyWire();
    bool isParted(std::size_t client, std::size_t server) const;

    Environment& m_environment;
    std::vector<std::unique_ptr<SimulatedServer>>& m_servers;
    std::vector<std::weak_ptr<Wire>> m_wires;
    std::map<std::pair<std::size_t, std::size_t>, std::int64_t> m_partedUntilMs;
};

} // namespace tandem::simulation
