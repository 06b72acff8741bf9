// A server process: its rooms and the sessions of those connected, with what its sockets and timers would do.
// Can die at any moment and come back with nothing but the log.
#pragma once

#include "bus/local_bus.h"
#include "rooms/room_directory.h"
#include "simulation/simulated_log.h"
#include "simulation/wire.h"

#include <list>

namespace tandem::simulation {

enum class ClientKind { operations, plain };

class SimulatedServer {
public:
    SimulatedServer(Environment& environment, MemoryOpLog& store, DocumentId document);
    ~SimulatedServer();

    bool isUp() const { return m_rooms != nullptr; }
    void start();
    void crash();

    // A client has connected by `wire`.
    void accept(std::shared_ptr<Wire> wire, ClientKind kind);
    // The document's room, if this server could load it.
    void withRoom(std::function<void(const DocumentRoom*)> look);

private:
    class Door; // one connection and its session

    void tick();

    Environment& m_environment;
    MemoryOpLog& m_store;
    DocumentId m_document;
    std::unique_ptr<SimulatedLog> m_log;
    LocalBus m_bus;
    std::unique_ptr<RoomDirectory> m_rooms;
    std::list<std::shared_ptr<Door>> m_doors;
    std::uint64_t m_life = 0; // counts the starts
};

} // namespace tandem::simulation
