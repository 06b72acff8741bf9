// The REST calls about documents.
#include "integration/http_client.h"
#include "integration/server_process.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <gtest/gtest.h>

namespace tandem {

namespace {

class DocumentsCrudTest : public testing::Test {
protected:
    void SetUp() override { ASSERT_TRUE(m_server.start()) << m_server.output().toStdString(); }

    HttpReply post(const QByteArray& body) { return HttpClient(m_server.url()).post("/v1/docs", body); }
    HttpReply get(const QByteArray& path) { return HttpClient(m_server.url()).get(path); }
    QByteArray hostLine() const { return "Host: " + m_server.url().authority().toUtf8() + "\r\n"; }

    static void expectProblem(const HttpReply& reply, int status) {
        EXPECT_EQ(reply.status, status) << reply.body.toStdString();
        EXPECT_EQ(reply.header("Content-Type"), "application/problem+json");
        const QJsonObject problem = reply.json();
        EXPECT_EQ(problem[QStringLiteral("status")].toInt(), status);
        EXPECT_FALSE(problem[QStringLiteral("detail")].toString().isEmpty());
        EXPECT_EQ(problem[QStringLiteral("request_id")].toString().toUtf8(), reply.header("X-Request-Id"));
    }

    ServerProcess m_server;
};

} // namespace

TEST_F(DocumentsCrudTest, ACreatedDocumentIsFoundUnderItsLocation) {
    const HttpReply created = post(R"({"title":"Notes","text":"Grüße 🎈\u0000\r\n"})");
    ASSERT_EQ(created.status, 201) << created.body.toStdString();
    const QJsonObject document = created.json();
    EXPECT_EQ(created.header("Location"), "/v1/docs/" + document[QStringLiteral("id")].toString().toUtf8());
    EXPECT_EQ(document[QStringLiteral("version")].toInt(), 1);
    static const QRegularExpression time(
        QStringLiteral("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$"));
    EXPECT_TRUE(time.match(document[QStringLiteral("created")].toString()).hasMatch());
    const HttpReply found = get(created.header("Location"));
    EXPECT_EQ(found.status, 200);
    QJsonObject withoutLink = document;
    EXPECT_EQ(withoutLink.take(QStringLiteral("link")).toObject()[QStringLiteral("role")].toString(),
              QStringLiteral("owner"));
    EXPECT_EQ(found.json(), withoutLink);
    EXPECT_EQ(found.json()[QStringLiteral("text")].toString(),
              QString::fromUtf8("Grüße 🎈") + QChar(0) + QStringLiteral("\r\n"));
}

TEST_F(DocumentsCrudTest, ADocumentWithoutTextHasVersion0) {
    const HttpReply created = post(R"({"title":"Empty"})");
    ASSERT_EQ(created.status, 201);
    EXPECT_EQ(created.json()[QStringLiteral("version")].toInt(-1), 0);
    EXPECT_EQ(get(created.header("Location")).json()[QStringLiteral("text")].toString(), QString());
}

TEST_F(DocumentsCrudTest, ALargeTextComesBackWhole) {
    const QString text = QStringLiteral("0123456789abcdef").repeated(200'000);
    HttpClient client(m_server.url());
    const QString id = client.createDocument(QStringLiteral("Large"), text);
    ASSERT_FALSE(id.isEmpty());
    EXPECT_EQ(client.textOf(id), text);
}

TEST_F(DocumentsCrudTest, TheSameRequestAgainGives200AndAnotherWithTheIdGives409) {
    const QByteArray request = R"({"title":"Notes","text":"a","id":"my-own-document-id"})";
    EXPECT_EQ(post(request).status, 201);
    const HttpReply again = post(request);
    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(again.json()[QStringLiteral("text")].toString(), QStringLiteral("a"));
    expectProblem(post(R"({"title":"Notes","text":"b","id":"my-own-document-id"})"), 409);
}

TEST_F(DocumentsCrudTest, DocumentsSurviveARestart) {
    HttpClient client(m_server.url());
    const QString id = client.createDocument(QStringLiteral("Notes"), QStringLiteral("kept"));
    m_server.kill();
    ASSERT_TRUE(m_server.start());
    EXPECT_EQ(client.textOf(id), QStringLiteral("kept"));
}

TEST_F(DocumentsCrudTest, WrongBodiesAreRefusedWithTheNameOfTheField) {
    const QList<QPair<QByteArray, QString>> cases = {
        {"", QStringLiteral("JSON")},
        {"[]", QStringLiteral("JSON object")},
        {"{", QStringLiteral("JSON")},
        {R"({"title":"a"} x)", QStringLiteral("JSON")},
        {"{\"title\":\"\xC3\"}", QStringLiteral("JSON")},
        {R"({"title":"\ud800"})", QStringLiteral("JSON")},
        {R"({"text":"a"})", QStringLiteral("\"title\"")},
        {R"({"title":5})", QStringLiteral("\"title\"")},
        {R"({"title":""})", QStringLiteral("\"title\"")},
        {R"({"title":"\u202e\u0007"})", QStringLiteral("\"title\"")},
        {R"({"title":")" + QByteArray(201, 'x') + R"("})", QStringLiteral("\"title\"")},
        {R"({"title":"a","text":null})", QStringLiteral("\"text\"")},
        {R"({"title":"a","id":"short"})", QStringLiteral("\"id\"")},
        {R"({"title":"a","x":)" + QByteArray(100'000, '[') + QByteArray(100'000, ']') + "}",
         QStringLiteral("nested")},
    };
    for (const auto& [body, words] : cases) {
        const HttpReply reply = post(body);
        expectProblem(reply, 400);
        EXPECT_TRUE(reply.json()[QStringLiteral("detail")].toString().contains(words))
            << body.left(100).toStdString() << ": " << reply.body.toStdString();
    }
}

TEST_F(DocumentsCrudTest, ControlCharactersAreTakenOutOfTitles) {
    const HttpReply created = post(R"({"title":"a\u202eb\u0000c\u2066<b>"})");
    EXPECT_EQ(created.json()[QStringLiteral("title")].toString(), QStringLiteral("abc<b>"));
}

TEST_F(DocumentsCrudTest, AListIsGivenPageByPageWithALink) {
    for (int i = 0; i < 5; ++i)
        ASSERT_EQ(post(R"({"title":"n"})").status, 201);
    QByteArray path = "/v1/docs?limit=2";
    int documents = 0;
    int pages = 0;
    while (!path.isEmpty() && pages < 10) {
        const HttpReply page = get(path);
        ASSERT_EQ(page.status, 200);
        documents += static_cast<int>(page.json()[QStringLiteral("documents")].toArray().size());
        const QByteArray link = page.header("Link");
        EXPECT_EQ(page.json()[QStringLiteral("next")].isNull(), link.isEmpty());
        path = link.isEmpty() ? QByteArray() : link.mid(1, link.indexOf('>') - 1);
        ++pages;
    }
    EXPECT_EQ(pages, 3);
    EXPECT_EQ(documents, 5);
    for (const char* wrong :
         {"/v1/docs?limit=0", "/v1/docs?limit=201", "/v1/docs?limit=x", "/v1/docs?cursor=x"})
        expectProblem(get(wrong), 400);
}

TEST_F(DocumentsCrudTest, WhatIsNotThereGives404AndAnotherMethod405WithAllow) {
    expectProblem(get("/v1/docs/unknownunknownunknown"), 404);
    expectProblem(get("/v1/docs/short"), 404);
    expectProblem(get("/nothing"), 404);
    expectProblem(get("/v1/docs/../../etc/passwd"), 404);
    const HttpReply reply = HttpClient(m_server.url()).request("DELETE", "/v1/docs", {}, {});
    expectProblem(reply, 405);
    EXPECT_TRUE(reply.header("Allow").contains("POST"));
    EXPECT_EQ(HttpClient(m_server.url()).request("OPTIONS", "/v1/docs", {}, {}).status, 204);
}

TEST_F(DocumentsCrudTest, HeadIsAnsweredLikeGetWithoutABody) {
    const HttpReply reply = HttpClient(m_server.url()).request("HEAD", "/healthz", {}, {});
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.header("Content-Length"), "15");
    EXPECT_TRUE(reply.body.isEmpty());
}

TEST_F(DocumentsCrudTest, ForeignHostsAndOriginsGet403) {
    HttpClient client(m_server.url());
    expectProblem(client.get("/v1/docs", {{"Host", "evil.example"}}), 403);
    EXPECT_EQ(client.get("/v1/docs", {{"Host", "localhost:1"}}).status, 200);
    const HttpClient::Headers foreign = {{"Content-Type", "application/json"},
                                         {"Origin", "http://evil.example"}};
    expectProblem(client.request("POST", "/v1/docs", foreign, R"({"title":"a"})"), 403);
    const HttpReply read = client.get("/v1/docs", {{"Origin", "http://evil.example"}});
    EXPECT_EQ(read.status, 200);
    EXPECT_FALSE(read.headers.contains("access-control-allow-origin"));
}

TEST_F(DocumentsCrudTest, AllowedOriginsGetCorsHeadersAndAPreflight) {
    HttpClient client(m_server.url());
    const HttpReply read = client.get("/v1/docs", {{"Origin", "http://localhost:3000"}});
    EXPECT_EQ(read.header("Access-Control-Allow-Origin"), "http://localhost:3000");
    const HttpReply preflight =
        client.request("OPTIONS", "/v1/docs",
                       {{"Origin", "http://localhost:3000"}, {"Access-Control-Request-Method", "POST"}}, {});
    EXPECT_EQ(preflight.status, 204);
    EXPECT_TRUE(preflight.header("Access-Control-Allow-Methods").contains("POST"));
    EXPECT_EQ(preflight.header("Access-Control-Allow-Headers"),
              "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match");
}

TEST_F(DocumentsCrudTest, AnotherContentTypeGives415) {
    expectProblem(
        HttpClient(m_server.url()).request("POST", "/v1/docs", {{"Content-Type", "text/plain"}}, "{}"), 415);
}

TEST_F(DocumentsCrudTest, AmbiguousOrOversizedRequestsAreRefused) {
    HttpClient client(m_server.url());
    const QByteArray post = "POST /v1/docs HTTP/1.1\r\n" + hostLine() + "Content-Type: application/json\r\n";
    EXPECT_EQ(client.rawStatus(post + "\r\n"), 411);
    EXPECT_EQ(client.rawStatus(post + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
              400);
    EXPECT_EQ(client.rawStatus(post + "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n{}"), 400);
    EXPECT_EQ(client.rawStatus(post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"), 400);
    EXPECT_EQ(client.rawStatus(post + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"), 400);
    EXPECT_EQ(client.rawStatus(post + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"), 400);
    EXPECT_EQ(client.rawStatus(post + "Content-Length: -1\r\n\r\n"), 400);
    EXPECT_EQ(client.rawStatus(post + "Content-Length: 99999999999\r\n\r\n"), 413);
    EXPECT_EQ(client.rawStatus("GET /healthz HTTP/1.1\r\n\r\n"), 400);
    EXPECT_EQ(client.rawStatus("GET /healthz HTTP/1.1\r\n" + hostLine() + hostLine() + "\r\n"), 400);
    EXPECT_EQ(client.rawStatus("GET /" + QByteArray(5000, 'x') + " HTTP/1.1\r\n" + hostLine() + "\r\n"), 414);
    EXPECT_EQ(client.rawStatus("GET /" + QByteArray(20'000, 'x') + " HTTP/1.1\r\n" + hostLine() + "\r\n"),
              414);
    EXPECT_EQ(
        client.rawStatus("GET / HTTP/1.1\r\n" + hostLine() + "X: " + QByteArray(20'000, 'x') + "\r\n\r\n"),
        431);
    EXPECT_EQ(client.rawStatus("\x16\x03\x01 hello\r\n\r\n"), 400);
    EXPECT_EQ(client.get("/healthz").status, 200);
}

TEST_F(DocumentsCrudTest, ABodyOverTheLimitGives413EvenWhenItComesInChunks) {
    HttpClient client(m_server.url());
    const QByteArray chunk = "100000\r\n" + QByteArray(0x100000, 'x') + "\r\n";
    EXPECT_EQ(client.rawStatus("POST /v1/docs HTTP/1.1\r\n" + hostLine() +
                               "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" +
                               chunk.repeated(17) + "0\r\n\r\n"),
              413);
}

TEST_F(DocumentsCrudTest, AChunkedBodyIsReadAsOne) {
    HttpClient client(m_server.url());
    EXPECT_EQ(client.rawStatus("POST /v1/docs HTTP/1.1\r\n" + hostLine() +
                               "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                               "8\r\n{\"title\"\r\n5\r\n:\"a\"}\r\n0\r\n\r\n"),
              201);
}

TEST_F(DocumentsCrudTest, PipelinedRequestsAreAnsweredInOrder) {
    HttpClient client(m_server.url());
    const QByteArray post = R"({"title":"first"})";
    const QByteArray requests =
        "POST /v1/docs HTTP/1.1\r\n" + hostLine() +
        "Content-Type: application/json\r\nContent-Length: " + QByteArray::number(post.size()) + "\r\n\r\n" +
        post + "GET /healthz HTTP/1.1\r\n" + hostLine() + "\r\n" + "GET /nothing HTTP/1.1\r\n" + hostLine() +
        "\r\n";
    QByteArray received = client.raw(requests);
    EXPECT_EQ(takeReply(received).status, 201);
    EXPECT_EQ(takeReply(received).status, 200);
    EXPECT_EQ(takeReply(received).status, 404);
    EXPECT_TRUE(received.isEmpty());
}

TEST_F(DocumentsCrudTest, ThePlainPageComesWithAStrictPolicy) {
    const HttpReply page = get("/ui/plain");
    EXPECT_EQ(page.status, 200);
    EXPECT_EQ(page.header("Content-Type"), "text/html; charset=utf-8");
    EXPECT_TRUE(page.header("Content-Security-Policy").contains("default-src 'none'"));
    EXPECT_TRUE(page.header("Content-Security-Policy").contains("frame-ancestors 'none'"));
    EXPECT_EQ(page.header("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(page.header("Referrer-Policy"), "no-referrer");
    const HttpReply script = get("/ui/plain.js");
    EXPECT_EQ(script.status, 200);
    EXPECT_LT(page.body.count('\n') + script.body.count('\n'), 100);
}

} // namespace tandem
