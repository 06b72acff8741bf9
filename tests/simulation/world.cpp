#include "simulation/world.h"

#include "protocol/limits.h"

#include <algorithm>

namespace tandem::simulation {

namespace {
const DocumentId documentId = "document-simulated";
constexpr std::int64_t settleWithinMs = 300'000;

// What was added later has a sequence of its own, so that no other draw depends on it.

// In some worlds little may wait in a room.
std::size_t drawQueueBytes(std::uint64_t seed) {
    SeededRandom random(seed ^ 0x517CC1B727220A95);
    return random.below(4) == 0 ? 100 + random.below(1'500) : limits::roomQueueBytes;
}

// In most worlds segments are small enough that the log is packed.
std::size_t drawSegmentChanges(std::uint64_t seed) {
    SeededRandom random(seed ^ 0x2545F4914F6CDD1D);
    return random.below(4) == 0 ? maxSegmentChanges : 2 + random.below(40);
}
} // namespace

World::World(Setup setup)
    : m_environment(setup.seed)
    , m_store(m_environment.time, drawSegmentChanges(setup.seed))
    , m_bus(m_environment)
    , m_network(m_environment, m_servers)
    , m_beganAtMs(m_environment.time.monotonicMs()) {
    m_environment.faults = setup.faults;
    m_store.create({documentId, "Simulated", "epoch", "hash", {}}, [](auto) {});
    m_store.pump();
    drawSize();
    m_phases = setup.phases.value_or(m_phases);
    m_stormMs = setup.stormMs.value_or(m_stormMs);
    for (const auto& server : m_servers)
        server->start();
    for (SimulatedClient* client : m_clients)
        client->start();
}

void World::drawSize() {
    Random& random = m_environment.random;
    m_phases = 1 + static_cast<int>(random.below(3));
    m_stormMs = std::min(m_environment.between(5'000, 30'000), m_environment.between(5'000, 30'000));
    m_store.askForSnapshots(5 + random.below(56));
    const std::size_t servers = 1 + random.below(3);
    const std::size_t operationsClients = 2 + random.below(4);
    const std::size_t plainClients = 1 + random.below(2);
    const bool strange = random.below(4) == 0;
    const std::size_t queueBytes = drawQueueBytes(m_environment.seed);
    for (std::size_t i = 0; i < servers; ++i)
        m_servers.push_back(std::make_unique<SimulatedServer>(
            ServerSurroundings{m_environment, m_store, m_bus, documentId, queueBytes}));
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
    if (strange && m_environment.has(Fault::stranger))
        m_stranger = std::make_unique<Stranger>(m_environment, m_network, m_clients.size());
}

World::~World() = default;

std::optional<std::string> World::run() {
    for (int phase = 0; phase < m_phases; ++phase) {
        storm();
        if (auto wrong = settle())
            return "phase " + std::to_string(phase + 1) + ": " + *wrong;
    }
    return std::nullopt;
}

void World::storm() {
    VirtualTime& time = m_environment.time;
    m_environment.faultsOn = true;
    m_stormEndsMs = time.monotonicMs() + m_stormMs;
    for (SimulatedClient* client : m_clients)
        editLater(*client);
    disturbLater();
    drawFaults();
    time.runUntil(m_stormEndsMs);
    m_environment.faultsOn = false;
    if (m_stranger)
        m_stranger->leave();
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

void World::disturbLater() {
    if (!m_stranger)
        return;
    m_environment.time.after(m_environment.between(20, 1'000), [this] {
        if (m_environment.time.monotonicMs() >= m_stormEndsMs)
            return;
        m_stranger->act();
        disturbLater();
    });
}

void World::drawFaults() {
    if (m_environment.time.monotonicMs() >= m_stormEndsMs)
        return;
    m_network.draw();
    m_bus.draw();
    if (m_environment.happens(Fault::serverCrash, 15))
        crash(anyServer());
    if (m_environment.happens(Fault::logAway, 15))
        anyServer().loseLog(m_environment.between(500, 10'000));
    // Whoever knows an id that the backup does not have could take it for itself.
    if (!m_stranger && m_environment.happens(Fault::restore, 20))
        backUpOrRestore();
    if (m_environment.happens(Fault::clientCrash, 20))
        m_clients[m_environment.random.below(m_clients.size())]->restart();
    if (m_environment.happens(Fault::wallJump, 20))
        m_environment.time.jumpWall(m_environment.between(-3'600'000, 3'600'000));
    m_environment.time.after(m_environment.between(100, 700), [this] { drawFaults(); });
}

SimulatedServer& World::anyServer() {
    return *m_servers[m_environment.random.below(m_servers.size())];
}

void World::crash(SimulatedServer& server) {
    if (!server.isUp())
        return;
    server.crash();
    m_environment.time.after(m_environment.between(100, 8'000), [&server] { server.start(); });
}

void World::backUpOrRestore() {
    if (m_backup == Backup::none) {
        m_store.backUp(documentId);
        m_backup = Backup::made;
    } else if (m_backup == Backup::made) {
        // One that is not stopped learns of it by itself.
        for (const auto& server : m_servers) {
            if (m_environment.random.below(8) != 0)
                crash(*server);
        }
        m_oracle.read(readLog(m_oracle.version()));
        const std::string epoch = "epoch of the backup";
        m_store.restore(documentId, epoch);
        m_oracle.restored(readLog(0), epoch);
        m_backup = Backup::restored;
    }
}

std::vector<LoggedChange> World::readLog(Seq after) {
    std::vector<LoggedChange> log;
    m_store.readAfter(documentId, headOfLog().epoch, after, static_cast<std::size_t>(-1),
                      [&log](Result<std::vector<LoggedChange>> changes) { log = std::move(*changes); });
    m_store.pump();
    return log;
}

LogHead World::headOfLog() {
    LogHead head;
    m_store.find(documentId, [&head](Result<DocumentInfo> info) {
        head = {info->id, info->epoch, info->head};
    });
    m_store.pump();
    return head;
}

bool World::isSettled() {
    const LogHead log = headOfLog();
    for (const SimulatedClient* client : m_clients) {
        if (!client->isSettled() || client->version() != log.head || client->epoch() != log.epoch)
            return false;
    }
    for (const auto& server : m_servers) {
        if (!server->isSettled())
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
        std::string wrong = "it does not settle; the log is at " + std::to_string(headOfLog().head);
        for (const SimulatedClient* client : m_clients)
            wrong += "\n    " + client->describe();
        return wrong;
    }
    return check();
}

std::optional<std::string> World::check() {
    m_oracle.read(readLog(m_oracle.version()));
    for (const auto& client : m_operationsClients)
        m_oracle.noteUnlogged(client->made());
    for (const auto& client : m_operationsClients)
        m_oracle.checkMade(client->made(), client->describe());
    for (const auto& client : m_plainClients)
        m_oracle.checkPlain(*client);
    for (const SimulatedClient* client : m_clients)
        m_oracle.checkText(client->text(), client->describe());
    m_oracle.checkNothingElse(m_stranger ? m_stranger->replicas() : std::set<ReplicaId>());
    checkServers();
    return m_oracle.problem();
}

void World::checkServers() {
    for (std::size_t i = 0; i < m_servers.size(); ++i) {
        struct Seen {
            Seq head = 0;
            std::size_t waitingBytes = 0;
            std::string text;
        };
        const auto seen = std::make_shared<std::optional<Seen>>();
        m_servers[i]->withRoom([seen](const DocumentRoom* room) {
            if (room)
                *seen = Seen{room->head(), room->waitingBytes(), room->replica().text()};
        });
        m_environment.time.runUntil(m_environment.time.monotonicMs() + 1'000);
        const std::string name = "server " + std::to_string(i);
        if (!m_servers[i]->complaint().empty())
            m_oracle.complain(name + ": " + m_servers[i]->complaint());
        if (!*seen || (*seen)->head != changes())
            m_oracle.complain(name + " has no room at the head of the log, but at " +
                              std::to_string(*seen ? (*seen)->head : 0));
        else if ((*seen)->waitingBytes > 0)
            m_oracle.complain(name + " has something waiting though nothing happens");
        else
            m_oracle.checkText((*seen)->text, name);
    }
}

} // namespace tandem::simulation
