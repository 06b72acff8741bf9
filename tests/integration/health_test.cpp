// The server as a process: it starts, says so, answers, and stops; or says why it cannot.
#include "integration/http_client.h"
#include "integration/server_process.h"
#include "integration/waiting.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

#include <gtest/gtest.h>

namespace tandem {

TEST(HealthTest, AnswersOnHealthzAndReadyzOnceItListens) {
    ServerProcess server;
    ASSERT_TRUE(server.start()) << server.output().toStdString();
    HttpClient client(server.url());
    const HttpReply health = client.get("/healthz");
    EXPECT_EQ(health.status, 200);
    EXPECT_EQ(health.body, R"({"status":"ok"})");
    EXPECT_EQ(health.header("Content-Type"), "application/json");
    const HttpReply ready = client.get("/readyz");
    EXPECT_EQ(ready.status, 200);
    EXPECT_EQ(ready.body, R"({"status":"ready"})");
}

TEST(HealthTest, StopsWithExitCode0AndClosesSocketsWith1012OnSigterm) {
    ServerProcess server;
    ASSERT_TRUE(server.start()) << server.output().toStdString();
    HttpClient client(server.url());
    const QByteArray id = client.createDocument(QStringLiteral("Notes")).toUtf8();
    QTimer::singleShot(500, [&] { server.requestStop(); });
    // The frame as bytes, since QWebSocket as a client takes 1012 for a mistake.
    const QByteArray received =
        client.raw("GET /v1/ws/docs/" + id + " HTTP/1.1\r\nHost: " + server.url().authority().toUtf8() +
                       "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                       "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
                   10'000);
    EXPECT_TRUE(received.contains("\"type\":\"snapshot\""));
    EXPECT_TRUE(received.contains("\x03\xF4the server restarts; come back in "));
    EXPECT_EQ(server.terminate(), 0) << server.output().toStdString();
}

TEST(HealthTest, WhileItStopsItSaysSoTakesNobodyNewAndAnswersWhatItHasBegun) {
    ServerProcess server;
    ASSERT_TRUE(server.start()) << server.output().toStdString();
    HttpClient client(server.url());
    const QByteArray id = client.createDocument(QStringLiteral("Notes")).toUtf8();
    const QByteArray head = " HTTP/1.1\r\nHost: " + server.url().authority().toUtf8() + "\r\n";
    const QByteArray upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                               "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
    // Somebody whose request is half there holds the stop up.
    QTcpSocket slow;
    slow.connectToHost(server.url().host(), static_cast<quint16>(server.url().port()));
    ASSERT_TRUE(slow.waitForConnected());
    slow.write("POST /v1/docs" + head +
               "Content-Type: application/json\r\nContent-Length: 13\r\n\r\n{\"title\"");
    ASSERT_TRUE(slow.waitForBytesWritten());
    spin(200);
    server.requestStop();
    ASSERT_TRUE(waitUntil([&] { return client.get("/readyz").status == 503; }));
    EXPECT_EQ(client.get("/healthz").status, 200);
    const QByteArray refused = client.raw("GET /v1/ws/docs/" + id + head + upgrade);
    EXPECT_TRUE(refused.startsWith("HTTP/1.1 503"));
    EXPECT_TRUE(refused.contains("Retry-After: "));
    slow.write(":\"a\"}");
    ASSERT_TRUE(slow.waitForReadyRead(10'000));
    const QByteArray answer = slow.readAll();
    EXPECT_TRUE(answer.startsWith("HTTP/1.1 201")) << answer.toStdString();
    EXPECT_TRUE(answer.contains("Connection: close")) << answer.toStdString();
    EXPECT_EQ(server.terminate(), 0) << server.output().toStdString();
}

TEST(HealthTest, APortThatIsTakenStopsTheStartWithASentence) {
    QTcpServer other;
    ASSERT_TRUE(other.listen(QHostAddress::LocalHost));
    ServerProcess server({QStringLiteral("--port"), QString::number(other.serverPort())});
    EXPECT_EQ(server.runToEnd(), 1);
    EXPECT_TRUE(server.output().contains(QStringLiteral("Cannot listen on 127.0.0.1")))
        << server.output().toStdString();
}

TEST(HealthTest, AFolderThatCannotBeWrittenStopsTheStartWithASentence) {
    // Not even by root.
    const QList<QPair<QString, QString>> cases = {
        {QStringLiteral("/proc/nowhere"), QStringLiteral("The folder of the database cannot be made")},
        {QStringLiteral("/proc"), QStringLiteral("The folder of the database cannot be written")},
    };
    for (const auto& [folder, words] : cases) {
        ServerProcess server({QStringLiteral("--data-dir"), folder});
        EXPECT_EQ(server.runToEnd(), 1);
        EXPECT_TRUE(server.output().contains(words)) << server.output().toStdString();
    }
}

TEST(HealthTest, ASecondServerOnTheSameFolderIsRefusedAndACrashedOneDoesNotBlockTheNext) {
    ServerProcess first;
    ASSERT_TRUE(first.start()) << first.output().toStdString();
    ServerProcess second({QStringLiteral("--data-dir"), first.dataFolder()});
    EXPECT_EQ(second.runToEnd(), 1);
    EXPECT_TRUE(second.output().contains(QStringLiteral("Another tandem-server uses the database")))
        << second.output().toStdString();
    first.kill();
    EXPECT_TRUE(first.start()) << first.output().toStdString();
}

TEST(HealthTest, WrongSettingsEndWithExitCode2AndASentenceThatNamesThem) {
    const QList<QPair<QStringList, QString>> cases = {
        {{QStringLiteral("--colour"), QStringLiteral("red")}, QStringLiteral("--colour")},
        {{QStringLiteral("--port=70000")}, QStringLiteral("PORT")},
        {{QStringLiteral("--access=closed")}, QStringLiteral("ACCESS")},
        {{QStringLiteral("--host=0.0.0.0")}, QStringLiteral("ACCESS=open-unsafe")},
        {{QStringLiteral("--database-url=mysql://user:secret@host")}, QStringLiteral("DATABASE_URL")},
    };
    for (const auto& [arguments, words] : cases) {
        ServerProcess server(arguments);
        EXPECT_EQ(server.runToEnd(), 2);
        EXPECT_TRUE(server.output().contains(words)) << server.output().toStdString();
        EXPECT_FALSE(server.output().contains(QStringLiteral("secret")));
    }
}

TEST(HealthTest, HelpAndVersionAreShownWithExitCode0) {
    ServerProcess help({QStringLiteral("--help")});
    EXPECT_EQ(help.runToEnd(), 0);
    EXPECT_TRUE(help.output().contains(QStringLiteral("--data-dir")));
    ServerProcess version({QStringLiteral("--version")});
    EXPECT_EQ(version.runToEnd(), 0);
    EXPECT_TRUE(version.output().startsWith(QStringLiteral("tandem-server ")));
}

} // namespace tandem
