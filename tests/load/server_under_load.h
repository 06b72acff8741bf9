// The server that is measured: a tandem-server of our own, as a child process with its data in a temporary
// folder, with a worker beside it on the same cores and database where that is asked for, or running ones
// that somebody else started. Owned by a scenario; one thread. Invariant: no process and no folder of it is
// left when it is destroyed.
#pragma once

#include "base/result.h"
#include "load/load_socket.h"
#include "load/process_usage.h"

#include <string>
#include <vector>

namespace tandem::load {

class ServerUnderLoad {
public:
    enum class Jobs { inServer, apart };

    static Result<ServerUnderLoad> start(const std::string& program, Jobs jobs, Cores cores);
    // `processes`: of those servers, to tell what they use; may be fewer.
    static Result<ServerUnderLoad> running(const std::vector<std::string>& urls,
                                           std::vector<pid_t> processes);
    ~ServerUnderLoad();
    ServerUnderLoad(ServerUnderLoad&& other) noexcept;
    ServerUnderLoad& operator=(ServerUnderLoad&&) = delete;

    const std::vector<ServerAddress>& addresses() const { return m_addresses; }
    bool isOurs() const { return !m_folder.empty(); }
    double cpuMs() const; // of all, and of those that it was before
    std::int64_t rssKib() const;

    // Of our own: ends it by this signal, and starts it again at the same address.
    void end(int signal);
    Result<void> startAgain();

private:
    ServerUnderLoad() = default;
    Result<void> launch();
    // Its address; the error is a sentence.
    Result<ServerAddress> launchOne(const char* role, std::uint16_t port);

    Jobs m_jobs = Jobs::inServer;
    Cores m_cores = Cores::oneEach;
    std::string m_program;
    std::string m_folder; // empty: somebody else's
    std::vector<ServerAddress> m_addresses;
    std::vector<pid_t> m_processes;
    double m_endedCpuMs = 0;
};

} // namespace tandem::load
