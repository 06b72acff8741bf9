#include "simulation/world.h"

namespace tandem::simulation {

namespace {
const DocumentId documentId = "document-simulated";
constexpr std::int64_t settleWithinMs = 300'000;
} // namespace

World::World(Setup setup)
    : m_setup(setup)
    , m_environment(setup.seed)
    , m_store(m_environment.time)
    , m_network(m_environment, m_servers)
    , m_beganAtMs(m_environment.time.monotonicMs()) {
    m_environment.faults = setup.faults;
    m_store.create({documentId, "Simulated", "epoch", "hash", {}}, [](auto) {});
    m_store.pump();
    Random& random = m_environment.random;
    const std::size_t servers = 1;
    for (std::size_t i = 0; i < servers; ++i) {
        m_servers.push_back(std::make_unique<SimulatedServer>(m_environment, m_store, documentId));
        m_servers.back()->start();
    }
    const std::size_t operationsClients = 2 + random.below(4);
    const std::size_t plainClients = 1 + random.below(2);
    for (std::size_t i = 0; i < operationsClients; ++i) {
        m_operationsClients.push_back(
            std::make_unique<OperationsClient>(m_environment, m_network, m_tokens, m_clients.size()));
        m_clients.push_back(m_operationsClients.back().get());
    }
    for (std::size_t i = 0; i < plainClients; ++i) {
        m_plainClients.push_back(
            std::make_unique<PlainClient>(m_environment, m_network, m_tokens, m_clients.size()));
        m_clients.push_back(m_plainClients.back().get());
    }
    for (SimulatedClient* client : m_clients)
        client->start();
}

World::~World() = default;

std::optional<std::string> World::run() {
    for (int phase = 0; phase < m_setup.phases; ++phase) {
        storm();
        if (auto wrong = settle())
            return "phase " + std::to_string(phase + 1) + ": " + *wrong;
    }
    return std::nullopt;
}

void World::storm() {
    VirtualTime& time = m_environment.time;
    m_environment.faultsOn = true;
    m_stormEndsMs = time.monotonicMs() + m_setup.stormMs;
    for (SimulatedClient* client : m_clients)
        editLater(*client);
    drawFaults();
    time.runUntil(m_stormEndsMs);
    m_environment.faultsOn = false;
}

void World::editLater(SimulatedClient& client) {
    // Now and then someone types fast.
    const std::int64_t pauseMs =
        m_environment.random.below(3) == 0 ? m_environment.between(5, 60) : m_environment.between(200, 3'000);
    m_environment.time.after(pauseMs, [this, &client] {
        if (m_environment.time.monotonicMs() >= m_stormEndsMs)
            return;
        client.edit();
        editLater(client);
    });
}

void World::drawFaults() {
    if (m_environment.time.monotonicMs() >= m_stormEndsMs)
        return;
    m_network.draw();
    if (m_environment.happens(Fault::serverCrash, 15))
        crashServer();
    if (m_environment.happens(Fault::clientCrash, 20))
        m_clients[m_environment.random.below(m_clients.size())]->restart();
    if (m_environment.happens(Fault::wallJump, 20))
        m_environment.time.jumpWall(m_environment.between(-3'600'000, 3'600'000));
    m_environment.time.after(m_environment.between(100, 700), [this] { drawFaults(); });
}

void World::crashServer() {
    SimulatedServer& server = *m_servers[m_environment.random.below(m_servers.size())];
    if (!server.isUp())
        return;
    server.crash();
    m_environment.time.after(m_environment.between(100, 8'000), [&server] { server.start(); });
}

Seq World::headOfLog() {
    Seq head = 0;
    m_store.find(documentId, [&head](Result<DocumentInfo> info) { head = info->head; });
    m_store.pump();
    return head;
}

bool World::isSettled() {
    const Seq head = headOfLog();
    for (const SimulatedClient* client : m_clients) {
        if (!client->isSettled() || client->version() != head)
            return false;
    }
    for (const auto& server : m_servers) {
        if (!server->isUp())
            return false;
    }
    return true;
}

// Lets time run until nothing moves any more.
std::optional<std::string> World::settle() {
    VirtualTime& time = m_environment.time;
    const std::int64_t untilMs = time.monotonicMs() + settleWithinMs;
    int quietSeconds = 0;
    while (quietSeconds < 6) {
        time.runUntil(time.monotonicMs() + 1'000);
        quietSeconds = isSettled() ? quietSeconds + 1 : 0;
        if (time.monotonicMs() < untilMs)
            continue;
        std::string wrong = "it does not settle; the log is at " + std::to_string(headOfLog());
        for (const SimulatedClient* client : m_clients)
            wrong += "\n    " + client->describe();
        return wrong;
    }
    return check();
}

std::optional<std::string> World::check() {
    m_store.readAfter(
        documentId, m_oracle.version(), static_cast<std::size_t>(-1),
        [this](Result<std::vector<LoggedChange>> changes) { m_oracle.read(std::move(*changes)); });
    m_store.pump();
    for (const auto& client : m_operationsClients)
        m_oracle.checkMade(client->made(), client->describe());
    for (const auto& client : m_plainClients)
        m_oracle.checkPlain(*client);
    for (const SimulatedClient* client : m_clients)
        m_oracle.checkText(client->text(), client->describe());
    m_oracle.checkNothingElse();
    for (std::size_t i = 0; i < m_servers.size(); ++i) {
        const auto looked = std::make_shared<bool>(false);
        const auto room = std::make_shared<std::pair<Seq, std::string>>();
        m_servers[i]->withRoom([looked, room](const DocumentRoom* loaded) {
            *looked = loaded != nullptr;
            if (loaded)
                *room = {loaded->head(), loaded->replica().text()};
        });
        m_environment.time.runUntil(m_environment.time.monotonicMs() + 1'000);
        const std::string name = "server " + std::to_string(i);
        if (!*looked || room->first != changes())
            m_oracle.complain(name + " has no room at the head of the log, but at " +
                              std::to_string(room->first));
        else
            m_oracle.checkText(room->second, name);
    }
    return m_oracle.problem();
}

} // namespace tandem::simulation
