// While one client does what it should not, the others type on: all that they typed is acked and there once,
// and they end equal.
#include "integration/http_client.h"
#include "integration/raw_socket.h"
#include "integration/raw_websocket.h"
#include "integration/server_process.h"
#include "integration/typing_crowd.h"
#include "integration/waiting.h"

#include "base/random.h"

#include <QTimer>

#include <gtest/gtest.h>

#include <deque>

namespace tandem {

namespace {

constexpr int text = 0x81;
constexpr int binary = 0x82;
constexpr int typingMs = 2'000;
constexpr qint64 mostToWrite = 4 * 1024 * 1024; // of this test's memory

class MisbehavingClientsTest : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(m_server.start()) << m_server.output().toStdString();
        m_document = HttpClient(m_server.url()).createDocument("Shared");
        ASSERT_FALSE(m_document.isEmpty());
        m_crowd.addOperationsClient(url());
        m_crowd.addOperationsClient(url());
        m_crowd.addPlainClient(url());
        ASSERT_EQ(m_crowd.settle(), std::nullopt);
    }
    QUrl url() const { return m_server.websocketUrl(m_document); }

    // `misbehave` is called many times a second while people type.
    void typeWhile(const std::function<void()>& misbehave) {
        QTimer timer;
        QObject::connect(&timer, &QTimer::timeout, &timer, misbehave);
        timer.start(5);
        m_crowd.typeFor(typingMs);
        timer.stop();
        const auto unsettled = m_crowd.settle();
        ASSERT_FALSE(unsettled) << unsettled->toStdString();
        const auto differences = m_crowd.differences(HttpClient(m_server.url()).textOf(m_document));
        ASSERT_FALSE(differences) << differences->toStdString();
        EXPECT_GT(m_crowd.typedCount(), 100u);
    }
    // Sends over and over; a connection that was ended is made anew, as a stubborn client does. The ends are
    // counted.
    int flood(const QByteArray& opening, const QByteArray& bytes, RawSocket::Reading reading) {
        int ends = 0;
        std::optional<RawSocket> socket;
        typeWhile([&] {
            if (socket && socket->isOver()) {
                socket.reset();
                ++ends;
            }
            if (!socket)
                socket.emplace(m_server.url(), QHostAddress(), reading).send(opening);
            if (socket->bytesToWrite() < mostToWrite)
                socket->send(bytes);
        });
        return ends;
    }

    ServerProcess m_server;
    QString m_document;
    TypingCrowd m_crowd{20'273};
};

} // namespace

TEST_F(MisbehavingClientsTest, OneSendsFarTooFast) {
    const QByteArray ping = clientFrame(text, R"({"type":"ping"})");
    EXPECT_GT(flood(upgradeRequest(url()), ping.repeated(500), RawSocket::Reading::yes), 0);
}

TEST_F(MisbehavingClientsTest, OneMovesItsCaretFarTooFast) {
    const QByteArray move = clientFrame(text, R"({"type":"cursor.update","tail":0,"head":0})");
    EXPECT_GT(flood(upgradeRequest(url()), move.repeated(100), RawSocket::Reading::yes), 0);
}

TEST_F(MisbehavingClientsTest, OneSendsFramesAsLargeAsTheyMayBe) {
    QByteArray ping = R"({"type":"ping"})";
    ping += QByteArray(1024 * 1024 - ping.size(), ' ');
    EXPECT_GT(flood(upgradeRequest(url()), clientFrame(text, ping), RawSocket::Reading::yes), 0);
}

TEST_F(MisbehavingClientsTest, OneSendsFramesThatAreTooLarge) {
    const QByteArray frame = clientFrame(binary, QByteArray(2 * 1024 * 1024, 'x'));
    EXPECT_GT(flood(upgradeRequest(url(), "tandem.v1"), frame, RawSocket::Reading::yes), 0);
}

TEST_F(MisbehavingClientsTest, OneSendsGarbage) {
    SeededRandom random(20'274);
    QByteArray garbage(10'000, '\0');
    for (char& each : garbage)
        each = static_cast<char>(random.below(256));
    EXPECT_GT(flood(upgradeRequest(url()), garbage, RawSocket::Reading::yes), 0);
    EXPECT_GT(
        flood(upgradeRequest(url(), "tandem.v1"), clientFrame(binary, garbage), RawSocket::Reading::yes), 0);
    EXPECT_GT(flood({}, garbage, RawSocket::Reading::yes), 0);
}

TEST_F(MisbehavingClientsTest, OneNeverReadsWhatItAsksFor) {
    const QByteArray ping = clientFrame(text, R"({"type":"hello","name":"x"})");
    flood(upgradeRequest(url()), ping.repeated(10), RawSocket::Reading::no);
    const QString large =
        HttpClient(m_server.url()).createDocument("Large", QString(4'000'000, QLatin1Char('x')));
    flood({}, "GET /v1/docs/" + large.toUtf8() + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
          RawSocket::Reading::no);
    // Many at once.
    std::deque<RawSocket> sockets;
    typeWhile([&] {
        if (sockets.size() < 100)
            sockets.emplace_back(m_server.url(), QHostAddress(), RawSocket::Reading::no)
                .send("GET /v1/docs/" + large.toUtf8() + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    });
}

TEST_F(MisbehavingClientsTest, OneAsksMoreOverHttpThanAnyoneMay) {
    const QByteArray costly = "GET /v1/docs/no-such-document-1/authors HTTP/1.1\r\nHost: localhost\r\n\r\n";
    EXPECT_GT(flood({}, costly.repeated(20), RawSocket::Reading::yes), 0);
}

// Each edit of such a document once cost as much as counting its whole text.
TEST_F(MisbehavingClientsTest, OneTypesWithoutPauseIntoAnotherDocumentThatIsVeryLarge) {
    HttpClient client(m_server.url());
    const QString large = client.createDocument("Large", QString(16'000'000, QLatin1Char('x')));
    const QByteArray more =
        R"({"id":"more","edits":[{"index":0,"insert":")" + QByteArray(2'000'000, 'y') + R"("}]})";
    ASSERT_EQ(client.post("/v1/docs/" + large.toUtf8() + "/edits", more).status, 200);
    int edit = 0;
    RawSocket socket(m_server.url());
    ASSERT_TRUE(socket.upgrade(m_server.websocketUrl(large)));
    typeWhile([&] {
        if (edit < 900) // what is allowed
            socket.send(clientFrame(text, R"({"type":"edit.insert","index":0,"text":"z","id":")" +
                                              QByteArray::number(++edit) + "\"}"));
    });
    EXPECT_TRUE(socket.waitFor("\"id\":\"" + QByteArray::number(edit) + "\"", 60'000));
    EXPECT_GT(edit, 100);
}

} // namespace tandem
