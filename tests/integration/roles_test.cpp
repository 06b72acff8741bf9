// Processes that share the work: servers for people beside workers, on one SQLite file.
#include "integration/http_client.h"
#include "integration/server_process.h"
#include "integration/waiting.h"

#include <QSqlDatabase>
#include <QSqlQuery>

#include <gtest/gtest.h>

namespace tandem {
namespace {

class RolesTest : public testing::Test {
protected:
    QStringList as(const char* role) const {
        return {"--data-dir", m_folder.path(), "--role", QString::fromLatin1(role)};
    }
    // Its days in the bin are over.
    void age(const QString& document) {
        {
            QSqlDatabase database = QSqlDatabase::addDatabase("QSQLITE", "test");
            database.setDatabaseName(m_folder.filePath("tandem.db"));
            ASSERT_TRUE(database.open());
            QSqlQuery query(database);
            ASSERT_TRUE(query.exec("UPDATE documents SET deleted_ms = 1 WHERE id = '" + document + "'"));
            ASSERT_EQ(query.numRowsAffected(), 1);
        }
        QSqlDatabase::removeDatabase("test");
    }
    static QByteArray bin(const ServerProcess& server) {
        return HttpClient(server.url()).get("/v1/docs?deleted=true").body;
    }

    QTemporaryDir m_folder;
};

} // namespace

TEST_F(RolesTest, AWorkerAnswersWhoeverWatchesItAndNobodyElse) {
    ServerProcess worker(as("worker"));
    ASSERT_TRUE(worker.start()) << worker.output().toStdString();
    HttpClient client(worker.url());
    for (const char* address : {"/healthz", "/health", "/readyz", "/metrics"})
        EXPECT_EQ(client.get(address).status, 200) << address;
    for (const char* address : {"/", "/v1/docs", "/v1/docs/document-000000001", "/docs", "/openapi.json",
                                "/ui/plain", "/readyz/", "/nowhere"}) {
        const HttpReply reply = client.get(address);
        EXPECT_EQ(reply.status, 421) << address;
        EXPECT_EQ(reply.json()["detail"], "This server does background work only.") << address;
    }
    EXPECT_EQ(client.post("/v1/docs", QJsonObject{{"title", "Notes"}}).status, 421);
    const QByteArray refused = client.raw(
        "GET /v1/ws/docs/document-000000001 HTTP/1.1\r\nHost: " + worker.url().authority().toUtf8() +
        "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");
    EXPECT_TRUE(refused.startsWith("HTTP/1.1 421 ")) << refused.toStdString();
    EXPECT_TRUE(refused.contains("This server does background work only.")) << refused.toStdString();
    EXPECT_EQ(worker.terminate(), 0) << worker.output().toStdString();
}

TEST_F(RolesTest, WorkersShareAFileWithTheOneServerThatServesIt) {
    ServerProcess first(as("worker"));
    ASSERT_TRUE(first.start()) << first.output().toStdString();
    ServerProcess server(as("api"));
    ASSERT_TRUE(server.start()) << server.output().toStdString();
    ServerProcess second(as("worker"));
    ASSERT_TRUE(second.start()) << second.output().toStdString();
    for (const char* role : {"api", "all"}) {
        ServerProcess another(as(role));
        EXPECT_EQ(another.runToEnd(), 1) << role;
        EXPECT_TRUE(another.output().contains("Another tandem-server uses the database"))
            << another.output().toStdString();
    }
    HttpClient client(server.url());
    const QString document = client.createDocument("Notes", "text");
    EXPECT_EQ(client.textOf(document), "text");
    EXPECT_EQ(server.terminate(), 0) << server.output().toStdString();
    EXPECT_EQ(HttpClient(first.url()).get("/readyz").status, 200);
    ServerProcess operatorsOwn(as("all"));
    EXPECT_EQ(operatorsOwn.runToEnd({"verify"}), 1) << "workers still have the file";
    ASSERT_TRUE(server.start()) << server.output().toStdString();
    EXPECT_EQ(client.textOf(document), "text");
}

TEST_F(RolesTest, TheBinIsEmptiedByWorkersAndNotByServersForPeopleOnly) {
    ServerProcess server(as("api"));
    ASSERT_TRUE(server.start()) << server.output().toStdString();
    const QString document = HttpClient(server.url()).createDocument("Notes", "text");
    ASSERT_EQ(HttpClient(server.url()).request("DELETE", "/v1/docs/" + document.toUtf8(), {}, {}).status,
              204);
    ASSERT_EQ(server.terminate(), 0);
    age(document);

    ASSERT_TRUE(server.start()) << server.output().toStdString();
    // What a start has to write is written before this is.
    ASSERT_FALSE(HttpClient(server.url()).createDocument("Other").isEmpty());
    EXPECT_TRUE(bin(server).contains(document.toUtf8()));
    ServerProcess worker(as("worker"));
    ASSERT_TRUE(worker.start()) << worker.output().toStdString();
    EXPECT_TRUE(waitUntil([&] { return !bin(server).contains(document.toUtf8()); }));
    EXPECT_EQ(worker.terminate(), 0);
    EXPECT_TRUE(worker.output().contains("documents purged from the bin")) << worker.output().toStdString();
}

TEST_F(RolesTest, ProcessesThatStartAtTheSameMomentOnANewFileAreAllReady) {
    ServerProcess server(as("api"));
    ServerProcess workers[] = {ServerProcess(as("worker")), ServerProcess(as("worker")),
                               ServerProcess(as("worker"))};
    server.launch();
    for (ServerProcess& worker : workers)
        worker.launch();
    ASSERT_TRUE(server.waitUntilItListens()) << server.output().toStdString();
    for (ServerProcess& worker : workers) {
        ASSERT_TRUE(worker.waitUntilItListens()) << worker.output().toStdString();
        EXPECT_EQ(HttpClient(worker.url()).get("/readyz").status, 200);
    }
    EXPECT_FALSE(HttpClient(server.url()).createDocument("Notes").isEmpty());
}

} // namespace tandem
