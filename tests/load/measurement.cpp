#include "load/measurement.h"

#include "load/goals.h"
#include "load/process_usage.h"
#include "load/rest_calls.h"

#include <unistd.h>

#include <algorithm>

namespace tandem::load {

namespace {
constexpr std::int64_t patienceMs = 60'000;
constexpr int clientCore = 1; // the server is on the first
} // namespace

Result<std::unique_ptr<Measurement>> Measurement::begin(std::string name, const Options& options, Jobs jobs,
                                                        Cores cores) {
    if (cores == Cores::oneEach)
        useCore(clientCore);
    else
        useAllCores();
    auto server = options.urls.empty() ? ServerUnderLoad::start(options.serverProgram, jobs, cores)
                                       : ServerUnderLoad::running(options.urls, options.processes);
    if (!server)
        return server.error();
    auto measurement = std::make_unique<Measurement>(std::move(name), std::move(*server));
    measurement->crowd().setUnpacks(options.unpacks);
    return measurement;
}

Measurement::Measurement(std::string name, ServerUnderLoad server)
    : m_name(std::move(name)), m_server(std::move(server)), m_crowd(m_server.addresses()) {}

Result<void> Measurement::addRooms(std::size_t rooms, std::size_t members, std::size_t writers) {
    m_writers = writers;
    for (std::size_t i = 0; i < rooms; ++i) {
        auto document = createDocument(m_server.addresses().front(), m_name);
        if (!document)
            return document.error();
        LoadRoom& room = m_crowd.addRoom(std::move(*document));
        for (std::size_t member = 0; member < members; ++member) {
            LoadClient& client = m_crowd.addMember(room);
            if (member < writers)
                m_crowd.addWriter(room, client);
        }
    }
    m_rssBefore = m_server.rssKib();
    return {};
}

Result<void> Measurement::connect() {
    if (!m_crowd.connectAll(patienceMs))
        return Error{ErrorCode::unavailable, m_name + ": not everyone could join"};
    return {};
}

Measurement::Totals Measurement::totals() const {
    const Outcome outcome = m_crowd.outcome();
    return {m_server.cpuMs(), cpuMs(getpid()), outcome.edits, outcome.delivered, nowNs()};
}

void Measurement::start() {
    m_crowd.forgetLatencies();
    m_begin = totals();
}

void Measurement::finish() {
    m_crowd.endTyping();
    static_cast<void>(m_crowd.runUntil([this] { return m_crowd.isSettled(); }, patienceMs));
    m_end = totals();
}

// Nobody deletes anything, so the server's text tells how many edits it has.
void Measurement::addText(Figures& figures) {
    const Outcome outcome = m_crowd.outcome();
    std::uint64_t kept = 0;
    bool converged = m_crowd.isSettled();
    for (const LoadRoom& room : m_crowd.rooms()) {
        const auto text = textOf(m_server.addresses().front(), room.document);
        converged = converged && text.ok();
        for (const LoadClient* member : room.members)
            converged = converged && member->document().replica().text() == *text;
        if (text.ok())
            kept += text->size(); // what is typed is ASCII
    }
    figures["converged"] = converged && kept == outcome.edits;
    figures["lost"] = outcome.acked - std::min(outcome.acked, kept);
}

Figures Measurement::figures(std::uint64_t lostConnections) {
    const Outcome outcome = m_crowd.outcome();
    const auto rooms = m_crowd.rooms().size();
    const std::uint64_t delivered = m_end.delivered - m_begin.delivered;
    Figures figures;
    figures["scenario"] = m_name;
    figures["members"] = rooms == 0 ? 0 : m_crowd.rooms().front().members.size();
    figures["rooms"] = rooms;
    figures["writers"] = m_writers * rooms;
    figures["seconds"] = static_cast<double>(m_end.atNs - m_begin.atNs) / 1e9;
    figures["edits"] = m_end.edits - m_begin.edits;
    figures["delivered"] = delivered;
    figures["delivery_p50_ms"] = outcome.delivery.quantileMs(0.5);
    figures["delivery_p99_ms"] = outcome.delivery.quantileMs(0.99);
    figures["delivery_max_ms"] = outcome.delivery.maxMs();
    figures["ack_p50_ms"] = outcome.ack.quantileMs(0.5);
    figures["ack_p99_ms"] = outcome.ack.quantileMs(0.99);
    figures["ack_max_ms"] = outcome.ack.maxMs();
    if (outcome.across.count() > 0) {
        figures["across_p50_ms"] = outcome.across.quantileMs(0.5);
        figures["across_p99_ms"] = outcome.across.quantileMs(0.99);
    }
    const double serverCpuMs = m_end.serverCpuMs - m_begin.serverCpuMs;
    figures["server_cpu_ms"] = serverCpuMs;
    figures["server_cpu_ms_per_1000_delivered"] =
        delivered == 0 ? 0.0 : serverCpuMs * 1000 / static_cast<double>(delivered);
    const std::int64_t rss = m_server.rssKib();
    figures["server_rss_kib"] = rss;
    figures["rss_per_connection_kib"] = static_cast<double>(std::max<std::int64_t>(0, rss - m_rssBefore)) /
                                        static_cast<double>(std::max<std::size_t>(1, m_crowd.clientCount()));
    figures["client_cpu_ms"] = m_end.clientCpuMs - m_begin.clientCpuMs;
    addText(figures);
    const std::uint64_t lost = m_crowd.lostConnections();
    figures["errors"] = lost - std::min(lost, lostConnections) + m_crowd.problems();
    addGoals(figures);
    return figures;
}

} // namespace tandem::load
