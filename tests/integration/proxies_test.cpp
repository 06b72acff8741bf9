// TRUSTED_PROXIES: behind a trusted proxy each client has its own rates; a header that anyone may have made
// up changes nothing.
#include "integration/raw_socket.h"
#include "integration/rest_fixture.h"

#include "process/descriptor_limit.h"
#include "protocol/limits.h"

namespace tandem {

namespace {

class ProxiesTest : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(m_server.start()) << m_server.output().toStdString();
        m_document = HttpClient(m_server.url()).createDocument("Notes");
    }
    // The last status when `client` asks, through a proxy at `peer`, for more than it may.
    int statusOfFlood(const QString& peer, const QByteArray& client) const {
        constexpr int times = 4 * limits::requestsAtOnce / limits::costlyRequestWeight;
        const QByteArray path = "/v1/docs/" + m_document.toUtf8() + "/authors";
        const QByteArray request =
            "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: " + client;
        RawSocket socket(m_server.url(), QHostAddress(peer));
        socket.send((request + "\r\n\r\n").repeated(times) + request + "\r\nConnection: close\r\n\r\n");
        socket.waitForEnd();
        return socket.received().mid(socket.received().lastIndexOf("HTTP/1.1 ") + 9, 3).toInt();
    }
    HttpReply get(const QString& peer, const HttpClient::Headers& headers) const {
        return HttpClient(m_server.url(), QHostAddress(peer)).get("/readyz", headers);
    }
    // Whether a page of this server's own name may change something.
    int statusOfPage(const QString& peer, const QByteArray& scheme, const QByteArray& proto) const {
        const QByteArray host = m_server.url().authority().toUtf8();
        HttpClient::Headers headers = {{"Origin", scheme + "://" + host},
                                       {"Content-Type", "application/json"}};
        if (!proto.isEmpty())
            headers["X-Forwarded-Proto"] = proto;
        return HttpClient(m_server.url(), QHostAddress(peer))
            .request("POST", "/v1/docs", headers, R"({"title":"T"})")
            .status;
    }

    static constexpr std::size_t socketsPerAddress = 100;

    ServerProcess m_server{{"--trusted-proxies", "127.0.0.9, 127.0.1.0/24", "--sockets-per-address",
                            QString::number(socketsPerAddress)}};
    QString m_document;
};

} // namespace

TEST_F(ProxiesTest, EachClientBehindATrustedProxyHasItsOwnRates) {
    EXPECT_EQ(statusOfFlood("127.0.0.9", "192.0.2.1"), 429);
    EXPECT_EQ(get("127.0.0.9", {{"X-Forwarded-For", "192.0.2.1"}}).status, 200) << "a cheap one may follow";
    EXPECT_EQ(get("127.0.0.9", {{"X-Forwarded-For", "192.0.2.2"}}).status, 200);
    // What the client puts before it changes nothing, nor does another trusted proxy behind it.
    EXPECT_EQ(statusOfFlood("127.0.1.7", "203.0.113.77, 192.0.2.3, 127.0.1.8"), 429);
    EXPECT_EQ(statusOfFlood("127.0.1.7", "203.0.113.78, 192.0.2.3"), 429);
}

TEST_F(ProxiesTest, AHeaderFromAnyoneElseIsIgnored) {
    // Each request says that it comes from elsewhere.
    QByteArray requests;
    for (int i = 0; i < 4 * limits::requestsAtOnce / limits::costlyRequestWeight; ++i)
        requests += "GET /v1/docs/" + m_document.toUtf8() +
                    "/authors HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 192.0.2." +
                    QByteArray::number(i % 250) + "\r\n\r\n";
    RawSocket socket(m_server.url(), QHostAddress("127.0.0.10"));
    socket.send(requests);
    EXPECT_TRUE(socket.waitForEnd());
    EXPECT_TRUE(socket.received().contains("HTTP/1.1 429 "));
    // And the one that it named has used nothing.
    EXPECT_EQ(get("127.0.0.9", {{"X-Forwarded-For", "192.0.2.1"}}).status, 200);
}

TEST_F(ProxiesTest, TheSchemeOfOnesOwnPagesIsWhatATrustedProxySays) {
    EXPECT_EQ(statusOfPage("127.0.0.9", "https", "https"), 201);
    EXPECT_EQ(statusOfPage("127.0.0.9", "https", "http, https"), 201);
    EXPECT_EQ(statusOfPage("127.0.0.9", "http", "https"), 403);
    EXPECT_EQ(statusOfPage("127.0.0.9", "https", ""), 403);
    EXPECT_EQ(statusOfPage("127.0.0.10", "https", "https"), 403);
    EXPECT_EQ(statusOfPage("127.0.0.10", "http", "https"), 201);
}

TEST_F(ProxiesTest, AWebsocketCountsForTheClientBehindTheProxy) {
    const QUrl url = m_server.websocketUrl(m_document);
    raiseDescriptorLimit();
    std::vector<std::unique_ptr<RawSocket>> sockets;
    const auto open = [&](const QByteArray& client) {
        auto& socket =
            *sockets.emplace_back(std::make_unique<RawSocket>(m_server.url(), QHostAddress("127.0.0.9")));
        socket.send(upgradeRequest(url, {}, "X-Forwarded-For: " + client + "\r\n"));
    };
    for (std::size_t i = 0; i < socketsPerAddress; ++i)
        open("192.0.2.1");
    for (const auto& socket : sockets)
        ASSERT_EQ(socket->status(), 101);
    open("192.0.2.1");
    EXPECT_EQ(sockets.back()->status(), 429);
    open("192.0.2.2");
    EXPECT_EQ(sockets.back()->status(), 101);
}

TEST(ProxiesStartTest, AMalformedNetworkStopsTheStartWithASentenceThatNamesIt) {
    ServerProcess server({"--trusted-proxies", "127.0.0.1, 10.0.0.0/40"});
    EXPECT_EQ(server.runToEnd(), 2);
    EXPECT_TRUE(server.output().contains("TRUSTED_PROXIES")) << server.output().toStdString();
    EXPECT_TRUE(server.output().contains("10.0.0.0/40"));
}

} // namespace tandem
