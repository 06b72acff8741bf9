// A whole world from one seed: servers, clients, their network, their disk, and what goes wrong between them.
// Lives in one thread; the same setup gives the same run. After each stormy phase the faults stop, everything
// settles, and all must agree.
#pragma once

#include "simulation/operations_client.h"
#include "simulation/oracle.h"
#include "simulation/plain_client.h"

namespace tandem::simulation {

struct Setup {
    std::uint64_t seed = 1;
    FaultSet faults = FaultSet{}.set();
    int phases = 3;
    std::int64_t stormMs = 30'000;
};

class World {
public:
    explicit World(Setup setup);
    ~World();

    // What is wrong in the end; nothing when all is well.
    std::optional<std::string> run();
    Seq changes() const { return m_oracle.version(); } // checked
    std::int64_t virtualMs() const { return m_environment.time.monotonicMs() - m_beganAtMs; }

private:
    void storm();
    void editLater(SimulatedClient& client);
    void drawFaults();
    void crashServer();
    std::optional<std::string> settle();
    bool isSettled();
    Seq headOfLog();
    std::optional<std::string> check();

    Setup m_setup;
    Environment m_environment;
    MemoryOpLog m_store;
    TokenSource m_tokens;
    std::vector<std::unique_ptr<SimulatedServer>> m_servers;
    Network m_network;
    std::vector<std::unique_ptr<OperationsClient>> m_operationsClients;
    std::vector<std::unique_ptr<PlainClient>> m_plainClients;
    std::vector<SimulatedClient*> m_clients; // both kinds
    std::int64_t m_beganAtMs;
    std::int64_t m_stormEndsMs = 0;
    Oracle m_oracle;
};

} // namespace tandem::simulation
