// The bus between the servers of a world: it loses, doubles and delays messages, and does not always say so.
// Owned by the World; outlives the servers.
#pragma once

#include "bus/bus.h"
#include "simulation/environment.h"

#include <memory>
#include <vector>

namespace tandem::simulation {

class SimulatedBus {
public:
    explicit SimulatedBus(Environment& environment) : m_environment(environment) {}

    // A server's end of it, for one life of the server.
    std::unique_ptr<Bus> connect();
    // Draws what breaks in this moment.
    void draw();

private:
    class End;

    void carry(const End& from, End& to, const std::string& topic,
               const std::shared_ptr<const std::string>& message);

    Environment& m_environment;
    std::vector<End*> m_ends;
};

} // namespace tandem::simulation
