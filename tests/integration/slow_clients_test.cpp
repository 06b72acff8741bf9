// Whoever sends or reads slowly, or says nothing at all, is let go of: with an answer where one is possible.
// All of them are slow at the same time, and each case waits for its own.
#include "integration/http_client.h"
#include "integration/json_socket.h"
#include "integration/raw_socket.h"
#include "integration/raw_websocket.h"
#include "integration/server_process.h"
#include "integration/waiting.h"

#include <QTimer>

#include <gtest/gtest.h>

#include <deque>

namespace tandem {

namespace {

constexpr int textFrame = 0x81;
constexpr int patienceMs = 120'000; // a bound for what hangs

class SlowClientsTest : public testing::Test {
protected:
    struct Clients {
        ServerProcess server;
        QTimer everySecond;
        QString document;
        std::deque<RawSocket> trickling; // a byte a second each
        std::deque<RawSocket> silent;
        std::deque<RawSocket> unread;
        std::deque<RawSocket> pinging; // that read nothing
    };

    static void SetUpTestSuite() {
        s_clients = std::make_unique<Clients>();
        Clients& all = *s_clients;
        ASSERT_TRUE(all.server.start()) << all.server.output().toStdString();
        const QUrl url = all.server.url();
        all.document = HttpClient(url).createDocument("Large", QString(15'000'000, QLatin1Char('x')));
        ASSERT_FALSE(all.document.isEmpty());
        const QUrl websocket = all.server.websocketUrl(all.document);
        const QByteArray hello =
            clientFrame(textFrame, R"({"type":"hello","name":"A","color":1,"replicas":[],"client":"t"})");

        const QByteArray post =
            "POST /v1/docs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
        all.trickling.emplace_back(url).send("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Long: ");
        all.trickling.emplace_back(url).send(post + "Content-Length: 1000\r\n\r\n");
        all.trickling.emplace_back(url).send(post + "Transfer-Encoding: chunked\r\n\r\n3e8\r\n");
        ASSERT_TRUE(all.trickling.emplace_back(url).upgrade(websocket, "tandem.v1"));
        all.trickling.back().send(hello + clientFrame(textFrame, QByteArray("{"), 1'000));
        all.silent.emplace_back(url);
        all.silent.emplace_back(url).send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
        all.silent.emplace_back(url).send(post + "Content-Length: 1000\r\n\r\n{\"title\":");
        ASSERT_TRUE(all.silent.emplace_back(url).upgrade(websocket, "tandem.v1"));
        all.silent.back().send(hello);
        ASSERT_TRUE(all.silent.emplace_back(url).upgrade(websocket, "tandem.v1"));
        all.unread.emplace_back(url, QHostAddress(), RawSocket::Reading::no)
            .send("GET /v1/docs/" + all.document.toUtf8() + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        all.pinging.emplace_back(url, QHostAddress(), RawSocket::Reading::no).send(upgradeRequest(websocket));
        QObject::connect(&all.everySecond, &QTimer::timeout, &all.everySecond, [] {
            for (RawSocket& socket : s_clients->trickling)
                socket.send("x");
            for (RawSocket& socket : s_clients->pinging)
                socket.send(clientFrame(textFrame, R"({"type":"ping"})"));
        });
        all.everySecond.start(1'000);
    }
    static void TearDownTestSuite() { s_clients.reset(); }

    static void expectTimeout(const RawSocket& socket) {
        EXPECT_TRUE(socket.waitForEnd(patienceMs));
        QByteArray received = socket.received();
        const HttpReply reply = takeReply(received);
        EXPECT_EQ(reply.status, 408);
        EXPECT_EQ(reply.header("Content-Type"), "application/problem+json");
        EXPECT_EQ(reply.header("Connection"), "close");
        EXPECT_FALSE(reply.header("X-Request-Id").isEmpty());
    }

    static inline std::unique_ptr<Clients> s_clients;
};

} // namespace

TEST_F(SlowClientsTest, AHeaderThatTricklesInIsAnsweredWith408) {
    expectTimeout(s_clients->trickling[0]);
}

TEST_F(SlowClientsTest, ABodyThatTricklesInIsAnsweredWith408) {
    expectTimeout(s_clients->trickling[1]);
}

TEST_F(SlowClientsTest, ABodyInChunksThatTricklesInIsAnsweredWith408) {
    expectTimeout(s_clients->trickling[2]);
}

TEST_F(SlowClientsTest, ABodyThatStopsIsAnsweredWith408) {
    expectTimeout(s_clients->silent[2]);
}

TEST_F(SlowClientsTest, AWebsocketFrameThatTricklesInEndsTheConnection) {
    const RawSocket& socket = s_clients->trickling[3];
    EXPECT_TRUE(socket.received().contains("\"welcome\""));
    EXPECT_TRUE(socket.waitForEnd(patienceMs));
}

TEST_F(SlowClientsTest, AWebsocketThatAnswersNoPingEnds) {
    EXPECT_TRUE(s_clients->silent[3].received().contains("\"welcome\""));
    EXPECT_TRUE(s_clients->silent[3].waitForEnd(patienceMs));
}

TEST_F(SlowClientsTest, AWebsocketThatSaysNoHelloEndsWith4408) {
    EXPECT_TRUE(s_clients->silent[4].waitFor("\x11\x38no hello came", patienceMs));
}

TEST_F(SlowClientsTest, AConnectionThatAsksForNothingEndsWithoutAWord) {
    EXPECT_TRUE(s_clients->silent[0].waitForEnd(patienceMs));
    EXPECT_TRUE(s_clients->silent[0].received().isEmpty());
}

TEST_F(SlowClientsTest, AConnectionThatAsksForNothingMoreEndsWithoutAWord) {
    EXPECT_TRUE(s_clients->silent[1].waitForEnd(patienceMs));
    QByteArray received = s_clients->silent[1].received();
    EXPECT_EQ(takeReply(received).status, 200);
    EXPECT_TRUE(received.isEmpty());
}

// These begin to read when the cases above are over, more than a minute after they asked.
TEST_F(SlowClientsTest, AnAnswerThatIsNotReadIsGivenUp) {
    RawSocket& socket = s_clients->unread[0];
    socket.read();
    EXPECT_TRUE(socket.waitForEnd());
    EXPECT_LT(socket.received().size(), 15'000'000);
}

TEST_F(SlowClientsTest, AWebsocketThatSpeaksButReadsNothingEnds) {
    RawSocket& socket = s_clients->pinging[0];
    socket.read();
    EXPECT_TRUE(socket.waitForEnd());
    EXPECT_LT(socket.received().size(), 15'000'000);
}

TEST_F(SlowClientsTest, NobodyElseNotices) {
    JsonSocket socket;
    ASSERT_TRUE(socket.open(s_clients->server.websocketUrl(s_clients->document), JsonSocket::Kind::plain));
    EXPECT_FALSE(socket.next("snapshot").isEmpty());
    EXPECT_EQ(HttpClient(s_clients->server.url()).get("/healthz").status, 200);
}

} // namespace tandem
