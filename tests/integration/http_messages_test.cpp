// HTTP itself, on sockets by hand: what could be read in two ways is refused, what is slow ends, and what is
// right is answered in order.
#include "integration/rest_fixture.h"

#include <algorithm>

namespace tandem {

namespace {

class HttpMessagesTest : public RestFixture {
protected:
    QByteArray post(const QByteArray& headers, const QByteArray& rest = {}) const {
        return "POST /v1/docs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + headers +
               "\r\n" + rest;
    }
    int status(const QByteArray& bytes) const { return client().rawStatus(bytes); }
    // How many answers come to these bytes.
    int answersTo(const QByteArray& bytes) const {
        QByteArray received = client().raw(bytes);
        int count = 0;
        while (takeReply(received).status != 0)
            ++count;
        return count;
    }
    bool hasNoDocuments() const { return get("/v1/docs").body.startsWith(R"({"documents":[],)"); }
};

} // namespace

TEST_F(HttpMessagesTest, ABodyWhoseLengthIsSaidInTwoWaysIsRefusedAndEndsTheConnection) {
    const QByteArray smuggled = R"({"title":"smuggled"})";
    const QByteArray second =
        post("Content-Length: " + QByteArray::number(smuggled.size()) + "\r\n", smuggled);
    const QByteArray chunkedEnd = "0\r\n\r\n" + second;
    for (const QByteArray& headers : {
             QByteArray("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"),
             QByteArray("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"),
             QByteArray("Content-Length: 5\r\nContent-Length: 6\r\n"),
             QByteArray("Content-Length: 5\r\nContent-Length: 5\r\n"),
             QByteArray("Content-Length: 5, 5\r\n"),
             QByteArray("Content-Length: +5\r\n"),
             QByteArray("Content-Length: 0x5\r\n"),
             QByteArray("Content-Length: 5 5\r\n"),
             QByteArray("Content-Length:\r\n"),
             QByteArray("Content-Length : 5\r\n"),
             QByteArray("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"),
             QByteArray("Transfer-Encoding: identity\r\n"),
             QByteArray("Transfer-Encoding: xchunked\r\n"),
             QByteArray("Transfer-Encoding: chunked, identity\r\n"),
             QByteArray("Transfer-Encoding: \"chunked\"\r\n"),
             QByteArray("Transfer-Encoding : chunked\r\n"),
             QByteArray("Transfer-Encoding:\r\n chunked\r\n"),
             QByteArray("Transfer-Encoding:\x0b chunked\r\n"),
             QByteArray("X: y\r\n Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"),
             QByteArray("X: y\r\n\tz\r\nContent-Length: 5\r\n"),
             QByteArray("X: y\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n"),
             QByteArray("X: y\rTransfer-Encoding: chunked\r\nContent-Length: 5\r\n"),
             QByteArray("X: a\0b\r\nContent-Length: 5\r\n", 27),
         }) {
        const QByteArray bytes = post(headers, chunkedEnd);
        EXPECT_EQ(status(bytes), 400) << headers.toStdString();
        EXPECT_EQ(answersTo(bytes), 1) << headers.toStdString();
    }
    EXPECT_TRUE(hasNoDocuments());
}

TEST_F(HttpMessagesTest, WrongChunksAreRefused) {
    const QByteArray chunked = "Transfer-Encoding: chunked\r\n";
    for (const char* body : {"x\r\n", "-1\r\n", "0x2\r\n{}\r\n0\r\n\r\n", "2\r\n{}0\r\n\r\n",
                             "2\n{}\r\n0\r\n\r\n", "ffffffffffffffffff\r\n", "\r\n0\r\n\r\n"})
        EXPECT_EQ(status(post(chunked, body)), 400) << body;
    EXPECT_EQ(status(post(chunked, "fffffffffffffff0\r\n")), 413);
    EXPECT_EQ(status(post(chunked, QByteArray(100'000, '1'))), 400);
    EXPECT_TRUE(hasNoDocuments());
}

TEST_F(HttpMessagesTest, RequestLinesThatAreNoneAreRefused) {
    const QByteArray host = "Host: localhost\r\n\r\n";
    for (const char* line :
         {"GET /healthz\r\n", "GET  /healthz HTTP/1.1\r\n", "GET /healthz HTTP/1.1 \r\n",
          "GET /healthz HTTP/2.0\r\n", "GET /healthz http/1.1\r\n", " GET /healthz HTTP/1.1\r\n",
          "GET healthz HTTP/1.1\r\n", "GET http://localhost/healthz HTTP/1.1\r\n", "GET * HTTP/1.1\r\n",
          "GET /a b HTTP/1.1\r\n", "GET /\x7f HTTP/1.1\r\n", "GET /healthz HTTP/1.1\n", "PRI * HTTP/2.0\r\n"})
        EXPECT_EQ(status(line + host), 400) << line;
    EXPECT_EQ(status("GET /healthz HTTP/1.1\r\n" + host), 200);
    EXPECT_EQ(status("\r\n\r\nGET /healthz HTTP/1.1\r\n" + host), 200);
    EXPECT_EQ(status("BREW /healthz HTTP/1.1\r\n" + host), 405);
    EXPECT_EQ(status("OPTIONS /healthz HTTP/1.1\r\n" + host), 204);
}

TEST_F(HttpMessagesTest, EveryRefusalIsAProblemWithAnIdThatTheHeaderRepeats) {
    for (const QByteArray& bytes :
         {post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
          QByteArray("nonsense\r\n\r\n"), post("\r\n"), post("Content-Length: 99999999999\r\n"),
          post("Expect: 200-ok\r\nContent-Length: 2\r\n"),
          QByteArray("GET /" + QByteArray(5'000, 'x') + " HTTP/1.1\r\nHost: localhost\r\n\r\n")}) {
        QByteArray received = client().raw(bytes);
        const HttpReply reply = takeReply(received);
        EXPECT_GE(reply.status, 400);
        EXPECT_EQ(reply.header("Content-Type"), "application/problem+json");
        EXPECT_EQ(reply.header("Connection"), "close");
        EXPECT_FALSE(reply.header("X-Request-Id").isEmpty());
        EXPECT_EQ(reply.json()[QStringLiteral("request_id")].toString().toUtf8(),
                  reply.header("X-Request-Id"));
    }
}

TEST_F(HttpMessagesTest, AConnectionIsKeptForAsManyRequestsAsTheClientLikes) {
    const QByteArray one = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
    EXPECT_EQ(answersTo(one.repeated(500)), 500);
    EXPECT_EQ(answersTo("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" + one), 1);
    EXPECT_EQ(answersTo("GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n" + one), 1);
    EXPECT_EQ(answersTo("GET /healthz HTTP/1.0\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n" + one),
              2);
    // A body that a GET need not have is read over.
    EXPECT_EQ(answersTo("GET /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nGET /" + one),
              2);
}

TEST_F(HttpMessagesTest, AHeaderThatDoesNotEndIsAnsweredWith408) {
    const QByteArray received = client().raw("GET /healthz HTTP/1.1\r\nHost: local", 20'000);
    EXPECT_TRUE(received.startsWith("HTTP/1.1 408 ")) << received.toStdString();
    EXPECT_EQ(get("/healthz").status, 200);
}

TEST_F(HttpMessagesTest, AMethodThatAnAddressDoesNotKnowIsAnsweredWith405AndWhatThereIs) {
    const QByteArray path = create("text");
    const QList<QPair<QByteArray, QByteArray>> addresses = {
        {"/healthz", "GET, HEAD, OPTIONS"},
        {"/v1/docs", "GET, HEAD, OPTIONS, POST"},
        {path + "/text", "OPTIONS, PUT"},
    };
    const auto inOrder = [](const QByteArray& methods) {
        QByteArrayList list = methods.split(',');
        for (QByteArray& method : list)
            method = method.trimmed();
        std::sort(list.begin(), list.end());
        return list.join(", ");
    };
    for (const auto& [address, allowed] : addresses) {
        const HttpReply refused = send("DELETE", address, {});
        expectProblem(refused, 405);
        EXPECT_EQ(inOrder(refused.header("Allow")), allowed);
        const HttpReply options = client().request("OPTIONS", address, {}, {});
        EXPECT_EQ(options.status, 204) << address.toStdString();
        EXPECT_TRUE(options.body.isEmpty());
        EXPECT_EQ(inOrder(options.header("Allow")), allowed);
    }
    expectProblem(send("POST", path, R"({"title":"t"})"), 405);
    EXPECT_EQ(textAt(path), "text");
}

TEST_F(HttpMessagesTest, HeadIsGetWithoutTheBody) {
    const QByteArray path = create("text");
    for (const QByteArray& address :
         {path, QByteArray("/healthz"), QByteArray("/ui/plain"), path + "/history"}) {
        const HttpReply whole = get(address);
        const HttpReply head = client().request("HEAD", address, {}, {});
        EXPECT_EQ(head.status, 200) << address.toStdString();
        EXPECT_TRUE(head.body.isEmpty());
        for (const char* name : {"Content-Type", "Content-Length", "ETag"})
            EXPECT_EQ(head.header(name), whole.header(name)) << name;
    }
    EXPECT_EQ(client().request("HEAD", "/v1/docs/unknownunknownunknown", {}, {}).status, 404);
    // The next request of the connection is read where it begins.
    const QByteArray one = "HEAD /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
    QByteArray received = client().raw(one.repeated(3) + "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(takeReply(received, AnswerBody::leftOut).status, 200);
    EXPECT_EQ(takeReply(received).body, R"({"status":"ok"})");
    EXPECT_TRUE(received.isEmpty());
}

TEST_F(HttpMessagesTest, AnExpectationThatNobodyKnowsIsRefused) {
    EXPECT_EQ(status(post("Expect: 200-ok\r\nContent-Length: 2\r\n")), 417);
    EXPECT_EQ(status(post("Expect: 100-continue\r\nContent-Length: 2\r\n")), 100);
}

TEST_F(HttpMessagesTest, RequestsInOneGoAreAnsweredInTheirOrderWhateverTheyCost) {
    const QByteArray path = create("text");
    const QByteArray rest = " HTTP/1.1\r\nHost: localhost\r\n";
    const QByteArray body = R"({"id":"e1","edits":[{"index":0,"insert":"x"}]})";
    QByteArray received = client().raw(
        "GET " + path + "/authors" + rest + "\r\nGET /nowhere" + rest + "\r\nPOST " + path + "/edits" + rest +
        "Content-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" +
        body + "GET " + path + rest + "\r\nGET /healthz" + rest + "\r\n");
    EXPECT_TRUE(takeReply(received).json().contains("authors"));
    EXPECT_EQ(takeReply(received).status, 404);
    EXPECT_EQ(takeReply(received).json()["id"], "e1");
    EXPECT_EQ(takeReply(received).json()["text"], "xtext");
    EXPECT_EQ(takeReply(received).body, R"({"status":"ok"})");
}

TEST_F(HttpMessagesTest, AnAllowedOriginMayUseEveryMethodAndReadWhatItNeeds) {
    const HttpClient::Headers headers = {{"Origin", "http://localhost:3000"},
                                         {"Access-Control-Request-Method", "PUT"},
                                         {"Access-Control-Request-Headers", "if-match, content-type"}};
    const QByteArray path = create(QString());
    const HttpReply preflight = client().request("OPTIONS", path + "/text", headers, {});
    EXPECT_EQ(preflight.status, 204);
    EXPECT_EQ(preflight.header("Allow"), "PUT, OPTIONS");
    for (const char* method : {"GET", "POST", "PUT", "PATCH", "DELETE"})
        EXPECT_TRUE(preflight.header("Access-Control-Allow-Methods").contains(method));
    EXPECT_TRUE(preflight.header("Access-Control-Allow-Headers").contains("If-Match"));
    EXPECT_EQ(preflight.header("Vary"), "Origin");
    const HttpReply read = get(path, {{"Origin", "http://localhost:3000"}});
    EXPECT_TRUE(read.header("Access-Control-Expose-Headers").contains("ETag"));
    // Others get nothing that a browser would take for a permission, and may change nothing.
    for (const char* origin :
         {"http://evil.example", "null", "http://localhost:3001", "http://localhost:3000.evil"}) {
        const HttpClient::Headers foreign = {{"Origin", origin}, {"Access-Control-Request-Method", "PUT"}};
        EXPECT_FALSE(
            client().request("OPTIONS", path, foreign, {}).headers.contains("access-control-allow-origin"));
        expectProblem(remove(path, {{"Origin", origin}}), 403);
        expectProblem(send("PATCH", path, R"({"title":"a"})", {{"Origin", origin}}), 403);
    }
    EXPECT_EQ(remove(path, {{"Origin", "http://localhost:3000"}}).status, 204);
}

} // namespace tandem
