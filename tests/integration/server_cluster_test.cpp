// Several servers on one MariaDB and one Redis: whoever is on whichever, they are together, and what one
// server does to a document the others know.
#include "databases/mariadb_process.h"
#include "databases/redis_process.h"
#include "integration/http_client.h"
#include "integration/json_socket.h"
#include "integration/server_process.h"
#include "integration/typing_crowd.h"
#include "integration/waiting.h"

#include <QElapsedTimer>
#include <QJsonArray>

#include <gtest/gtest.h>

namespace tandem {
namespace {

using Kind = JsonSocket::Kind;

class ServerClusterTest : public testing::Test {
protected:
    void SetUp() override { ASSERT_TRUE(m_redis.start()); }

    ServerProcess& addServer(QStringList more = {}) {
        more += {QStringLiteral("--database-url"), MariadbProcess::urlOf(m_database),
                 QStringLiteral("--redis-url"), m_redis.url()};
        m_servers.push_back(std::make_unique<ServerProcess>(more));
        EXPECT_TRUE(m_servers.back()->start()) << m_servers.back()->output().toStdString();
        return *m_servers.back();
    }
    static QByteArray readiness(const ServerProcess& server) {
        return HttpClient(server.url()).get("/readyz").body;
    }
    bool becomes(const ServerProcess& server, const QByteArray& status) {
        return waitUntil([&] { return readiness(server).contains("\"status\":\"" + status + '"'); });
    }
    // Each server has an operations client and a plain one.
    void addTwoEach(TypingCrowd& crowd, const QString& document) {
        for (const auto& server : m_servers) {
            crowd.addOperationsClient(server->websocketUrl(document));
            crowd.addPlainClient(server->websocketUrl(document));
        }
        ASSERT_EQ(crowd.settle(), std::nullopt);
    }
    void expectNothingLost(TypingCrowd& crowd, const QString& document) {
        crowd.retryNow();
        const auto unsettled = crowd.settle();
        ASSERT_FALSE(unsettled) << unsettled->toStdString();
        for (const auto& server : m_servers) {
            const auto differences = crowd.differences(HttpClient(server->url()).textOf(document));
            ASSERT_FALSE(differences) << differences->toStdString();
        }
    }
    static QStringList sessionsIn(const QJsonObject& snapshot) {
        QStringList sessions;
        for (const auto& member : snapshot[QStringLiteral("members")].toArray())
            sessions += member.toObject()[QStringLiteral("session")].toString();
        return sessions;
    }

    MysqlServer m_database = MariadbProcess::shared().makeDatabase();
    RedisProcess m_redis;
    std::vector<std::unique_ptr<ServerProcess>> m_servers;
    SeededRandom m_random{20'262};
};

} // namespace

TEST_F(ServerClusterTest, PeopleOnThreeServersTypeTogetherAndLoseNothing) {
    const QString document = HttpClient(addServer().url()).createDocument(QStringLiteral("Notes"));
    addServer();
    addServer();
    for (const auto& server : m_servers)
        EXPECT_TRUE(becomes(*server, "ready"));
    TypingCrowd crowd(m_random.bits());
    ASSERT_NO_FATAL_FAILURE(addTwoEach(crowd, document));
    for (int round = 0; round < 3; ++round) {
        crowd.typeFor(400);
        ASSERT_NO_FATAL_FAILURE(expectNothingLost(crowd, document));
        // Each of them dies once.
        m_servers[static_cast<std::size_t>(round)]->kill();
        crowd.typeFor(200);
        ASSERT_TRUE(m_servers[static_cast<std::size_t>(round)]->start());
        ASSERT_NO_FATAL_FAILURE(expectNothingLost(crowd, document));
    }
}

TEST_F(ServerClusterTest, WithoutRedisTheyAreDegradedAndGoOnAndWithItTheyAreQuickAgain) {
    const QString document = HttpClient(addServer().url()).createDocument(QStringLiteral("Notes"));
    addServer();
    TypingCrowd crowd(m_random.bits());
    ASSERT_NO_FATAL_FAILURE(addTwoEach(crowd, document));
    for (int round = 0; round < 2; ++round) {
        m_redis.kill();
        crowd.typeFor(200);
        for (const auto& server : m_servers)
            EXPECT_TRUE(becomes(*server, "degraded"));
        EXPECT_EQ(HttpClient(m_servers[0]->url()).get("/readyz").status, 200);
        crowd.typeFor(200);
        ASSERT_NO_FATAL_FAILURE(expectNothingLost(crowd, document));
        ASSERT_TRUE(m_redis.start());
        crowd.typeFor(200);
        for (const auto& server : m_servers)
            EXPECT_TRUE(becomes(*server, "ready"));
        crowd.typeFor(200);
        ASSERT_NO_FATAL_FAILURE(expectNothingLost(crowd, document));
    }
}

TEST_F(ServerClusterTest, AServerThatStartsWithoutItsRedisServesPeople) {
    m_redis.kill();
    ServerProcess& server = addServer();
    EXPECT_TRUE(becomes(server, "degraded"));
    const QString document = HttpClient(server.url()).createDocument(QStringLiteral("Notes"));
    TypingCrowd crowd(m_random.bits());
    ASSERT_NO_FATAL_FAILURE(addTwoEach(crowd, document));
    crowd.typeFor(200);
    ASSERT_NO_FATAL_FAILURE(expectNothingLost(crowd, document));
}

TEST_F(ServerClusterTest, WhoIsInADocumentIsSeenFromAllServers) {
    const QString document =
        HttpClient(addServer().url()).createDocument(QStringLiteral("Notes"), QStringLiteral("text"));
    addServer();
    for (const auto& server : m_servers)
        ASSERT_TRUE(becomes(*server, "ready"));
    JsonSocket ana;
    ASSERT_TRUE(ana.open(m_servers[0]->websocketUrl(document), Kind::plain));
    const QString anaSession = ana.next(QStringLiteral("snapshot"))[QStringLiteral("session")].toString();
    JsonSocket ben;
    ASSERT_TRUE(ben.open(m_servers[1]->websocketUrl(document), Kind::plain));
    const QString benSession = ben.next(QStringLiteral("snapshot"))[QStringLiteral("session")].toString();
    EXPECT_EQ(ana.next(QStringLiteral("presence.join"))[QStringLiteral("session")].toString(), benSession);
    EXPECT_EQ(ben.next(QStringLiteral("presence.join"))[QStringLiteral("session")].toString(), anaSession);

    ana.send({{QStringLiteral("type"), QStringLiteral("cursor.update")},
              {QStringLiteral("tail"), 2},
              {QStringLiteral("head"), 3}});
    QJsonObject moved;
    do
        moved = ben.next(QStringLiteral("presence.cursor"));
    while (!moved.isEmpty() && moved[QStringLiteral("head")].toInt() != 3);
    EXPECT_EQ(moved[QStringLiteral("session")].toString(), anaSession);
    EXPECT_EQ(moved[QStringLiteral("tail")].toInt(), 2);

    // Whoever comes later finds both.
    JsonSocket cleo;
    ASSERT_TRUE(cleo.open(m_servers[1]->websocketUrl(document), Kind::plain));
    QStringList seen = sessionsIn(cleo.next(QStringLiteral("snapshot")));
    seen.sort();
    QStringList both{anaSession, benSession};
    both.sort();
    EXPECT_EQ(seen, both);

    // A server that stops says so of its people.
    EXPECT_EQ(m_servers[0]->terminate(), 0);
    EXPECT_EQ(ben.next(QStringLiteral("presence.leave"))[QStringLiteral("session")].toString(), anaSession);
}

// With Redis and without, since the database tells.
TEST_F(ServerClusterTest, ALinkRevokedOnOneServerClosesItsSocketsOnTheOthers) {
    const QStringList links{QStringLiteral("--access"), QStringLiteral("links")};
    HttpClient one(addServer(links).url());
    addServer(links);
    const QJsonObject made =
        one.post("/v1/docs", QJsonObject{{QStringLiteral("title"), QStringLiteral("Notes")}}).json();
    const QString document = made[QStringLiteral("id")].toString();
    const QByteArray owner =
        "Bearer " + made[QStringLiteral("link")].toObject()[QStringLiteral("secret")].toString().toUtf8();
    const QByteArray path = "/v1/docs/" + document.toUtf8() + "/links";
    const HttpClient::Headers asOwner = {{"Authorization", owner}, {"Content-Type", "application/json"}};
    for (const bool withRedis : {true, false}) {
        if (!withRedis)
            m_redis.kill();
        const QJsonObject link = one.request("POST", path, asOwner, R"({"role":"editor"})").json();
        JsonSocket guest;
        ASSERT_TRUE(guest.open(m_servers[1]->websocketUrl(document), Kind::plain));
        guest.send({{QStringLiteral("type"), QStringLiteral("hello")},
                    {QStringLiteral("token"), link[QStringLiteral("secret")]}});
        ASSERT_FALSE(guest.next(QStringLiteral("snapshot")).isEmpty());
        const QByteArray place = path + '/' + QByteArray::number(link[QStringLiteral("number")].toInt());
        EXPECT_EQ(one.request("PATCH", place, asOwner, R"({"role":"viewer"})").status, 200);
        EXPECT_EQ(guest.next(QStringLiteral("access.changed"))[QStringLiteral("role")].toString(),
                  QStringLiteral("viewer"));
        EXPECT_EQ(one.request("DELETE", place, asOwner, {}).status, 204);
        EXPECT_EQ(guest.waitForClose(), 4403);
    }
}

TEST_F(ServerClusterTest, AnotherTitleAndTheBinAreKnownOnAllServers) {
    HttpClient one(addServer().url());
    addServer();
    const QString document = one.createDocument(QStringLiteral("Notes"));
    JsonSocket guest;
    ASSERT_TRUE(guest.open(m_servers[1]->websocketUrl(document), Kind::plain));
    EXPECT_EQ(guest.next(QStringLiteral("snapshot"))[QStringLiteral("title")].toString(),
              QStringLiteral("Notes"));
    const QByteArray path = "/v1/docs/" + document.toUtf8();
    ASSERT_EQ(
        one.request("PATCH", path, {{"Content-Type", "application/json"}}, R"({"title":"Renamed"})").status,
        200);
    EXPECT_EQ(guest.next(QStringLiteral("title.changed"))[QStringLiteral("title")].toString(),
              QStringLiteral("Renamed"));
    ASSERT_EQ(one.request("DELETE", path, {}, {}).status, 204);
    EXPECT_EQ(guest.waitForClose(), 4404);
}

} // namespace tandem
