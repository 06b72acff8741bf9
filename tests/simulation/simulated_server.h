// A server process: its rooms and the sessions of those connected, with what its sockets and timers would do.
// Can die at any moment and come back with nothing but the log. Owned by the World.
#pragma once

#include "rooms/room_directory.h"
#include "simulation/simulated_bus.h"
#include "simulation/simulated_log.h"
#include "simulation/wire.h"

#include <list>

namespace tandem::simulation {

enum class ClientKind { operations, plain };

// What servers share.
struct ServerSurroundings {
    Environment& environment;
    MemoryOpLog& store;
    SimulatedBus& bus;
    DocumentId document;
    std::size_t queueBytes = 0;
};

class SimulatedServer {
public:
    explicit SimulatedServer(ServerSurroundings surroundings);
    ~SimulatedServer();

    bool isUp() const { return m_rooms != nullptr; }
    // It is up, and what it asked of the log in the storm was answered.
    bool isSettled() const { return isUp() && !m_log->isSlow(); }
    void start();
    void crash();
    // Neither log nor snapshots are reached for a while.
    void loseLog(std::int64_t forMs);

    // A client has connected by `wire`.
    void accept(std::shared_ptr<Wire> wire, ClientKind kind);
    // The document's room, if this server could load it.
    void withRoom(std::function<void(const DocumentRoom*)> look);
    // What it did that it had no reason to; empty when all is well.
    const std::string& complaint() const { return m_complaint; }

private:
    class Door; // one connection and its session

    void tick();
    RoomRules roomRules();
    void lookAtQueue();
    // What a worker does beside the rooms, one after the other.
    void doJobs();
    void createSnapshot(const DocumentId& document);

    const ServerSurroundings m_around;
    Environment& m_environment;
    std::unique_ptr<SimulatedLog> m_log;
    std::unique_ptr<Bus> m_bus;
    std::unique_ptr<RoomDirectory> m_rooms;
    std::list<std::shared_ptr<Door>> m_doors;
    std::uint64_t m_life = 0;           // counts the starts
    std::size_t m_refusedSnapshots = 0; // in this life
    std::string m_complaint;
};

} // namespace tandem::simulation
