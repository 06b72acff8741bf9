// The server: reads the settings, builds every part, connects them. Exit codes: 0 stopped by a signal or the
// command is done, 1 cannot start or a command found something wrong, 2 wrong settings or no such command.
#include "admin/admin_commands.h"
#include "bus/local_bus.h"
#include "config/config.h"
#include "housekeeping/bin_emptying.h"
#include "housekeeping/packing_thread.h"
#include "http/all_routes.h"
#include "http/client_accounts.h"
#include "http/http_server.h"
#include "stop_signals.h"
#include "storage/sql/sql_storage.h"

#include <QCoreApplication>
#include <QFile>
#include <QProcessEnvironment>

#include <sys/resource.h>

#include <csignal>
#include <cstdio>

using namespace tandem;

namespace {

constexpr int cannotStart = 1;
constexpr int wrongSettings = 2;
constexpr int drainMs = 3000;

int fail(int exitCode, const std::string& sentence) {
    std::fprintf(stderr, "tandem-server: %s\n", sentence.c_str());
    return exitCode;
}

SettingValues environment() {
    SettingValues values;
    const QProcessEnvironment system = QProcessEnvironment::systemEnvironment();
    for (const QString& name : system.keys())
        values[name.toStdString()] = system.value(name).toStdString();
    return values;
}

// A file that was asked for must be there; the usual one need not.
Result<SettingValues> envFile(const std::optional<std::string>& asked) {
    QFile file(QString::fromStdString(asked.value_or(".env")));
    if (file.open(QIODevice::ReadOnly))
        return parseEnvFile(file.readAll().toStdString());
    if (asked)
        return Error{ErrorCode::notFound, "The env file " + *asked + " cannot be read."};
    return SettingValues();
}

// Each connection takes a file descriptor.
void raiseDescriptorLimit() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

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

int serve(QCoreApplication& application, const Config& config) {
    const SystemClock clock;
    SystemRandom random;
    const Log log(config.logLevel, config.logFormat, clock);
    StopSignals stopSignals;

    const auto reportWriting = [&log](const Result<void>& outcome) {
        if (outcome)
            log.info("the database can be written again");
        else
            log.error("the database cannot be written", {{"detail", outcome.error().detail}});
    };
    auto storage = SqlStorage::open(config.databaseFile, clock, reportWriting);
    if (!storage)
        return fail(cannotStart, storage.error().detail);
    const auto warn = [&log](const DocumentId& document, std::string_view event, const Error& error) {
        log.warning(event, {{"document", document}, {"detail", error.detail}});
    };
    LocalBus bus;
    PackingThread packingThread;
    RoomRules roomRules{{&(*storage)->snapshots(), config.snapshotInterval, warn}};
    roomRules.packing = packingThread.packing();
    RoomDirectory rooms((*storage)->documents(), (*storage)->log(), bus, clock, roomRules);
    const Gate gate({config.access != Access::links, config.create == Create::anyone, config.adminTokenHash},
                    (*storage)->links(), clock);
    ClientAccounts clients(clock, config.socketsPerAddress);
    WebsocketDoor door(gate, rooms, clients, clock, random, log, config.appName + "/" + config.appVersion);

    Router router;
    AllRoutes routes({(*storage)->documents(), (*storage)->catalog(), (*storage)->past(), (*storage)->log(),
                      (*storage)->links(), (*storage)->audit(), rooms, gate, door, clock, random, log,
                      config.publicUrl});
    routes.addTo(router);
    const AccessRules rules(hostNames(config.access), {config.host}, config.publicUrl, config.allowedOrigins);
    RepeatedRequests requests(router, (*storage)->answers());
    AccessCheck accessCheck(gate, router, requests);
    HttpServer server(rules, config.trustedProxies, clients, accessCheck, door, random, log);
    if (auto listening = server.listen(config.host, config.port); !listening)
        return fail(cannotStart, listening.error().detail);

    QObject::connect(&stopSignals, &StopSignals::received, &application, [&] {
        log.info("stopping", {{"connections", std::to_string(door.connectionCount())}});
        server.stopListening();
        rooms.closeAll({ErrorCode::unavailable, "the server restarts"});
        door.closeAll(CloseCode::restart, "the server restarts");
        QObject::connect(&door, &WebsocketDoor::emptied, &application, &QCoreApplication::quit);
        QTimer::singleShot(door.connectionCount() == 0 ? 0 : drainMs, &application, &QCoreApplication::quit);
    });

    BinEmptying binEmptying((*storage)->catalog(), log);

    log.info("started",
             {{"url", server.url()}, {"database", config.databaseFile}, {"version", config.appVersion}});
    std::printf("Tandem listens on %s\n", server.url().c_str());
    std::fflush(stdout);
    const int exitCode = application.exec();
    (*storage)->stop();
    log.info("stopped");
    return exitCode;
}

} // namespace

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN); // a limit on file sizes is then a full disk, not the end
    raiseDescriptorLimit();
    QCoreApplication application(argc, argv);

    const auto commandLine =
        parseCommandLine(std::vector<std::string>(argv + 1, argv + argc), settingNames());
    if (!commandLine)
        return fail(wrongSettings, commandLine.error().detail);
    if (commandLine->help) {
        std::fputs((helpText() + "\n" + adminHelp()).c_str(), stdout);
        return 0;
    }
    const auto file = envFile(commandLine->envFile);
    if (!file)
        return fail(wrongSettings, file.error().detail);
    const auto config = readConfig(commandLine->values, environment(), *file);
    if (!config)
        return fail(wrongSettings, config.error().detail);
    if (commandLine->version) {
        std::printf("tandem-server %s\n", config->appVersion.c_str());
        return 0;
    }
    if (!commandLine->words.empty()) {
        const SystemClock clock;
        SystemRandom random;
        return runAdminCommand(commandLine->words, *config, clock, random);
    }
    return serve(application, *config);
}
