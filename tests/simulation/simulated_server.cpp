#include "simulation/simulated_server.h"

#include "fakes/direct_entrance.h"
#include "jobs/types/snapshot_create_job.h"
#include "protocol/limits.h"
#include "sessions/operations_session.h"
#include "sessions/plain_session.h"

namespace tandem::simulation {

class SimulatedServer::Door final : public Connection, public WireEnd {
public:
    Door(Environment& environment, RoomDirectory& rooms, const DocumentId& document,
         std::shared_ptr<Wire> wire, ClientKind kind)
        : m_environment(environment)
        , m_wire(std::move(wire))
        , m_entrance(rooms, document)
        , m_heardAtMs(environment.time.monotonicMs()) {
        if (kind == ClientKind::operations)
            m_session = std::make_unique<OperationsSession>(*this, m_entrance, environment.time,
                                                            environment.random, "simulation");
        else
            m_session =
                std::make_unique<PlainSession>(*this, m_entrance, environment.time, environment.random);
        m_wire->attach(this, WireSide::server);
    }

    void begin() { m_entrance.begin(*m_session); }

    Session& session() { return *m_session; }
    bool isOver() const { return m_over; }

    void send(const Frame& frame) override {
        if (!m_over)
            m_wire->send(WireSide::server, frame);
    }
    void sendParts(std::function<Frame()> next) override {
        while (const Frame frame = next())
            send(frame);
    }
    std::size_t queuedBytes() const override { return 0; }
    void close(CloseCode code, std::string_view reason) override {
        if (m_over)
            return;
        m_over = true;
        m_wire->close(WireSide::server, static_cast<int>(code), std::string(reason));
    }

    void received(std::string_view frame) override {
        m_heardAtMs = m_environment.time.monotonicMs();
        m_session->received(frame);
    }
    void wireClosed(int, const std::string&) override {
        m_over = true;
        m_session->closed();
    }

    void tick() {
        m_session->tick();
        if (m_environment.time.monotonicMs() - m_heardAtMs >= limits::deadAfterMs)
            close(CloseCode::goingAway, "nothing was heard for a while");
    }
    // The process is gone: nothing is sent any more, whatever the session does in going.
    void vanish(Notice notice) {
        if (!m_over)
            m_wire->vanish(WireSide::server, notice);
        m_over = true;
    }

private:
    Environment& m_environment;
    std::shared_ptr<Wire> m_wire;
    DirectEntrance m_entrance;
    std::unique_ptr<Session> m_session;
    std::int64_t m_heardAtMs;
    bool m_over = false;
};

SimulatedServer::SimulatedServer(ServerSurroundings surroundings)
    : m_around(std::move(surroundings)), m_environment(m_around.environment) {}

SimulatedServer::~SimulatedServer() {
    if (isUp())
        crash();
}

void SimulatedServer::start() {
    m_log = std::make_unique<SimulatedLog>(m_environment, m_around.store);
    m_bus = m_around.bus.connect();
    m_refusedSnapshots = 0;
    m_rooms = std::make_unique<RoomDirectory>(*m_log, *m_log, *m_bus, m_environment.time, roomRules());
    ++m_life;
    tick();
}

RoomRules SimulatedServer::roomRules() {
    RoomRules rules;
    rules.queueBytes = m_around.queueBytes;
    rules.snapshots.store = m_log.get();
    rules.snapshots.warn = [this](const DocumentId&, std::string_view event, const Error& error) {
        // Between reading the document and its snapshot the log may be restored.
        if (event == "snapshot is damaged" && ++m_refusedSnapshots > m_log->damagedSnapshots() &&
            !m_environment.has(Fault::restore))
            m_complaint = "a good snapshot was refused: " + error.detail;
    };
    return rules;
}

namespace {

// The job reads what is stored, at once; to store the snapshot takes its time and may fail.
class AtOnce final : public EventLoopCalls {
public:
    explicit AtOnce(MemoryOpLog& store) : m_store(store) {}
    void post(std::function<void()> work) override {
        work();
        m_store.pump();
    }

private:
    MemoryOpLog& m_store;
};

} // namespace

void SimulatedServer::doJobs() {
    for (const DocumentId& document : m_around.store.takeSnapshotRequests())
        createSnapshot(document);
}

void SimulatedServer::createSnapshot(const DocumentId& document) {
    constexpr std::int64_t leaseMs = 30'000;
    MemoryOpLog& store = m_around.store;
    AtOnce loop(store);
    const auto made = makeSnapshot({store, store, store}, loop, document);
    if (!made.ok())
        m_complaint = "no snapshot could be made: " + made.error().detail;
    if (!made.ok() || !made->bytes)
        return;
    const auto done = std::make_shared<bool>(false);
    m_log->store(document, made->epoch, made->version, made->bytes,
                 [done, &store, document](Result<void> stored) {
                     *done = true;
                     if (!stored.ok())
                         store.askForSnapshot(document);
                 });
    // Should this server die, another one takes the job over.
    m_environment.time.after(leaseMs, [done, &store, document] {
        if (!*done)
            store.askForSnapshot(document);
    });
}

void SimulatedServer::lookAtQueue() {
    constexpr std::size_t largestEdit = 1'500;
    if (m_rooms->waitingBytes() > m_around.queueBytes + largestEdit)
        m_complaint = std::to_string(m_rooms->waitingBytes()) + " bytes wait to be committed";
}

void SimulatedServer::loseLog(std::int64_t forMs) {
    if (isUp())
        m_log->goAway(forMs);
}

void SimulatedServer::crash() {
    const Notice notice = m_environment.random.below(3) == 0 ? Notice::never : Notice::soon;
    for (const auto& door : m_doors)
        door->vanish(notice);
    m_doors.clear();
    m_rooms.reset();
    m_bus.reset();
    m_log.reset();
}

void SimulatedServer::tick() {
    for (const auto& door : m_doors)
        door->tick();
    for (auto door = m_doors.begin(); door != m_doors.end();) {
        if ((*door)->isOver()) {
            (*door)->session().closed();
            door = m_doors.erase(door);
        } else {
            ++door;
        }
    }
    m_rooms->tick();
    doJobs();
    lookAtQueue();
    m_environment.time.after(1'000, [this, life = m_life] {
        if (isUp() && life == m_life)
            tick();
    });
}

void SimulatedServer::accept(std::shared_ptr<Wire> wire, ClientKind kind) {
    const auto door =
        std::make_shared<Door>(m_environment, *m_rooms, m_around.document, std::move(wire), kind);
    m_doors.push_back(door);
    door->begin();
}

void SimulatedServer::withRoom(std::function<void(const DocumentRoom*)> look) {
    m_rooms->open(m_around.document, [look = std::move(look)](Result<DocumentRoom*> room) {
        look(room.ok() ? *room : nullptr);
    });
}

} // namespace tandem::simulation
