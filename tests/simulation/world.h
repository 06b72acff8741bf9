// A whole world from one seed: servers, clients, their network, bus and disk, and what goes wrong between
// them. Lives in one thread; the same setup gives the same run. After each stormy phase the faults stop,
// everything settles, and all must agree.
#pragma once

#include "simulation/operations_client.h"
#include "simulation/oracle.h"
#include "simulation/plain_client.h"
#include "simulation/stranger.h"

namespace tandem::simulation {

struct Setup {
    std::uint64_t seed = 1;
    FaultSet faults = FaultSet{}.set();
    // Drawn from the seed unless said here.
    std::optional<int> phases;
    std::optional<std::int64_t> stormMs;
};

class World {
public:
    explicit World(Setup setup);
    ~World();

    // What is wrong in the end; nothing when all is well.
    std::optional<std::string> run();
    Seq changes() const { return m_oracle.version(); } // checked
    int phases() const { return m_phases; }
    std::int64_t stormMs() const { return m_stormMs; }
    std::int64_t virtualMs() const { return m_environment.time.monotonicMs() - m_beganAtMs; }

private:
    void drawSize();
    void storm();
    void editLater(SimulatedClient& client);
    void disturbLater();
    void drawFaults();
    SimulatedServer& anyServer();
    void crash(SimulatedServer& server);
    void backUpOrRestore();
    std::vector<LoggedChange> readLog(Seq after);
    std::optional<std::string> settle();
    bool isSettled();
    LogHead headOfLog();
    std::optional<std::string> check();
    void checkServers();

    Environment m_environment;
    int m_phases = 0;
    std::int64_t m_stormMs = 0;
    MemoryOpLog m_store;
    SimulatedBus m_bus;
    TokenSource m_tokens;
    std::vector<std::unique_ptr<SimulatedServer>> m_servers;
    Network m_network;
    std::vector<std::unique_ptr<OperationsClient>> m_operationsClients;
    std::vector<std::unique_ptr<PlainClient>> m_plainClients;
    std::vector<SimulatedClient*> m_clients; // both kinds
    std::unique_ptr<Stranger> m_stranger;    // in some worlds
    enum class Backup { none, made, restored } m_backup = Backup::none;
    std::int64_t m_beganAtMs;
    std::int64_t m_stormEndsMs = 0;
    Oracle m_oracle;
};

} // namespace tandem::simulation
