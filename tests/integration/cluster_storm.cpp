// tandem-cluster-storm: three servers on one MariaDB and one Redis, people who type into one document through
// a proxy that sends each connection to another server, and all of it failing in turn. In the end everyone
// has one text, with each word once. Prints JSON. Exit codes: 0 nothing was lost, 1 something was, or the
// servers did not come back, 2 wrong arguments.
#include "databases/mariadb_process.h"
#include "databases/redis_process.h"
#include "integration/http_client.h"
#include "integration/server_process.h"
#include "integration/tcp_proxy.h"
#include "integration/typing_crowd.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QJsonDocument>

#include <algorithm>
#include <array>
#include <cstdio>
#include <random>

namespace tandem {
namespace {

constexpr int somethingLost = 1;
constexpr int wrongArguments = 2;
constexpr std::size_t serverCount = 3;
constexpr int longestPauseMs = 30;

struct Plan {
    int seconds = 300;
    int clients = 30;
    std::uint64_t seed = 0;
};

class ClusterStorm {
public:
    explicit ClusterStorm(const Plan& plan) : m_plan(plan), m_random(plan.seed), m_crowd(plan.seed) {}

    // What is wrong; nothing when all is well.
    std::optional<QString> run();
    QJsonObject figures() const;

private:
    struct Fault {
        const char* name;
        std::optional<QString> (ClusterStorm::*happen)();
    };

    std::optional<QString> start();
    std::optional<QString> roundOfFaults();
    std::optional<QString> difference();
    // People go on while something is away.
    void typeOn(int ms) { m_crowd.typeFor(ms, longestPauseMs); }
    int pauseMs(int least, int most) {
        return least + static_cast<int>(m_random.below(static_cast<std::uint64_t>(most - least)));
    }
    bool isOver() const { return m_elapsed.elapsed() >= m_plan.seconds * qint64{1'000}; }

    std::optional<QString> redisIsKilled();
    std::optional<QString> redisHangs();
    std::optional<QString> databaseIsKilled();
    std::optional<QString> databaseIsRestarted();
    std::optional<QString> databaseHangs();
    std::optional<QString> serverIsKilled();
    std::optional<QString> serverIsRestarted();
    std::optional<QString> connectionsAreCut();

    static constexpr std::array<Fault, 8> faults = {{
        {"redis_killed", &ClusterStorm::redisIsKilled},
        {"redis_hung", &ClusterStorm::redisHangs},
        {"database_killed", &ClusterStorm::databaseIsKilled},
        {"database_restarted", &ClusterStorm::databaseIsRestarted},
        {"database_hung", &ClusterStorm::databaseHangs},
        {"server_killed", &ClusterStorm::serverIsKilled},
        {"server_restarted", &ClusterStorm::serverIsRestarted},
        {"connections_cut", &ClusterStorm::connectionsAreCut},
    }};

    Plan m_plan;
    SeededRandom m_random;
    MariadbProcess m_database;
    RedisProcess m_redis;
    std::vector<std::unique_ptr<ServerProcess>> m_servers;
    std::unique_ptr<TcpProxy> m_proxy;
    TypingCrowd m_crowd;
    QString m_document;
    QElapsedTimer m_elapsed;
    std::array<int, faults.size()> m_happened{};
};

std::optional<QString> ClusterStorm::start() {
    if (!m_database.start())
        return "MariaDB does not start: " + m_database.output();
    if (!m_redis.start())
        return QStringLiteral("Redis does not start");
    const QString database = MariadbProcess::urlOf(m_database.makeDatabase());
    std::vector<QUrl> targets;
    for (std::size_t number = 0; number < serverCount; ++number) {
        m_servers.push_back(std::make_unique<ServerProcess>(
            QStringList{"--database-url", database, "--redis-url", m_redis.url()}));
        if (!m_servers.back()->start())
            return "a server does not start: " + m_servers.back()->output();
        targets.push_back(m_servers.back()->url());
    }
    m_proxy = std::make_unique<TcpProxy>(targets);
    m_document = HttpClient(targets.front()).createDocument(QStringLiteral("Storm"));
    const QUrl address = m_proxy->through(m_servers.front()->websocketUrl(m_document));
    // A third of them are plain clients.
    for (int number = 0; number < m_plan.clients; ++number) {
        if (number % 3 == 0)
            m_crowd.addPlainClient(address);
        else
            m_crowd.addOperationsClient(address);
    }
    return m_crowd.settle();
}

std::optional<QString> ClusterStorm::redisIsKilled() {
    m_redis.kill();
    typeOn(pauseMs(500, 5'000));
    if (!m_redis.start())
        return QStringLiteral("Redis does not start again");
    return {};
}

std::optional<QString> ClusterStorm::redisHangs() {
    m_redis.suspend();
    typeOn(pauseMs(500, 5'000));
    m_redis.resume();
    return {};
}

std::optional<QString> ClusterStorm::databaseIsKilled() {
    m_database.kill();
    typeOn(pauseMs(100, 3'000));
    if (!m_database.start())
        return "MariaDB does not start again: " + m_database.output();
    return {};
}

std::optional<QString> ClusterStorm::databaseIsRestarted() {
    m_database.requestStop();
    while (m_database.isRunning())
        typeOn(50);
    if (!m_database.start())
        return "MariaDB does not start again: " + m_database.output();
    return {};
}

std::optional<QString> ClusterStorm::databaseHangs() {
    m_database.suspend();
    typeOn(pauseMs(1'000, 15'000));
    m_database.resume();
    return {};
}

std::optional<QString> ClusterStorm::serverIsKilled() {
    ServerProcess& server = *m_servers[m_random.below(serverCount)];
    server.kill();
    typeOn(pauseMs(100, 3'000));
    if (!server.start())
        return "a server does not start again: " + server.output();
    return {};
}

std::optional<QString> ClusterStorm::serverIsRestarted() {
    ServerProcess& server = *m_servers[m_random.below(serverCount)];
    server.requestStop();
    while (server.isRunning())
        typeOn(50);
    if (!server.start())
        return "a server does not start again: " + server.output();
    return {};
}

std::optional<QString> ClusterStorm::connectionsAreCut() {
    m_proxy->cut();
    return {};
}

// Each once, in a random order.
std::optional<QString> ClusterStorm::roundOfFaults() {
    std::array<std::size_t, faults.size()> order{};
    for (std::size_t i = 0; i < order.size(); ++i) {
        order[i] = i;
        std::swap(order[i], order[m_random.below(i + 1)]);
    }
    for (const std::size_t fault : order) {
        typeOn(pauseMs(500, 3'000));
        if (isOver())
            return {};
        std::fprintf(stderr, "%6.1f s: %s\n", static_cast<double>(m_elapsed.elapsed()) / 1e3,
                     faults[fault].name);
        if (auto wrong = (this->*faults[fault].happen)())
            return wrong;
        ++m_happened[fault];
    }
    return {};
}

std::optional<QString> ClusterStorm::difference() {
    m_crowd.retryNow();
    if (auto unsettled = m_crowd.settle())
        return unsettled;
    for (const auto& server : m_servers) {
        if (auto different = m_crowd.differences(HttpClient(server->url()).textOf(m_document)))
            return different;
    }
    return {};
}

std::optional<QString> ClusterStorm::run() {
    if (auto wrong = start())
        return wrong;
    m_elapsed.start();
    while (!isOver()) {
        if (auto wrong = roundOfFaults())
            return wrong;
        if (auto wrong = difference())
            return wrong;
    }
    return {};
}

QJsonObject ClusterStorm::figures() const {
    QJsonObject happened;
    for (std::size_t i = 0; i < faults.size(); ++i)
        happened[QLatin1String(faults[i].name)] = m_happened[i];
    return {{"seed", QString::number(m_plan.seed)},
            {"seconds", static_cast<double>(m_elapsed.isValid() ? m_elapsed.elapsed() : 0) / 1e3},
            {"servers", static_cast<int>(m_servers.size())},
            {"clients", m_plan.clients},
            {"edits", static_cast<qint64>(m_crowd.typedCount())},
            {"faults", happened}};
}

std::optional<Plan> parse(const QCoreApplication& application) {
    QCommandLineParser parser;
    parser.setApplicationDescription("Types on three servers while everything that they stand on fails.");
    parser.addHelpOption();
    const QCommandLineOption seconds("seconds", "How long people type, from 1 on; 300.", "N", "300");
    const QCommandLineOption clients("clients", "How many there are, from 2 to 200; 30.", "N", "30");
    const QCommandLineOption seed("seed", "For the choices of an earlier run.", "N",
                                  QString::number(std::random_device()()));
    parser.addOptions({seconds, clients, seed});
    parser.process(application);
    bool areNumbers[3];
    const Plan plan{parser.value(seconds).toInt(&areNumbers[0]), parser.value(clients).toInt(&areNumbers[1]),
                    parser.value(seed).toULongLong(&areNumbers[2])};
    const bool areAll = areNumbers[0] && areNumbers[1] && areNumbers[2];
    if (!areAll || plan.seconds < 1 || plan.clients < 2 || plan.clients > 200 ||
        !parser.positionalArguments().isEmpty())
        return std::nullopt;
    return plan;
}

} // namespace
} // namespace tandem

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    const auto plan = tandem::parse(application);
    if (!plan) {
        std::fprintf(stderr, "tandem-cluster-storm: see --help for the numbers it takes\n");
        return tandem::wrongArguments;
    }
    tandem::ClusterStorm storm(*plan);
    const auto wrong = storm.run();
    QJsonObject told = storm.figures();
    told["equal"] = !wrong;
    if (wrong)
        told["wrong"] = wrong->left(2'000);
    std::printf("%s\n", QJsonDocument(told).toJson(QJsonDocument::Compact).constData());
    return wrong ? tandem::somethingLost : 0;
}
