// What the server tells its operator: lines that a program can read, with the ids of the requests, and never
// what people write or keep secret, whatever they do.
#include "integration/http_client.h"
#include "integration/json_socket.h"
#include "integration/raw_socket.h"
#include "integration/raw_websocket.h"
#include "integration/server_process.h"
#include "integration/waiting.h"

#include "base/base64url.h"
#include "crdt/replica.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <gtest/gtest.h>

#include <span>

namespace tandem {

namespace {

using Kind = JsonSocket::Kind;

// Unmistakable, each in its own way of being written.
const QString word = QStringLiteral("Quittengelee");
const QByteArray bytes = word.toUtf8();
const QByteArray secret = "Stachelbeere-0123456789abcdef";
const QByteArray replicaKey = "S3RhY2hlbGJlZXJlbiEhIQ"; // 16 bytes

class LogsTest : public testing::TestWithParam<const char*> {
protected:
    void SetUp() override { ASSERT_TRUE(m_server.start()) << m_server.output().toStdString(); }

    HttpReply call(const QByteArray& method, const QByteArray& path, const QByteArray& body = {},
                   HttpClient::Headers headers = {}) {
        if (!headers.contains("Content-Type"))
            headers["Content-Type"] = "application/json";
        headers["Authorization"] = "Bearer " + secret;
        headers["Cookie"] = "token=" + secret;
        const HttpReply reply = HttpClient(m_server.url()).request(method, path, headers, body);
        m_requests.append(reply.header("X-Request-Id"));
        return reply;
    }
    void overHttp();
    void overWebsockets();
    void inWrongWays();

    // All lines of the server; it has ended.
    QStringList lines() {
        EXPECT_EQ(m_server.terminate(), 0);
        QStringList all = m_server.output().split('\n', Qt::SkipEmptyParts);
        all.removeIf([](const QString& line) { return line.startsWith("Tandem listens on "); });
        return all;
    }

    ServerProcess m_server{{"--log-level", "debug", "--log-format", GetParam()}};
    QString m_document;
    QByteArrayList m_requests;
};

void LogsTest::overHttp() {
    const QByteArray text = R"({"title":"T )" + bytes + R"(","text":")" + bytes + R"("})";
    const HttpReply made = call("POST", "/v1/docs", text, {{"Idempotency-Key", secret}});
    ASSERT_EQ(made.status, 201);
    call("POST", "/v1/docs", text, {{"Idempotency-Key", secret}});
    m_document = made.json()["id"].toString();
    const QByteArray path = "/v1/docs/" + m_document.toUtf8();
    const QByteArray etag = made.header("ETag");
    EXPECT_EQ(call("GET", path + "?token=" + secret).status, 200);
    EXPECT_EQ(call("GET", "/v1/docs?q=" + bytes).status, 200);
    EXPECT_EQ(call("PATCH", path, R"({"title":"U )" + bytes + "\"}").status, 200);
    EXPECT_EQ(call("PUT", path + "/text", bytes + bytes, {{"If-Match", "*"}, {"Content-Type", "text/plain"}})
                  .status,
              200);
    EXPECT_EQ(
        call("POST", path + "/edits",
             R"({"id":"e1","name":")" + bytes + R"(","edits":[{"index":0,"insert":")" + bytes + R"("}]})")
            .status,
        200);
    EXPECT_EQ(call("POST", path + "/versions", R"({"label":")" + bytes + "\"}").status, 201);
    EXPECT_EQ(call("GET", path + "/changes?from=0").status, 200);
    EXPECT_EQ(call("GET", path + "/authors").status, 200);
    EXPECT_EQ(call("GET", path + "/history").status, 200);
    EXPECT_EQ(call("POST", path + "/revert", R"({"version":0,"name":")" + bytes + "\"}").status, 200);
    for (const char* type : {"text/plain", "text/markdown", "text/html", "image/png"})
        call("POST", "/v1/docs/import?title=" + bytes, "<title>" + bytes + "</title>" + bytes,
             {{"Content-Type", type}});
    // Refused ones.
    call("POST", "/v1/docs", "{\"title\":\"" + bytes);
    call("POST", "/v1/docs", R"({"title":")" + bytes.repeated(50) + "\"}");
    call("POST", "/v1/docs", R"({"title":")" + bytes + R"(","text":")" + bytes + "\xff\"}");
    call("POST", path + "/edits", R"({"id":"e2","edits":[{"index":999999,"insert":")" + bytes + R"("}]})");
    call("POST", path + "/edits", R"({"id":")" + bytes.repeated(9) + R"(","edits":[]})");
    call("PUT", path + "/text", bytes, {{"If-Match", "\"" + secret + "\""}, {"Content-Type", "text/plain"}});
    call("PUT", path + "/text", bytes, {{"If-Match", etag}, {"Content-Type", bytes}});
    call("GET", path, {}, {{"Origin", "http://" + secret}, {"Host", secret}});
    call("POST", "/v1/docs", text, {{"Origin", "http://" + secret}});
    call("DELETE", path + "?purge=" + secret);
}

void LogsTest::overWebsockets() {
    QUrl url = m_server.websocketUrl(m_document);
    url.setQuery("token=" + secret);
    JsonSocket plain;
    ASSERT_TRUE(plain.open(url, Kind::plain));
    ASSERT_FALSE(plain.next("snapshot").isEmpty());
    plain.send({{"type", "hello"}, {"name", word}, {"token", QString(secret)}});
    plain.send({{"type", "edit.insert"}, {"id", word}, {"index", 0}, {"text", word}});
    ASSERT_FALSE(plain.next("ack").isEmpty());
    plain.send({{"type", "edit.insert"}, {"id", "far"}, {"index", 1 << 30}, {"text", word}});
    ASSERT_FALSE(plain.next("nack").isEmpty());

    JsonSocket operations;
    ASSERT_TRUE(operations.open(url, Kind::operations));
    const QJsonObject hello = {
        {"type", "hello"}, {"name", word},
        {"color", 1},      {"replicas", QJsonArray{QJsonObject{{"id", 4101}, {"key", QString(replicaKey)}}}},
        {"client", word},  {"token", QString(secret)}};
    operations.send(hello);
    ASSERT_FALSE(operations.next("welcome").isEmpty());
    Replica replica;
    const Splice splice{0, 0, word.toStdU32String()};
    const auto made = replica.edit(4101, std::span(&splice, 1));
    ASSERT_TRUE(made.ok());
    const auto submit = [&operations](const std::string& change) {
        operations.send({{"type", "op.submit"},
                         {"replica", 4101},
                         {"changes", QJsonArray{QString::fromStdString(toBase64Url(change))}}});
    };
    submit(encodeChange(*made));
    ASSERT_FALSE(operations.next("ack").isEmpty());
    submit("rubbish" + word.toStdString());
    ASSERT_FALSE(operations.next("nack").isEmpty());
    // The id of someone else.
    JsonSocket thief;
    ASSERT_TRUE(thief.open(url, Kind::operations));
    QJsonObject stolen = hello;
    stolen["replicas"] = QJsonArray{QJsonObject{{"id", 4101}, {"key", "AAAAAAAAAAAAAAAAAAAAAA"}}};
    thief.send(stolen);
    EXPECT_EQ(thief.waitForClose(), 4409);
    for (const QString& wrong :
         {"{\"type\":\"" + word + "\"}", word, "{\"" + word + "\":[[[[[[[[[[",
          QString(R"({"type":"edit.insert","id":"a","index":"%1","text":"%1"})").arg(word)}) {
        JsonSocket socket;
        ASSERT_TRUE(socket.open(url, Kind::plain));
        socket.sendText(wrong);
        EXPECT_EQ(socket.waitForClose(), 4400);
    }
}

void LogsTest::inWrongWays() {
    const QByteArray upgrade = upgradeRequest(m_server.websocketUrl(m_document));
    for (const QByteArray& each :
         {bytes + "\r\n\r\n", "GET " + bytes + " HTTP/1.1\r\n\r\n",
          "GET /healthz HTTP/1.1\r\nHost: localhost\r\n" + bytes + "\r\n\r\n",
          "GET /healthz HTTP/1.1\r\nHost: localhost\r\nExpect: " + bytes + "\r\n\r\n",
          QByteArray(upgrade).replace("AAAAAAAA", secret),
          QByteArray(upgrade).replace("/v1/ws/docs/", "/v1/ws/docs"),
          "POST /v1/docs HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + bytes +
              "\r\n"}) {
        RawSocket socket(m_server.url());
        socket.send(each);
        EXPECT_GE(socket.status(), 400) << each.toStdString();
    }
    RawWebsocket broken;
    ASSERT_TRUE(broken.open(m_server.websocketUrl(m_document)));
    broken.send(clientFrame(0x81, bytes + "\xff"));
    EXPECT_EQ(broken.waitForClose(), 1007);
}

TEST_P(LogsTest, NeitherTextNorNamesNorSecretsAreInAnyLine) {
    overHttp();
    overWebsockets();
    inWrongWays();
    const QStringList all = lines();
    EXPECT_GT(all.size(), 50) << "everything is told at this level";
    for (const QString& line : all) {
        for (const QByteArray& forbidden :
             {bytes, secret, replicaKey, QByteArray("Stachelbeere"),
              QByteArray::fromStdString(toBase64Url(bytes.toStdString())).left(12), bytes.toHex().left(16)})
            EXPECT_FALSE(line.contains(QString(forbidden), Qt::CaseInsensitive)) << line.toStdString();
    }
    const QString whole = all.join('\n');
    for (const QByteArray& id : m_requests)
        EXPECT_TRUE(whole.contains(QString(id))) << "a request is not told: " << id.toStdString();
}

TEST_P(LogsTest, EveryLineIsOneThatAProgramCanRead) {
    overHttp();
    const QStringList all = lines();
    for (const QString& line : all) {
        if (GetParam() == std::string("json")) {
            const QJsonObject fields = QJsonDocument::fromJson(line.toUtf8()).object();
            for (const char* name : {"time", "level", "event"})
                EXPECT_FALSE(fields[name].toString().isEmpty()) << line.toStdString();
            if (fields["event"] == "request") {
                for (const char* name : {"id", "client", "method", "path", "status"})
                    EXPECT_FALSE(fields[name].toString().isEmpty()) << line.toStdString();
            }
        } else {
            static const QRegularExpression shape(
                "^\\d{4}-\\d\\d-\\d\\dT[0-9:.]{12}Z (debug|info|warning|error) .+");
            EXPECT_TRUE(shape.match(line).hasMatch()) << line.toStdString();
        }
    }
}

INSTANTIATE_TEST_SUITE_P(BothFormats, LogsTest, testing::Values("text", "json"),
                         [](const auto& format) { return std::string(format.param); });

} // namespace

} // namespace tandem
