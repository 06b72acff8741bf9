#include "load/server_under_load.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <utility>

namespace tandem::load {

namespace {

constexpr int startMs = 30'000;
constexpr int serverCore = 0;
constexpr std::string_view greeting = "Tandem listens on ";

// In the child, between fork and exec.
[[noreturn]] void become(const std::string& program, const std::string& folder, const char* role,
                         std::uint16_t port, int output, Cores cores) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (cores == Cores::oneEach)
        useCore(serverCore);
    dup2(output, STDOUT_FILENO);
    const std::string portText = std::to_string(port);
    const std::array<const char*, 10> arguments = {
        program.c_str(), "--data-dir",     folder.c_str(), "--role",  role,
        "--port",        portText.c_str(), "--log-level",  "warning", nullptr};
    // Settings of whoever measures must not reach the server.
    const std::array<const char*, 2> environment = {"PATH=/usr/bin:/bin", nullptr};
    if (chdir(folder.c_str()) == 0)
        execve(program.c_str(), const_cast<char* const*>(arguments.data()),
               const_cast<char* const*>(environment.data()));
    _exit(127);
}

// The first line that it prints says where it listens.
std::string readUrl(int output) {
    std::string said;
    pollfd waits{output, POLLIN, 0};
    while (said.find('\n') == std::string::npos && poll(&waits, 1, startMs) == 1) {
        std::array<char, 256> bytes{};
        const ssize_t count = read(output, bytes.data(), bytes.size());
        if (count <= 0)
            break;
        said.append(bytes.data(), static_cast<std::size_t>(count));
    }
    const std::size_t begin = said.find(greeting);
    if (begin == std::string::npos)
        return {};
    const std::size_t end = said.find('\n', begin);
    return said.substr(begin + greeting.size(), end - begin - greeting.size());
}

} // namespace

Result<ServerUnderLoad> ServerUnderLoad::start(const std::string& program, Jobs jobs, Cores cores) {
    ServerUnderLoad server;
    server.m_jobs = jobs;
    server.m_cores = cores;
    std::error_code ignored;
    server.m_program = std::filesystem::absolute(program, ignored).string();
    std::string folder = (std::filesystem::temp_directory_path(ignored) / "tandem-load-XXXXXX").string();
    if (!mkdtemp(folder.data()))
        return Error{ErrorCode::unavailable, "no temporary folder can be made"};
    server.m_folder = folder;
    server.m_addresses.emplace_back();
    if (auto launched = server.launch(); !launched)
        return launched.error();
    return server;
}

Result<ServerUnderLoad> ServerUnderLoad::running(const std::vector<std::string>& urls,
                                                 std::vector<pid_t> processes) {
    ServerUnderLoad server;
    for (const std::string& url : urls) {
        server.m_addresses.push_back(ServerAddress::parse(url));
        if (server.m_addresses.back().host.empty())
            return Error{ErrorCode::invalidArgument, url + " is no address such as http://127.0.0.1:8000"};
    }
    server.m_processes = std::move(processes);
    return server;
}

ServerUnderLoad::ServerUnderLoad(ServerUnderLoad&& other) noexcept
    : m_jobs(other.m_jobs)
    , m_cores(other.m_cores)
    , m_program(std::move(other.m_program))
    , m_folder(std::exchange(other.m_folder, {}))
    , m_addresses(std::move(other.m_addresses))
    , m_processes(std::move(other.m_processes)) {}

ServerUnderLoad::~ServerUnderLoad() {
    if (!isOurs())
        return;
    end(SIGKILL);
    std::error_code ignored;
    std::filesystem::remove_all(m_folder, ignored);
}

Result<void> ServerUnderLoad::launch() {
    auto address = launchOne(m_jobs == Jobs::inServer ? "all" : "api", m_addresses.front().port);
    if (!address)
        return address.error();
    m_addresses.front() = std::move(*address);
    if (m_jobs == Jobs::inServer)
        return {};
    const auto worker = launchOne("worker", 0);
    return worker ? Result<void>() : worker.error();
}

Result<ServerAddress> ServerUnderLoad::launchOne(const char* role, std::uint16_t port) {
    std::array<int, 2> pipe{};
    if (pipe2(pipe.data(), O_CLOEXEC) != 0)
        return Error{ErrorCode::unavailable, "no pipe can be made"};
    const pid_t child = fork();
    if (child == 0)
        become(m_program, m_folder, role, port, pipe[1], m_cores);
    ::close(pipe[1]);
    if (child < 0) {
        ::close(pipe[0]);
        return Error{ErrorCode::unavailable, "no process can be made"};
    }
    m_processes.push_back(child);
    ServerAddress address = ServerAddress::parse(readUrl(pipe[0]));
    ::close(pipe[0]);
    if (address.host.empty())
        return Error{ErrorCode::unavailable, m_program + " does not start"};
    return address;
}

void ServerUnderLoad::end(int signal) {
    m_endedCpuMs = cpuMs();
    for (const pid_t process : std::exchange(m_processes, {})) {
        int status = 0;
        if (waitpid(process, &status, WNOHANG) == process) {
            std::fprintf(stderr, "tandem-load: the server ended by itself, by signal %d or with code %d\n",
                         WTERMSIG(status), WEXITSTATUS(status));
            continue;
        }
        kill(process, signal);
        waitpid(process, nullptr, 0);
    }
}

Result<void> ServerUnderLoad::startAgain() {
    return launch();
}

double ServerUnderLoad::cpuMs() const {
    double all = m_endedCpuMs;
    for (const pid_t process : m_processes)
        all += load::cpuMs(process);
    return all;
}

std::int64_t ServerUnderLoad::rssKib() const {
    std::int64_t all = 0;
    for (const pid_t process : m_processes)
        all += load::rssKib(process);
    return all;
}

} // namespace tandem::load
