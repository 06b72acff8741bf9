// The real server on a real MariaDB, alone or with another server, and both of them killed while people type:
// nothing that was typed is lost or doubled.
#include "databases/mariadb_process.h"
#include "integration/http_client.h"
#include "integration/server_process.h"
#include "integration/typing_crowd.h"
#include "integration/waiting.h"

#include <QFile>

#include <gtest/gtest.h>

namespace tandem {
namespace {

class MariadbServerTest : public testing::Test {
protected:
    QStringList settings() const { return {"--database-url", MariadbProcess::urlOf(m_database)}; }

    void startOne() {
        ASSERT_TRUE(m_server.start()) << m_server.output().toStdString();
        m_document = HttpClient(m_server.url()).createDocument("Notes");
        ASSERT_FALSE(m_document.isEmpty());
    }
    // Two operations clients and a plain one.
    void addThree(TypingCrowd& crowd) {
        crowd.addOperationsClient(m_server.websocketUrl(m_document));
        crowd.addOperationsClient(m_server.websocketUrl(m_document));
        crowd.addPlainClient(m_server.websocketUrl(m_document));
        ASSERT_EQ(crowd.settle(), std::nullopt);
    }
    // Everyone connected, everyone equal, each word once.
    void expectNothingLost(TypingCrowd& crowd) {
        crowd.retryNow();
        const auto unsettled = crowd.settle();
        ASSERT_FALSE(unsettled) << unsettled->toStdString() << m_server.output().toStdString();
        const auto differences = crowd.differences(HttpClient(m_server.url()).textOf(m_document));
        ASSERT_FALSE(differences) << differences->toStdString();
    }
    int readiness() { return HttpClient(m_server.url()).get("/readyz").status; }

    MariadbProcess m_mariadb;
    MysqlServer m_database = start();
    ServerProcess m_server{settings()};
    QString m_document;
    SeededRandom m_random{20'261};

private:
    MysqlServer start() {
        if (!m_mariadb.start())
            qFatal("MariaDB does not start: %s", qPrintable(m_mariadb.output()));
        return m_mariadb.makeDatabase();
    }
};

} // namespace

TEST_F(MariadbServerTest, WhatIsTypedIsThereAfterARestartAndThePasswordIsInNoLine) {
    startOne();
    TypingCrowd crowd(m_random.bits());
    addThree(crowd);
    crowd.typeFor(500);
    expectNothingLost(crowd);
    const QString text = HttpClient(m_server.url()).textOf(m_document);
    ASSERT_EQ(m_server.terminate(), 0) << m_server.output().toStdString();
    EXPECT_TRUE(m_server.output().contains("mysql://tandem_1@127.0.0.1:")) << m_server.output().toStdString();
    EXPECT_FALSE(m_server.output().contains("s3cret"));
    ASSERT_TRUE(m_server.start()) << m_server.output().toStdString();
    EXPECT_EQ(HttpClient(m_server.url()).textOf(m_document), text);
    expectNothingLost(crowd);
}

TEST_F(MariadbServerTest, CommandsOfAnOperatorWorkBesideARunningServer) {
    ServerProcess command(settings());
    EXPECT_EQ(command.runToEnd({"init-db"}), 0);
    EXPECT_TRUE(command.output().contains("is ready")) << command.output().toStdString();
    EXPECT_FALSE(command.output().contains("s3cret"));
    startOne();
    ASSERT_EQ(HttpClient(m_server.url())
                  .request("PATCH", "/v1/docs/" + m_document.toUtf8(), {{"Content-Type", "application/json"}},
                           R"({"title":"Renamed"})")
                  .status,
              200);
    EXPECT_EQ(command.runToEnd({"migrate"}), 0);
    EXPECT_EQ(command.runToEnd({"seed"}), 0);
    EXPECT_EQ(command.runToEnd({"verify"}), 0) << command.output().toStdString();
    EXPECT_TRUE(command.output().contains("0 problems"));
    EXPECT_EQ(command.runToEnd({"dump", "sample-welcome-0001"}), 0);
    EXPECT_TRUE(command.output().contains("# Welcome"));
    EXPECT_EQ(command.runToEnd({"archive", "sample-welcome-0001"}), 0);
    EXPECT_GT(command.outputBytes().size(), 100);
    EXPECT_EQ(command.runToEnd({"audit"}), 0);
    EXPECT_TRUE(HttpClient(m_server.url()).textOf("sample-welcome-0001").startsWith("# Welcome"));
    m_mariadb.execute("UPDATE tandem_1.documents SET head = 7 WHERE id = 'sample-minutes-0001'");
    EXPECT_EQ(command.runToEnd({"verify"}), 1);
    EXPECT_TRUE(command.output().contains("sample-minutes-0001 the log ends at version 1"));
}

TEST_F(MariadbServerTest, AKilledServerLosesAndDoublesNothing) {
    startOne();
    TypingCrowd crowd(m_random.bits());
    addThree(crowd);
    for (int round = 0; round < 6; ++round) {
        SCOPED_TRACE("round " + std::to_string(round));
        crowd.typeFor(static_cast<int>(30 + m_random.below(300)));
        m_server.kill();
        crowd.typeFor(50);
        ASSERT_TRUE(m_server.start()) << m_server.output().toStdString();
        ASSERT_NO_FATAL_FAILURE(expectNothingLost(crowd));
    }
}

TEST_F(MariadbServerTest, ADatabaseThatIsKilledOrRestartedLosesNothingAndTypingGoesOn) {
    startOne();
    TypingCrowd crowd(m_random.bits());
    addThree(crowd);
    for (int round = 0; round < 4; ++round) {
        SCOPED_TRACE("round " + std::to_string(round));
        EXPECT_EQ(readiness(), 200);
        crowd.typeFor(static_cast<int>(30 + m_random.below(300)));
        if (round % 2 == 0)
            m_mariadb.kill();
        else
            m_mariadb.requestStop();
        crowd.typeFor(200);
        m_mariadb.stop();
        // Whoever asks is told at once.
        EXPECT_EQ(readiness(), 503);
        EXPECT_FALSE(HttpClient(m_server.url()).get("/readyz").body.contains("s3cret"));
        EXPECT_EQ(HttpClient(m_server.url()).get("/v1/docs/" + m_document.toUtf8()).status, 503);
        EXPECT_EQ(HttpClient(m_server.url()).post("/v1/docs", QJsonObject{{"title", "New"}}).status, 503);
        ASSERT_TRUE(m_mariadb.start()) << m_mariadb.output().toStdString();
        ASSERT_TRUE(waitUntil([&] { return readiness() == 200; }));
        ASSERT_NO_FATAL_FAILURE(expectNothingLost(crowd));
    }
    m_server.kill();
    EXPECT_FALSE(m_server.output().contains("QMYSQLResult"));
    ASSERT_TRUE(m_server.start());
    expectNothingLost(crowd);
}

TEST_F(MariadbServerTest, ConnectionsThatAreCutAtAnyMomentLoseAndDoubleNothing) {
    startOne();
    TypingCrowd crowd(m_random.bits());
    addThree(crowd);
    for (int round = 0; round < 40; ++round) {
        crowd.typeFor(static_cast<int>(20 + m_random.below(60)));
        m_mariadb.execute("KILL USER tandem_1@'127.0.0.1'");
    }
    expectNothingLost(crowd);
}

TEST_F(MariadbServerTest, TwoServersWithoutABusFindInTheLogWhatTheOtherOneWrote) {
    startOne();
    ServerProcess second(settings());
    ASSERT_TRUE(second.start()) << second.output().toStdString();
    TypingCrowd crowd(m_random.bits());
    addThree(crowd);
    crowd.addOperationsClient(second.websocketUrl(m_document));
    crowd.addOperationsClient(second.websocketUrl(m_document));
    crowd.addPlainClient(second.websocketUrl(m_document));
    for (int round = 0; round < 3; ++round) {
        SCOPED_TRACE("round " + std::to_string(round));
        crowd.typeFor(1'500);
        if (round == 1) {
            second.kill();
            crowd.typeFor(200);
            ASSERT_TRUE(second.start()) << second.output().toStdString();
        }
        ASSERT_NO_FATAL_FAILURE(expectNothingLost(crowd));
        EXPECT_EQ(HttpClient(second.url()).textOf(m_document), HttpClient(m_server.url()).textOf(m_document));
    }
    // What is deleted on one is gone on the other.
    const QByteArray path = "/v1/docs/" + m_document.toUtf8();
    EXPECT_EQ(HttpClient(second.url()).request("DELETE", path, {}, {}).status, 204);
    EXPECT_EQ(HttpClient(m_server.url()).get(path).status, 404);
}

TEST_F(MariadbServerTest, AServerWithoutItsDatabaseEndsWithASentence) {
    m_database.password = "s3cret-wrong";
    ServerProcess locked(settings());
    EXPECT_EQ(locked.runToEnd(), 1);
    EXPECT_TRUE(locked.output().contains("cannot be used: Access denied")) << locked.output().toStdString();
    EXPECT_FALSE(locked.output().contains("s3cret"));
}

} // namespace tandem
