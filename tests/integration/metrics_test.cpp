// What the server tells Prometheus of its work, and whom.
#include "integration/json_socket.h"
#include "integration/rest_fixture.h"
#include "integration/waiting.h"

#include <QJsonArray>

namespace tandem {

namespace {

class MetricsTest : public RestFixture {
protected:
    explicit MetricsTest(const QStringList& arguments = {}) : RestFixture(arguments) {}

    // The value of a line, by its name with labels; -1: there is none.
    double value(const QByteArray& name) const {
        for (const QByteArray& line : get("/metrics").body.split('\n')) {
            if (line.startsWith(name + ' '))
                return line.mid(name.size() + 1).toDouble();
        }
        return -1;
    }
};

class MetricsWithAdminTest : public MetricsTest {
protected:
    MetricsWithAdminTest()
        : MetricsTest({QStringLiteral("--admin-token"), QStringLiteral("0123456789abcdef"),
                       QStringLiteral("--trusted-proxies"), QStringLiteral("127.0.0.1")}) {}
};

} // namespace

TEST_F(MetricsTest, WhatPeopleDoIsCounted) {
    EXPECT_EQ(value("tandem_build_info{version=\"" TANDEM_VERSION "\"}"), 1);
    EXPECT_EQ(value("tandem_connections"), 0);
    EXPECT_EQ(value("tandem_bus_connected"), 1);
    const QByteArray path = create(QStringLiteral("text"));
    JsonSocket socket;
    ASSERT_TRUE(socket.open(m_server.websocketUrl(idOf(path)), JsonSocket::Kind::plain));
    ASSERT_FALSE(socket.next(QStringLiteral("snapshot")).isEmpty());
    const auto insert = [&](const QString& id, int index, int version) {
        socket.send({{QStringLiteral("type"), QStringLiteral("edit.insert")},
                     {QStringLiteral("id"), id},
                     {QStringLiteral("index"), index},
                     {QStringLiteral("text"), QStringLiteral("x")},
                     {QStringLiteral("version"), version}});
    };
    insert(QStringLiteral("one"), 0, 1);
    ASSERT_FALSE(socket.next(QStringLiteral("ack")).isEmpty());
    insert(QStringLiteral("two"), 99, 1);
    ASSERT_FALSE(socket.next(QStringLiteral("nack")).isEmpty());

    EXPECT_EQ(value("tandem_connections"), 1);
    EXPECT_EQ(value("tandem_open_documents"), 1);
    EXPECT_EQ(value("tandem_unacked_changes"), 0);
    EXPECT_EQ(value("tandem_changes_total{result=\"committed\"}"), 1);
    EXPECT_EQ(value("tandem_changes_total{result=\"refused\"}"), 1);
    EXPECT_EQ(value("tandem_commit_seconds_count"), 1);
    EXPECT_EQ(value("tandem_broadcast_seconds_count"), 1);
    EXPECT_EQ(value("tandem_document_load_seconds_count"), 1);
    EXPECT_GT(value("process_resident_memory_bytes"), 1e6);
    EXPECT_GT(value("tandem_http_requests_total{status=\"2xx\"}"), 1);
    get("/nowhere");
    EXPECT_EQ(value("tandem_http_requests_total{status=\"4xx\"}"), 1);
    socket.close();
    EXPECT_TRUE(waitUntil([this] { return value("tandem_connections") == 0; }));
}

TEST_F(MetricsTest, AClientOfAnotherLogIsAResync) {
    const QByteArray path = create(QStringLiteral("text"));
    JsonSocket socket;
    ASSERT_TRUE(socket.open(m_server.websocketUrl(idOf(path)), JsonSocket::Kind::operations));
    socket.send({{QStringLiteral("type"), QStringLiteral("hello")},
                 {QStringLiteral("name"), QStringLiteral("Ana")},
                 {QStringLiteral("color"), 1},
                 {QStringLiteral("replicas"), QJsonArray()},
                 {QStringLiteral("client"), QStringLiteral("test")},
                 {QStringLiteral("epoch"), QStringLiteral("another")},
                 {QStringLiteral("after"), 1}});
    ASSERT_FALSE(socket.next(QStringLiteral("snapshot")).isEmpty());
    EXPECT_EQ(value("tandem_resyncs_total{reason=\"other_log\"}"), 1);
    EXPECT_EQ(value("tandem_resyncs_total{reason=\"far_behind\"}"), 0);
}

TEST_F(MetricsTest, NoLineNamesADocumentOrAPerson) {
    const QByteArray path = create(QStringLiteral("secret text"), QStringLiteral("Secret title"));
    get(path);
    const QByteArray lines = get("/metrics").body;
    EXPECT_FALSE(lines.contains(idOf(path).toUtf8()));
    EXPECT_FALSE(lines.toLower().contains("secret"));
    EXPECT_EQ(get("/metrics").header("Content-Type"), "text/plain; version=0.0.4; charset=utf-8");
}

TEST_F(MetricsTest, WhoeverComesThroughAProxyIsNotFromThisMachine) {
    expectProblem(get("/metrics", {{"X-Forwarded-For", "127.0.0.1"}}), 401);
}

TEST_F(MetricsWithAdminTest, TheAdminSeesThemFromElsewhereAndOthersDoNot) {
    const HttpClient::Headers proxied = {{"X-Forwarded-For", "203.0.113.7"}};
    expectProblem(get("/metrics", proxied), 401);
    HttpClient::Headers shown = proxied;
    shown["Authorization"] = "Bearer wrong-0123456789";
    expectProblem(get("/metrics", shown), 403);
    shown["Authorization"] = "Bearer 0123456789abcdef";
    EXPECT_EQ(get("/metrics", shown).status, 200);
}

} // namespace tandem
