// POST with an Idempotency-Key: what comes twice is done once.
#include "integration/rest_fixture.h"

#include <QJsonArray>
#include <QTcpSocket>

namespace tandem {

namespace {

class RepeatedRequestsTest : public RestFixture {
protected:
    HttpReply post(const QByteArray& path, const QByteArray& body, const QByteArray& key) {
        return send("POST", path, body, {{"Idempotency-Key", key}});
    }
    qsizetype documentCount() { return get("/v1/docs").json()[QStringLiteral("documents")].toArray().size(); }
};

} // namespace

TEST_F(RepeatedRequestsTest, ARepeatedPostIsAnsweredAsTheFirstTimeAndDoneOnce) {
    const HttpReply first = post("/v1/docs", R"({"title":"Notes","text":"a"})", "key-1");
    ASSERT_EQ(first.status, 201) << first.body.toStdString();
    EXPECT_FALSE(first.headers.contains("idempotency-replayed"));
    const QByteArray path = first.header("Location");
    ASSERT_EQ(send("PATCH", path, R"({"title":"Renamed"})").status, 200);
    for (int i = 0; i < 2; ++i) {
        const HttpReply again = post("/v1/docs", R"({"title":"Notes","text":"a"})", "key-1");
        EXPECT_EQ(again.status, 201);
        EXPECT_EQ(again.body, first.body);
        EXPECT_EQ(again.header("Location"), path);
        EXPECT_EQ(again.header("ETag"), first.header("ETag"));
        EXPECT_EQ(again.header("Content-Type"), "application/json");
        EXPECT_EQ(again.header("Idempotency-Replayed"), "true");
        EXPECT_NE(again.header("X-Request-Id"), first.header("X-Request-Id"));
        m_server.kill();
        ASSERT_TRUE(m_server.start());
    }
    EXPECT_EQ(documentCount(), 1);
    EXPECT_EQ(post("/v1/docs", R"({"title":"Notes","text":"a"})", "key-2").status, 201);
    EXPECT_EQ(documentCount(), 2);
}

TEST_F(RepeatedRequestsTest, AKeyThatComesWithAnotherRequestIsRefused) {
    ASSERT_EQ(post("/v1/docs", R"({"title":"Notes"})", "key").status, 201);
    expectProblem(post("/v1/docs", R"({"title":"Other"})", "key"), 422);
    const QByteArray path = create(QString());
    expectProblem(post(path + "/edits", R"({"title":"Notes"})", "key"), 422);
    expectProblem(post("/v1/docs?x=1", R"({"title":"Notes"})", "key"), 422);
    EXPECT_EQ(documentCount(), 2);
}

TEST_F(RepeatedRequestsTest, ARefusalIsAnsweredAgainToo) {
    const HttpReply first = post("/v1/docs", R"({"title":""})", "key");
    expectProblem(first, 400);
    const HttpReply again = post("/v1/docs", R"({"title":""})", "key");
    EXPECT_EQ(again.status, 400);
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(again.header("Content-Type"), "application/problem+json");
}

TEST_F(RepeatedRequestsTest, TheSamePostOnManyConnectionsAtOnceIsDoneOnce) {
    const QByteArray body = R"({"title":"Notes","text":"once"})";
    const QByteArray request = "POST /v1/docs HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                               "Content-Type: application/json\r\nIdempotency-Key: key\r\nContent-Length: " +
                               QByteArray::number(body.size()) + "\r\n\r\n" + body;
    std::vector<std::unique_ptr<QTcpSocket>> sockets;
    for (int i = 0; i < 12; ++i) {
        sockets.push_back(std::make_unique<QTcpSocket>());
        sockets.back()->connectToHost(m_server.url().host(), static_cast<quint16>(m_server.url().port()));
        ASSERT_TRUE(sockets.back()->waitForConnected());
        sockets.back()->write(request);
        sockets.back()->flush();
    }
    for (const auto& socket : sockets) {
        while (socket->state() == QAbstractSocket::ConnectedState && socket->waitForReadyRead()) {
        }
        QByteArray received = socket->readAll();
        const int status = takeReply(received).status;
        EXPECT_TRUE(status == 201 || status == 409) << status;
    }
    EXPECT_EQ(documentCount(), 1);
    EXPECT_EQ(post("/v1/docs", body, "key").status, 201);
    EXPECT_EQ(documentCount(), 1);
}

TEST_F(RepeatedRequestsTest, WrongKeysAreRefusedAndOtherMethodsNeedNone) {
    expectProblem(post("/v1/docs", R"({"title":"a"})", QByteArray(256, 'k')), 400);
    expectProblem(post("/v1/docs", R"({"title":"a"})", "two words"), 400);
    expectProblem(post("/v1/docs", R"({"title":"a"})", "\xC3\xA4"), 400);
    EXPECT_EQ(documentCount(), 0);
    EXPECT_EQ(post("/v1/docs", R"({"title":"a"})", QByteArray(255, 'k')).status, 201);
    const QByteArray path = create(QString());
    EXPECT_EQ(send("PATCH", path, R"({"title":"b"})", {{"Idempotency-Key", "key"}}).status, 200);
    EXPECT_EQ(send("PATCH", path, R"({"title":"c"})", {{"Idempotency-Key", "key"}}).status, 200);
}

} // namespace tandem
