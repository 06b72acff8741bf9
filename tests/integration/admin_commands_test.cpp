// What an operator asks of the program instead of serving, with the real program and a real database.
#include "integration/http_client.h"
#include "integration/server_process.h"
#include "integration/waiting.h"

#include <QFile>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTcpSocket>

#include <gtest/gtest.h>

namespace tandem {
namespace {

class AdminCommandsTest : public testing::Test {
protected:
    int run(const QStringList& words) { return m_server.runToEnd(words); }
    bool wrote(const char* words) const { return m_server.output().contains(QString::fromUtf8(words)); }
    // Runs a statement in the database of the stopped server.
    void change(const QString& statement) {
        {
            QSqlDatabase database = QSqlDatabase::addDatabase("QSQLITE", "test");
            database.setDatabaseName(m_server.dataFolder() + "/tandem.db");
            ASSERT_TRUE(database.open());
            QSqlQuery query(database);
            ASSERT_TRUE(query.exec(statement));
            ASSERT_EQ(query.numRowsAffected(), 1);
        }
        QSqlDatabase::removeDatabase("test");
    }

    ServerProcess m_server;
};

} // namespace

TEST_F(AdminCommandsTest, ADatabaseIsMadeFilledAndServed) {
    EXPECT_EQ(run({"migrate"}), 1);
    EXPECT_TRUE(wrote("There is no database"));
    EXPECT_EQ(run({"init-db"}), 0);
    EXPECT_EQ(run({"init-db"}), 0) << "a second time it changes nothing";
    EXPECT_EQ(run({"migrate"}), 0);
    EXPECT_EQ(run({"seed"}), 0);
    EXPECT_TRUE(wrote("made sample-welcome-0001"));
    EXPECT_EQ(run({"seed"}), 0);
    EXPECT_TRUE(wrote("was there sample-welcome-0001"));
    ASSERT_TRUE(m_server.start());
    EXPECT_TRUE(HttpClient(m_server.url()).textOf("sample-welcome-0001").startsWith("# Welcome"));
}

TEST_F(AdminCommandsTest, ADumpShowsTheLogTheElementsAndTheText) {
    ASSERT_TRUE(m_server.start());
    const QString document = HttpClient(m_server.url()).createDocument("Notes", "ab\nc");
    ASSERT_FALSE(document.isEmpty());
    ASSERT_EQ(m_server.terminate(), 0);
    EXPECT_EQ(run({"dump", document}), 0);
    EXPECT_TRUE(wrote("\"Notes\"")) << m_server.output().toStdString();
    EXPECT_TRUE(wrote("right of the start \"ab\\nc\""));
    EXPECT_TRUE(m_server.output().endsWith("text\nab\nc\n"));
    EXPECT_EQ(run({"dump", "no-such-document-1"}), 1);
    EXPECT_EQ(run({"dump"}), 2);
}

TEST_F(AdminCommandsTest, VerifyFindsWhatIsDamagedAndPassesWhatIsWhole) {
    ASSERT_TRUE(m_server.start());
    const QString whole = HttpClient(m_server.url()).createDocument("Whole", "text");
    const QString damaged = HttpClient(m_server.url()).createDocument("Damaged", "text");
    ASSERT_EQ(m_server.terminate(), 0);
    EXPECT_EQ(run({"verify"}), 0);
    EXPECT_TRUE(wrote("2 documents, 2 changes, 0 problems")) << m_server.output().toStdString();
    change("UPDATE documents SET head = 2 WHERE id = '" + damaged + "'");
    EXPECT_EQ(run({"verify"}), 1);
    EXPECT_TRUE(m_server.output().contains(damaged + " the log ends at version 1"));
    EXPECT_FALSE(m_server.output().contains(whole));
}

TEST_F(AdminCommandsTest, WhetherAServerIsReadyIsAskedOfTheServerItself) {
    ASSERT_TRUE(m_server.start());
    const QStringList settings{"--port", QString::number(m_server.url().port())};
    ServerProcess question(settings);
    EXPECT_EQ(question.runToEnd({"ready"}), 0);
    EXPECT_TRUE(question.output().contains("is ready: {\"status\":\"ready\"}"))
        << question.output().toStdString();
    for (const char* everywhere : {"0.0.0.0", "::"}) {
        ServerProcess open(settings + QStringList{"--host", everywhere, "--access", "links"});
        EXPECT_EQ(open.runToEnd({"ready"}), everywhere[0] == '0' ? 0 : 1) << open.output().toStdString();
    }
    // Somebody whose request is half there holds the stop up.
    QTcpSocket slow;
    slow.connectToHost(m_server.url().host(), static_cast<quint16>(m_server.url().port()));
    ASSERT_TRUE(slow.waitForConnected());
    slow.write("POST /v1/docs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
               "Content-Length: 13\r\n\r\n{\"title\"");
    ASSERT_TRUE(slow.waitForBytesWritten());
    spin(200);
    m_server.requestStop();
    ASSERT_TRUE(waitUntil([&] { return HttpClient(m_server.url()).get("/readyz").status == 503; }));
    EXPECT_EQ(question.runToEnd({"ready"}), 1);
    EXPECT_TRUE(question.output().contains("is not ready: {")) << question.output().toStdString();
    EXPECT_TRUE(question.output().contains("The server stops.")) << question.output().toStdString();
    slow.abort();
    ASSERT_EQ(m_server.terminate(), 0);
    EXPECT_EQ(question.runToEnd({"ready"}), 1);
    EXPECT_TRUE(question.output().contains("No server answers")) << question.output().toStdString();
}

TEST_F(AdminCommandsTest, WhatIsNoCommandOrMeetsARunningServerIsSaid) {
    EXPECT_EQ(run({"frobnicate"}), 2);
    EXPECT_TRUE(wrote("There is no command frobnicate"));
    EXPECT_EQ(run({"verify", "everything"}), 2);
    ASSERT_TRUE(m_server.start());
    ServerProcess other({"--data-dir", m_server.dataFolder()});
    EXPECT_EQ(other.runToEnd({"verify"}), 1);
    EXPECT_TRUE(other.output().contains("uses the database")) << other.output().toStdString();
    EXPECT_EQ(HttpClient(m_server.url()).get("/readyz").status, 200);
}

} // namespace tandem
