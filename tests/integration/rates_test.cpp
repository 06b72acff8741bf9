// What one address may ask of the server: more is refused with words, and other addresses do not notice.
#include "integration/json_socket.h"
#include "integration/raw_socket.h"
#include "integration/raw_websocket.h"
#include "integration/rest_fixture.h"
#include "integration/waiting.h"

#include "process/descriptor_limit.h"
#include "protocol/limits.h"

#include <algorithm>
#include <deque>

namespace tandem {

namespace {

// Addresses of this machine, so that each case has one whose rates nobody has used.
QHostAddress from(int last) {
    return QHostAddress(QStringLiteral("127.0.0.%1").arg(last));
}

const QHostAddress elsewhere = from(99);

constexpr std::size_t socketsPerAddress = 100;

class RatesTest : public RestFixture {
protected:
    explicit RatesTest(std::size_t sockets = socketsPerAddress)
        : RestFixture({"--sockets-per-address", QString::number(sockets)}) {}
    void SetUp() override {
        raiseDescriptorLimit();
        RestFixture::SetUp();
        m_document = idOf(create("text"));
        ASSERT_FALSE(m_document.isEmpty());
    }
    void TearDown() override { EXPECT_EQ(HttpClient(m_server.url(), elsewhere).get("/healthz").status, 200); }

    QByteArray requestLine(const QByteArray& path, const QByteArray& headers = {}) const {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
    }
    // What the server answers to these requests in one connection.
    std::vector<HttpReply> answersTo(const QByteArray& requests, const QHostAddress& source) const {
        RawSocket socket(m_server.url(), source);
        socket.send(requests);
        socket.waitForEnd();
        QByteArray received = socket.received();
        std::vector<HttpReply> replies;
        while (!received.isEmpty()) {
            replies.push_back(takeReply(received));
            if (replies.back().status == 0)
                break;
        }
        return replies;
    }
    static void expectTooMany(const HttpReply& reply) {
        EXPECT_EQ(reply.status, 429);
        EXPECT_EQ(reply.header("Content-Type"), "application/problem+json");
        EXPECT_GE(reply.header("Retry-After").toInt(), 1);
        EXPECT_FALSE(reply.json()["detail"].toString().isEmpty());
        EXPECT_EQ(reply.json()["request_id"].toString().toUtf8(), reply.header("X-Request-Id"));
    }
    static void expectTooMany(const RawSocket& socket) {
        EXPECT_TRUE(socket.waitForEnd());
        QByteArray received = socket.received();
        expectTooMany(takeReply(received));
    }
    QUrl websocket() const { return m_server.websocketUrl(m_document); }
    // Opens so many WebSockets and waits for their upgrade.
    void openWebsockets(std::size_t count, const QHostAddress& source, const QByteArray& protocol) {
        // Until it is upgraded each is one of the connections, of which there may be fewer.
        for (std::size_t left = count; left > 0; left -= std::min(left, connectionsAtOnce)) {
            const std::size_t before = m_sockets.size();
            for (std::size_t i = 0; i < std::min(left, connectionsAtOnce); ++i)
                m_sockets.emplace_back(m_server.url(), source).send(upgradeRequest(websocket(), protocol));
            for (std::size_t i = before; i < m_sockets.size(); ++i)
                ASSERT_EQ(m_sockets[i].status(), 101) << i;
        }
    }
    static constexpr std::size_t connectionsAtOnce = limits::connectionsPerAddress / 2;

    QString m_document;
    std::deque<RawSocket> m_sockets;
};

class ManySocketsTest : public RatesTest {
protected:
    ManySocketsTest() : RatesTest(limits::websocketsPerAddress) {}
};

} // namespace

TEST_F(RatesTest, MoreRequestsThanABurstAreRefusedWith429AndEndTheConnection) {
    const int most = limits::requestsAtOnce / limits::costlyRequestWeight;
    const auto replies =
        answersTo(requestLine("/v1/docs/" + m_document.toUtf8() + "/authors").repeated(4 * most), from(2));
    ASSERT_GT(replies.size(), static_cast<std::size_t>(most - 1)) << "the connection counted as well";
    ASSERT_LT(replies.size(), static_cast<std::size_t>(4 * most));
    expectTooMany(replies.back());
    for (std::size_t i = 0; i + 1 < replies.size(); ++i)
        ASSERT_EQ(replies[i].status, 200) << i;
    EXPECT_EQ(replies.back().header("Connection"), "close");
}

TEST_F(RatesTest, AFloodOfSmallRequestsIsRefusedAndOtherAddressesAreServed) {
    const auto replies = answersTo(requestLine("/healthz").repeated(30'000), from(3));
    ASSERT_GE(replies.size(), static_cast<std::size_t>(limits::requestsAtOnce - 1));
    ASSERT_LT(replies.size(), 30'000u);
    expectTooMany(replies.back());
    const auto others = answersTo(requestLine("/healthz", "Connection: close\r\n"), elsewhere);
    ASSERT_EQ(others.size(), 1u);
    EXPECT_EQ(others[0].status, 200);
}

TEST_F(RatesTest, ConnectionsThatAskForNothingCountAsWell) {
    // All that may be asked for at once.
    answersTo(requestLine("/healthz").repeated(30'000), from(4));
    for (std::size_t i = 0; i + 1 < limits::connectionsPerAddress; ++i)
        m_sockets.emplace_back(m_server.url(), from(4));
    const bool refused = waitUntil([this] {
        return std::any_of(m_sockets.begin(), m_sockets.end(), [](const RawSocket& socket) {
            return socket.received().contains("Too many requests come");
        });
    });
    EXPECT_TRUE(refused);
}

TEST_F(RatesTest, BytesOfBodiesAreCountedBeforeTheyAreRead) {
    const QByteArray announced = "POST /v1/docs HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
                                 "Content-Length: " +
                                 QByteArray::number(static_cast<qsizetype>(limits::bodyBytes)) + "\r\n\r\n";
    const auto atOnce = limits::bodyBytesAtOnce / static_cast<std::int64_t>(limits::bodyBytes);
    std::int64_t taken = 0;
    HttpReply last;
    while (taken < 10 * atOnce) {
        RawSocket socket(m_server.url(), from(5));
        socket.send(announced);
        if (socket.status() != 100) {
            socket.waitForEnd();
            QByteArray received = socket.received();
            last = takeReply(received);
            break;
        }
        ++taken;
    }
    EXPECT_GE(taken, atOnce);
    expectTooMany(last);
    EXPECT_TRUE(last.json()["detail"].toString().startsWith("Too many bytes"));
}

TEST_F(RatesTest, BytesOfBodiesInChunksAreCountedAsTheyCome) {
    const QByteArray announced = "POST /v1/docs HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
                                 "Content-Length: " +
                                 QByteArray::number(static_cast<qsizetype>(limits::bodyBytes)) + "\r\n\r\n";
    // Of the burst nothing is left but what came back meanwhile.
    for (int status = 100; status == 100;) {
        RawSocket socket(m_server.url(), from(6));
        socket.send(announced);
        status = socket.status();
    }
    const QByteArray chunk = "100000\r\n" + QByteArray(0x100000, 'x') + "\r\n";
    const QByteArray chunked = "POST /v1/docs HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
                               "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n" +
                               chunk.repeated(15) + "0\r\n\r\n";
    HttpReply last;
    for (int i = 0; i < 60 && last.status != 429; ++i) {
        RawSocket socket(m_server.url(), from(6));
        socket.send(chunked);
        socket.waitForEnd();
        QByteArray received = socket.received();
        last = takeReply(received);
    }
    EXPECT_EQ(last.status, 429);
    EXPECT_TRUE(last.json()["detail"].toString().startsWith("Too many bytes"));
}

TEST_F(RatesTest, WhatWebsocketsSendCountsForTheirAddressHoweverOftenTheyComeBack) {
    constexpr std::size_t framesOfOne = 40; // less than one connection may send at once
    QByteArray ping = R"({"type":"ping"})";
    ping += QByteArray(static_cast<qsizetype>(limits::frameBytes) - ping.size(), ' ');
    const QByteArray frame = clientFrame(0x81, ping);
    const std::size_t enough = 4 * static_cast<std::size_t>(limits::bodyBytesAtOnce) / limits::frameBytes;
    bool refused = false;
    std::size_t sent = 0;
    for (; sent < enough && !refused; sent += framesOfOne) {
        openWebsockets(1, from(13), {});
        for (std::size_t i = 0; i < framesOfOne; ++i)
            m_sockets.back().send(frame);
        const RawSocket& socket = m_sockets.back();
        ASSERT_TRUE(waitUntil(
            [&] { return socket.isOver() || socket.received().count("pong") == int{framesOfOne}; }));
        refused = socket.isOver();
    }
    EXPECT_TRUE(refused);
    EXPECT_GE(sent * limits::frameBytes,
              static_cast<std::size_t>(limits::bodyBytesAtOnce) - framesOfOne * limits::frameBytes);
    RawSocket other(m_server.url(), from(14));
    other.send(upgradeRequest(websocket()));
    EXPECT_EQ(other.status(), 101);
}

TEST_F(RatesTest, AnAddressMayHaveSoManyWebsocketsOpenAndOneMoreIsRefusedBeforeTheUpgrade) {
    openWebsockets(socketsPerAddress, from(7), {});
    RawSocket more(m_server.url(), from(7));
    more.send(upgradeRequest(websocket()));
    expectTooMany(more);
    // Someone else is let in, and so is this address once one of its sockets has ended.
    openWebsockets(1, from(8), {});
    m_sockets.front().abort();
    const bool letIn = waitUntil(
        [&] {
            RawSocket again(m_server.url(), from(7));
            again.send(upgradeRequest(websocket()));
            return again.status() == 101;
        },
        20'000);
    EXPECT_TRUE(letIn);
}

TEST_F(ManySocketsTest, WebsocketsThatHaveNotSaidHelloAreBoundedInAllAndEndWith4408) {
    const QByteArray protocol = "tandem.v1";
    openWebsockets(limits::websocketsBeforeHello, from(9), protocol);
    RawSocket more(m_server.url(), from(11));
    more.send(upgradeRequest(websocket(), protocol));
    expectTooMany(more);
    // Whoever has said hello makes room for the next.
    m_sockets.front().send(
        clientFrame(0x81, R"({"type":"hello","name":"A","color":1,"replicas":[],"client":"t"})"));
    ASSERT_TRUE(m_sockets.front().waitFor("\"welcome\""));
    openWebsockets(1, from(11), protocol);
    for (std::size_t i = 1; i < m_sockets.size(); ++i)
        ASSERT_TRUE(m_sockets[i].waitFor("\x11\x38no hello came", 30'000)) << i; // 4408
    EXPECT_FALSE(m_sockets.front().isOver());
}

TEST_F(RatesTest, AnAddressMayHaveSoManyConnectionsOpenAndOneMoreIsRefusedAtOnce) {
    for (std::size_t i = 0; i < limits::connectionsPerAddress; ++i)
        m_sockets.emplace_back(m_server.url(), from(12)).send(requestLine("/healthz"));
    for (const RawSocket& socket : m_sockets)
        ASSERT_EQ(socket.status(), 200);
    RawSocket more(m_server.url(), from(12));
    expectTooMany(more);
    m_sockets.front().send(requestLine("/readyz"));
    EXPECT_TRUE(m_sockets.front().waitFor("ready"));
}

} // namespace tandem
