// One measurement: a server, a crowd on it, and what is told of both at the end. Owned by a scenario.
#pragma once

#include "load/crowd.h"
#include "load/scenarios.h"
#include "load/server_under_load.h"

#include <memory>

namespace tandem::load {

class Measurement {
public:
    using Jobs = ServerUnderLoad::Jobs;

    // Starts the server, or takes the running ones. From now on this process keeps to its cores.
    static Result<std::unique_ptr<Measurement>>
    begin(std::string name, const Options& options, Jobs jobs = Jobs::inServer, Cores cores = Cores::oneEach);
    explicit Measurement(std::string name, ServerUnderLoad server);

    ServerUnderLoad& server() { return m_server; }
    Crowd& crowd() { return m_crowd; }

    // Rooms of documents that are made for it; the first `writers` members of each type.
    Result<void> addRooms(std::size_t rooms, std::size_t members, std::size_t writers);
    Result<void> connect();

    // What is used and what happens counts from now on.
    void start();
    // Waits until everything has come everywhere, unless it takes too long.
    void finish();
    // The figures, with the goals that there are for them. `lostConnections`: so many had to be.
    Figures figures(std::uint64_t lostConnections = 0);

private:
    struct Totals {
        double serverCpuMs = 0;
        double clientCpuMs = 0;
        std::uint64_t edits = 0;
        std::uint64_t delivered = 0;
        std::int64_t atNs = 0;
    };
    Totals totals() const;
    void addText(Figures& figures);

    std::string m_name;
    ServerUnderLoad m_server;
    Crowd m_crowd;
    std::size_t m_writers = 0;    // of each room
    std::int64_t m_rssBefore = 0; // without clients
    Totals m_begin;
    Totals m_end;
};

} // namespace tandem::load
