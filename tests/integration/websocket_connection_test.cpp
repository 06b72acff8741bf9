// What one WebSocket has waiting to be sent, at its limit and beyond: on a real socket, whose bytes stay
// where they are while the event loop does not run.
#include "http/websocket_connection.h"

#include "http/descriptor_stream.h"
#include "http/tls_stream.h"
#include "integration/raw_socket.h"
#include "integration/raw_websocket.h"
#include "integration/waiting.h"
#include "protocol/limits.h"
#include "unit/server/manual_clock.h"

#include <QTcpServer>

#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/socket.h>

namespace tandem {

namespace {

class SilentSession final : public Session {
public:
    void opened() override {}
    void admitted(Result<Admission>) override {}
    void accessChanged(Result<Role>) override {}
    void received(std::string_view) override {}
    void closed() override {}
    void tick() override {}
};

enum class Carrier { descriptor, qtSocket };

class Server final : public QTcpServer {
public:
    // Of the next connection that comes.
    qintptr descriptor = -1;

private:
    void incomingConnection(qintptr accepted) override { descriptor = accepted; }
};

class WebsocketConnectionTest : public testing::TestWithParam<Carrier> {
protected:
    void SetUp() override {
        ASSERT_TRUE(m_server.listen(QHostAddress::LocalHost));
        m_client.emplace(url());
        m_client->send(upgradeRequest(url()));
        m_connection = &accept();
        ASSERT_EQ(m_client->status(), 101);
    }
    QUrl url() const {
        QUrl address("ws://127.0.0.1/");
        address.setPort(m_server.serverPort());
        return address;
    }
    std::unique_ptr<SocketStream> streamOn(qintptr descriptor) {
        if (GetParam() == Carrier::descriptor) {
            fcntl(static_cast<int>(descriptor), F_SETFL, O_NONBLOCK);
            return std::make_unique<DescriptorStream>(static_cast<int>(descriptor), m_poll);
        }
        auto socket = std::make_unique<QSslSocket>();
        socket->setSocketDescriptor(descriptor);
        return std::make_unique<TlsStream>(std::move(socket));
    }
    // Waits for one whose request has come as a whole.
    WebsocketConnection& accept() {
        waitUntil([&] { return m_server.descriptor >= 0; });
        QByteArray request(4096, '\0');
        const auto descriptor = static_cast<int>(std::exchange(m_server.descriptor, -1));
        waitUntil([&] {
            const auto came = ::recv(descriptor, request.data(), 4096, MSG_PEEK | MSG_DONTWAIT);
            return came > 0 && request.contains("\r\n\r\n");
        });
        static_cast<void>(
            ::recv(descriptor, request.data(), static_cast<std::size_t>(request.indexOf("\r\n\r\n") + 4), 0));
        auto stream = streamOn(descriptor);
        stream->write(upgradeAnswer("AAAAAAAAAAAAAAAAAAAAAA==", {}));
        WebsocketConnection& connection = *m_connections.emplace_back(
            std::make_unique<WebsocketConnection>(std::move(stream), nullptr, m_turn, m_clock, m_measures));
        connection.onOver = [](WebsocketConnection&) {};
        connection.begin(nullptr, std::make_unique<SilentSession>());
        return connection;
    }

    static Frame frameOf(std::size_t bytes, char letter = 'x') {
        return std::make_shared<const std::string>(bytes, letter);
    }
    // Until exactly so many bytes wait, where each frame takes so many more.
    void fillTo(std::size_t bytes, std::size_t header) {
        while (m_connection->queuedBytes() + 200'000 < bytes)
            m_connection->send(frameOf(100'000));
        m_connection->send(frameOf(bytes - m_connection->queuedBytes() - header));
        ASSERT_EQ(m_connection->queuedBytes(), bytes);
    }
    static std::function<Frame()> parts(int count, std::size_t bytes) {
        return [left = count, bytes]() mutable { return left-- > 0 ? frameOf(bytes, 'p') : nullptr; };
    }
    bool isLagging() const {
        return m_client->waitFor("\x03\xF5reading too slowly") && m_client->waitForEnd(); // 1013
    }
    bool isRead() const {
        return waitUntil([this] { return m_connection->queuedBytes() == 0; });
    }

    static constexpr char partLetter = '\x02'; // nothing else has it
    const QByteArray ofParts{1'000, 'p'};
    static constexpr std::size_t headerBytes = 10; // of a frame beyond 65,535 bytes

    Measures m_measures; // counts nothing
    Server m_server;
    std::optional<RawSocket> m_client;
    ManualClock m_clock;
    DescriptorPoll m_poll;
    WebsocketTurn m_turn;
    std::vector<std::unique_ptr<WebsocketConnection>> m_connections;
    WebsocketConnection* m_connection = nullptr; // the first
};

} // namespace

INSTANTIATE_TEST_SUITE_P(Carriers, WebsocketConnectionTest,
                         testing::Values(Carrier::descriptor, Carrier::qtSocket), [](const auto& carrier) {
                             return carrier.param == Carrier::descriptor ? "Descriptor" : "QtSocket";
                         });

TEST_P(WebsocketConnectionTest, UpToTheLimitAllIsKeptAndSentAndBeyondItTheConnectionIsLagging) {
    fillTo(limits::outboundBytes, headerBytes);
    m_connection->send(frameOf(100, 'l'));
    EXPECT_GT(m_connection->queuedBytes(), limits::outboundBytes);
    m_connection->send(frameOf(100, 'm'));
    m_connection->send(frameOf(100, 'n'));
    EXPECT_TRUE(isLagging());
    EXPECT_TRUE(m_client->received().contains(QByteArray(100, 'l'))) << "what was taken is sent";
    EXPECT_FALSE(m_client->received().contains("mm"));
    EXPECT_GT(m_client->received().size(), static_cast<qsizetype>(limits::outboundBytes));
}

TEST_P(WebsocketConnectionTest, WhoeverReadsIsNot) {
    for (int i = 0; i < 3; ++i) {
        fillTo(limits::outboundBytes, headerBytes);
        ASSERT_TRUE(isRead());
    }
    EXPECT_FALSE(m_client->isOver());
}

TEST_P(WebsocketConnectionTest, AnAnswerInPartsIsNoLagHoweverLargeItIs) {
    m_connection->sendParts(parts(3, 3 * limits::outboundBytes));
    EXPECT_EQ(m_connection->queuedBytes(), 0u);
    // What comes behind it counts as ever.
    fillTo(limits::outboundBytes, 0);
    ASSERT_TRUE(isRead());
    // What the network has taken may still be on its way.
    const QByteArray& received = m_client->received();
    EXPECT_TRUE(waitUntil([&] {
        return received.size() > static_cast<qsizetype>(10 * limits::outboundBytes) &&
               received.endsWith("xx");
    }));
    EXPECT_FALSE(m_client->isOver());
    EXPECT_LT(received.lastIndexOf(ofParts), received.indexOf(QByteArray(1'000, 'x'))) << "in order";
}

TEST_P(WebsocketConnectionTest, BehindAnAnswerInPartsThereIsALimitAsWell) {
    m_connection->sendParts(parts(1, 3 * limits::outboundBytes));
    fillTo(limits::outboundBytes, 0);
    m_connection->send(frameOf(100));
    m_connection->send(frameOf(100));
    EXPECT_TRUE(isLagging());
}

TEST_P(WebsocketConnectionTest, AThirdAnswerInPartsBeforeTheFirstIsOutIsLagging) {
    m_connection->sendParts(parts(1, 1024 * 1024));
    m_connection->sendParts(parts(1, 1024 * 1024));
    ASSERT_TRUE(waitUntil([this] { return m_client->received().size() > 2 * 1024 * 1024; }));
    for (int i = 0; i < 3; ++i)
        m_connection->sendParts(parts(1, 1024 * 1024));
    EXPECT_TRUE(isLagging());
}

TEST_P(WebsocketConnectionTest, WhoeverTakesNothingForLongIsLaggingThoughItSpeaks) {
    RawSocket mute(url(), {}, RawSocket::Reading::no);
    mute.send(upgradeRequest(url()));
    WebsocketConnection& connection = accept();
    const auto speakAfter = [&](std::int64_t ms) {
        m_clock.nowMs += ms;
        mute.send(clientFrame(0x81, "I am here"));
        spin(100);
        connection.tick();
    };
    // That nothing waits is no lag.
    speakAfter(limits::deadAfterMs);
    speakAfter(limits::deadAfterMs);
    // More than the network keeps.
    connection.sendParts(parts(1, 64 * 1024 * 1024));
    spin(500);
    speakAfter(limits::deadAfterMs);
    EXPECT_FALSE(mute.isOver());
    speakAfter(1);
    mute.read();
    EXPECT_TRUE(mute.waitFor("\x03\xF5reading too slowly"));
    EXPECT_TRUE(mute.waitForEnd());
}

} // namespace tandem
