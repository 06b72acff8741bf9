// Connections break in all the ways a network knows: nothing that was typed meanwhile is lost or doubled.
#include "integration/http_client.h"
#include "integration/server_process.h"
#include "integration/tcp_proxy.h"
#include "integration/typing_crowd.h"
#include "integration/waiting.h"

#include <gtest/gtest.h>

namespace tandem {
namespace {

using Direction = TcpProxy::Direction;
using Line = TcpProxy::Line;

constexpr int rounds = 10;

class ReconnectTest : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(m_server.start()) << m_server.output().toStdString();
        m_documentId = HttpClient(m_server.url()).createDocument("Lines");
        ASSERT_FALSE(m_documentId.isEmpty());
        m_proxy = std::make_unique<TcpProxy>(std::vector{m_server.url()});
    }

    QUrl direct() const { return m_server.websocketUrl(m_documentId); }
    QUrl proxied() const { return m_proxy->through(direct()); }

    // Two of them by way of the proxy.
    void addThree() {
        m_crowd.addOperationsClient(proxied());
        m_crowd.addPlainClient(proxied());
        m_crowd.addOperationsClient(direct());
        expectNothingLost();
    }

    // What is sent in this direction is swallowed for a while, and then the connection is cut.
    void typeIntoAHole(Direction direction) {
        ASSERT_NO_FATAL_FAILURE(addThree());
        for (int round = 0; round < rounds; ++round) {
            m_crowd.typeFor(40);
            m_proxy->setLine(direction, Line::hole);
            m_crowd.typeFor(60);
            m_proxy->cut();
            m_proxy->setLine(direction, Line::whole);
            ASSERT_NO_FATAL_FAILURE(expectNothingLost());
        }
    }

    // Everyone connected, everyone equal, each word once.
    void expectNothingLost() {
        m_crowd.retryNow();
        const auto unsettled = m_crowd.settle();
        ASSERT_FALSE(unsettled) << unsettled->toStdString();
        const auto differences = m_crowd.differences(HttpClient(m_server.url()).textOf(m_documentId));
        ASSERT_FALSE(differences) << differences->toStdString();
    }

    ServerProcess m_server;
    QString m_documentId;
    std::unique_ptr<TcpProxy> m_proxy;
    SeededRandom m_random{20'261};
    TypingCrowd m_crowd{20'262};
};

TEST_F(ReconnectTest, ACutConnectionLosesNothingOfEitherSide) {
    OperationsClient& cut = m_crowd.addOperationsClient(direct());
    m_crowd.addOperationsClient(direct());
    PlainClient& plain = m_crowd.addPlainClient(direct());
    ASSERT_NO_FATAL_FAILURE(expectNothingLost());
    for (int round = 0; round < rounds; ++round) {
        m_crowd.typeFor(static_cast<int>(m_random.below(80)));
        cut.client.cutConnection();
        m_crowd.typeFor(static_cast<int>(m_random.below(80)));
        plain.cutConnection();
        m_crowd.typeFor(static_cast<int>(m_random.below(80)));
        ASSERT_NO_FATAL_FAILURE(expectNothingLost());
    }
}

TEST_F(ReconnectTest, ConnectionsThatEndWithinAFrameLoseNothing) {
    ASSERT_NO_FATAL_FAILURE(addThree());
    for (int round = 0; round < rounds; ++round) {
        const Direction direction = round % 2 == 0 ? Direction::toServer : Direction::toClient;
        m_proxy->cutAfter(direction, static_cast<qint64>(1 + m_random.below(2'000)));
        m_crowd.typeFor(150);
        m_proxy->cut();
        ASSERT_NO_FATAL_FAILURE(expectNothingLost());
    }
}

TEST_F(ReconnectTest, EditsWhoseAcksAreLostAreNotDoubled) {
    typeIntoAHole(Direction::toClient);
}

TEST_F(ReconnectTest, EditsThatNeverArriveAreSentAgain) {
    typeIntoAHole(Direction::toServer);
}

TEST_F(ReconnectTest, AClientLeavesAConnectionThatHasGoneSilent) {
    OperationsClient& silent = m_crowd.addOperationsClient(proxied());
    m_crowd.addOperationsClient(direct());
    ASSERT_NO_FATAL_FAILURE(expectNothingLost());
    // Half open: nobody is told that the other side is gone.
    m_proxy->setLine(Direction::toServer, Line::hole);
    m_proxy->setLine(Direction::toClient, Line::hole);
    m_crowd.typeFor(200);
    ASSERT_TRUE(waitUntil([&] { return !silent.isLive(); }, 120'000));
    m_crowd.typeFor(200);
    m_proxy->setLine(Direction::toServer, Line::whole);
    m_proxy->setLine(Direction::toClient, Line::whole);
    m_proxy->cut();
    ASSERT_NO_FATAL_FAILURE(expectNothingLost());
}

} // namespace
} // namespace tandem
