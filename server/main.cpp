// The server: reads the settings, builds every part, connects them. Exit codes: 0 stopped by a signal or the
// command is done, 1 cannot start or a command found something wrong, 2 wrong settings or no such command.
#include "admin/admin_commands.h"
#include "admin/command_outcome.h"
#include "bus/local_bus.h"
#include "bus/redis/redis_bus.h"
#include "config/config.h"
#include "housekeeping/bin_emptying.h"
#include "housekeeping/memory_return.h"
#include "housekeeping/packing_thread.h"
#include "http/all_routes.h"
#include "http/client_accounts.h"
#include "http/http_server.h"
#include "http/tls_certificate.h"
#include "jobs/all_jobs.h"
#include "jobs/job_work.h"
#include "jobs/snapshot_request.h"
#include "memory/process_memory.h"
#include "metrics/job_counting.h"
#include "metrics/measured_op_log.h"
#include "metrics/prometheus_measures.h"
#include "process/application.h"
#include "process/descriptor_limit.h"
#include "process/drain.h"
#include "process/process_signals.h"
#include "process/start_settings.h"
#include "storage/sql/sql_storage.h"

#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <optional>

using namespace tandem;

namespace {

constexpr int cannotStart = 1;
constexpr int wrongSettings = 2;
constexpr std::int64_t databaseWaitMs = 20'000;

HostNames hostNames(Access access) {
    switch (access) {
    case Access::open:
        return HostNames::listed;
    case Access::links:
        return HostNames::listedAndAddresses;
    case Access::openUnsafe:
        return HostNames::any;
    }
    return HostNames::listed;
}

// What others do, such as taking a link away, is to be known within a second. A file has no others.
std::int64_t headsEveryMs(const DatabaseAddress& database) {
    return std::holds_alternative<SqliteFile>(database) ? 2'000 : 700;
}

std::unique_ptr<Bus> makeBus(const Config& config, const Clock& clock, Random& random, const Log& log) {
    if (config.redis)
        return std::make_unique<RedisBus>(*config.redis, clock, random, log);
    return std::make_unique<LocalBus>();
}

void addGauges(PrometheusMeasures& measures, const WebsocketDoor& door, const RoomDirectory& rooms,
               const Bus& bus) {
    const auto count = [](std::size_t value) { return static_cast<double>(value); };
    measures.addGauge("tandem_connections", "WebSockets that are open.",
                      [&, count] { return count(door.connectionCount()); });
    measures.addGauge("tandem_open_documents", "Documents in memory.",
                      [&, count] { return count(rooms.openCount()); });
    measures.addGauge("tandem_unacked_changes", "Changes that are not durable yet.",
                      [&, count] { return count(rooms.unackedChanges()); });
    measures.addGauge("tandem_bus_connected", "1 while other servers are heard at once.",
                      [&bus] { return bus.isWhole() ? 1.0 : 0.0; });
    measures.addGauge("process_resident_memory_bytes", "Memory of the process.",
                      [] { return static_cast<double>(residentMemory()); });
}

int serve(QCoreApplication& application, const Config& config) {
    const SystemClock clock;
    SystemRandom random;
    const Log log(config.logLevel, config.logFormat, clock);
    ProcessSignals processSignals;

    const auto reportWriting = [&log](const Result<void>& outcome) {
        if (outcome)
            log.info("the database can be written again");
        else
            log.error("the database cannot be written", {{"detail", outcome.error().detail}});
    };
    const auto notice = [&log](const std::string& sentence) { log.warning(sentence); };
    const auto use = config.role == ProcessRole::worker ? DatabaseUse::working : DatabaseUse::serving;
    auto storage = SqlStorage::open(config.database, clock, {reportWriting, notice},
                                    [&, start = clock.monotonicMs()] {
                                        return clock.monotonicMs() - start < databaseWaitMs &&
                                               !processSignals.stopIsPending();
                                    },
                                    {use, config.snapshotInterval});
    if (!storage)
        return processSignals.stopIsPending() ? 0 : fail(cannotStart, storage.error().detail);
    const auto warn = [&log](const DocumentId& document, std::string_view event, const Error& error) {
        log.warning(event, {{"document", document}, {"detail", error.detail}});
    };
    const std::unique_ptr<Bus> bus = makeBus(config, clock, random, log);
    PrometheusMeasures measures(config.appVersion);
    MeasuredOpLog opLog((*storage)->log(), clock, measures);
    PackingThread packingThread;
    std::function<void()> nudgeJobs = [] {};
    const auto askForSnapshot = [&](const DocumentId& document, Seq head) {
        (*storage)->jobs().enqueue(snapshotAtRest(document, head),
                                   [&](const Result<JobQueue::Enqueued>&) { nudgeJobs(); });
    };
    const RoomRules roomRules{{&(*storage)->snapshots(), warn, askForSnapshot},
                              limits::roomQueueBytes,
                              measures,
                              headsEveryMs(config.database),
                              packingThread.packing()};
    RoomDirectory rooms((*storage)->documents(), opLog, *bus, clock, roomRules);
    const Gate gate({config.access != Access::links, config.create == Create::anyone,
                     config.access == Access::open, config.adminTokenHash},
                    (*storage)->links(), clock);
    ClientAccounts clients(clock, config.socketsPerAddress);
    WebsocketDoor door(gate, rooms, clients, clock, random, log, measures,
                       config.appName + "/" + config.appVersion);

    rooms.onAccessChanged = [&door](const DocumentId& document) { door.linkChanged(document, {}); };

    JobThreads jobThreads(config.jobThreads);
    const AllJobs jobs(**storage, jobThreads, clock,
                       {{config.database, config.dataDir + "/backups",
                         config.appName + "/" + config.appVersion, config.backupKeep},
                        config.smtp,
                        config.dataDir + "/outbox",
                        config.smtpFrom});
    std::optional<JobWork> jobWork;
    if (config.role != ProcessRole::api)
        jobWork.emplace((*storage)->jobs(), jobs.types(), jobThreads, clock, random, measures,
                        JobRules{config.jobThreads}, periodicJobs(config.backupEveryMs));
    if (jobWork)
        nudgeJobs = [&jobWork] { jobWork->nudge(); };
    const JobCounting jobCounting((*storage)->jobs(), measures);

    const JobRoutes::Parts jobParts{(*storage)->jobs(), jobs.types(), [&nudgeJobs] { nudgeJobs(); }};

    Router router;
    Readiness readiness{(*storage)->documents(), *bus};
    AllRoutes routes({readiness, measures, (*storage)->documents(), (*storage)->catalog(), (*storage)->past(),
                      (*storage)->log(), (*storage)->links(), (*storage)->audit(), rooms, gate, door, clock,
                      random, log, jobParts, config.publicUrl});
    routes.addTo(router);
    addGauges(measures, door, rooms, *bus);
    const AccessRules rules(hostNames(config.access), {config.host}, config.publicUrl, config.allowedOrigins);
    RepeatedRequests requests(router, (*storage)->answers());
    AccessCheck accessCheck(gate, router, requests);
    HttpServer server(readiness, rules, config.trustedProxies, clients, accessCheck, door, random, log,
                      measures);
    if (config.role == ProcessRole::worker)
        server.serveWatchersOnly();
    std::unique_ptr<TlsCertificate> certificate;
    if (config.tls) {
        auto opened = TlsCertificate::open(*config.tls, server, log);
        if (!opened)
            return fail(cannotStart, opened.error().detail);
        certificate = std::move(*opened);
        QObject::connect(&processSignals, &ProcessSignals::reloadAsked, certificate.get(),
                         &TlsCertificate::readAgain);
    }
    if (auto listening = server.listen(config.host, config.port); !listening)
        return fail(cannotStart, listening.error().detail);

    Drain drain(readiness, server, door, rooms, jobWork ? &*jobWork : nullptr, clock, log);
    QObject::connect(&processSignals, &ProcessSignals::stopAsked, &drain, &Drain::begin);

    const MemoryReturn memoryReturn(rooms, **storage);
    std::optional<BinEmptying> binEmptying;
    if (config.role != ProcessRole::api)
        binEmptying.emplace((*storage)->catalog(), log);

    log.info("started",
             {{"url", server.url()}, {"database", nameOf(config.database)}, {"version", config.appVersion}});
    std::printf("Tandem listens on %s\n", server.url().c_str());
    std::fflush(stdout);
    const int exitCode = application.exec();
    nudgeJobs = [] {};
    (*storage)->stop();
    log.info("stopped");
    // A job that does not stop when it is told to has lost its lease: nothing that it does counts any more.
    if (jobWork && jobWork->isWorking())
        _exit(exitCode);
    return exitCode;
}

} // namespace

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN); // a limit on file sizes is then a full disk, not the end
    limitFreeMemory();
    raiseDescriptorLimit();
    const auto commandLine =
        parseCommandLine(std::vector<std::string>(argv + 1, argv + argc), settingNames());
    if (!commandLine)
        return fail(wrongSettings, commandLine.error().detail);
    if (commandLine->help) {
        std::fputs((helpText() + "\n" + adminHelp()).c_str(), stdout);
        return 0;
    }
    const auto config = readStartSettings(*commandLine);
    if (!config)
        return fail(wrongSettings, config.error().detail);
    if (commandLine->version) {
        std::printf("tandem-server %s\n", config->appVersion.c_str());
        return 0;
    }
    const bool isCommand = !commandLine->words.empty();
    const auto application = makeApplication(!isCommand && config->role != ProcessRole::api);
    if (isCommand) {
        const SystemClock clock;
        SystemRandom random;
        return runAdminCommand(commandLine->words, *config, clock, random);
    }
    return serve(*application, *config);
}
