// Operations clients and plain clients on one document, speaking PROTOCOL.md by hand.
#include "integration/http_client.h"
#include "integration/json_socket.h"
#include "integration/server_process.h"

#include "base/base64url.h"
#include "base/random.h"
#include "crdt/replica.h"

#include <QJsonArray>

#include <gtest/gtest.h>

namespace tandem {

namespace {

using Kind = JsonSocket::Kind;

// The change that `author` makes of the splice, for the wire.
QString changeOf(Replica& replica, ReplicaId author, const Splice& splice) {
    const auto change = replica.edit(author, std::span(&splice, 1));
    return QString::fromStdString(toBase64Url(encodeChange(*change)));
}

QString type(const QJsonObject& message) {
    return message[QStringLiteral("type")].toString();
}

class WebsocketBasicTest : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(m_server.start()) << m_server.output().toStdString();
        m_document = createDocument({});
        ASSERT_FALSE(m_document.isEmpty());
    }

    QString createDocument(const QString& text) {
        return HttpClient(m_server.url()).createDocument(QStringLiteral("Notes"), text);
    }
    QString textOnServer() { return HttpClient(m_server.url()).textOf(m_document); }
    QUrl url() const { return m_server.websocketUrl(m_document); }

    QJsonObject hello() const {
        return {{QStringLiteral("type"), QStringLiteral("hello")},
                {QStringLiteral("name"), QStringLiteral("Ana")},
                {QStringLiteral("color"), 3},
                {QStringLiteral("replicas"),
                 QJsonArray{QJsonObject{{QStringLiteral("id"), 4101}, {QStringLiteral("key"), m_key}}}},
                {QStringLiteral("client"), QStringLiteral("test/1")}};
    }
    static QJsonObject submit(const QString& change) {
        return {{QStringLiteral("type"), QStringLiteral("op.submit")},
                {QStringLiteral("replica"), 4101},
                {QStringLiteral("changes"), QJsonArray{change}}};
    }
    static QJsonObject insert(const QString& id, int index, const QString& text, int version) {
        return {{QStringLiteral("type"), QStringLiteral("edit.insert")},
                {QStringLiteral("id"), id},
                {QStringLiteral("index"), index},
                {QStringLiteral("text"), text},
                {QStringLiteral("version"), version}};
    }
    void joinOperations(JsonSocket& socket) {
        ASSERT_TRUE(socket.open(url(), Kind::operations));
        socket.send(hello());
        ASSERT_FALSE(socket.next(QStringLiteral("welcome")).isEmpty());
        ASSERT_FALSE(socket.next(QStringLiteral("snapshot")).isEmpty());
    }
    QJsonObject joinPlain(JsonSocket& socket) {
        EXPECT_TRUE(socket.open(url(), Kind::plain));
        return socket.next(QStringLiteral("snapshot"));
    }

    ServerProcess m_server;
    QString m_document;
    QString m_key = QStringLiteral("AAAAAAAAAAAAAAAAAAAAAA");
};

} // namespace

TEST_F(WebsocketBasicTest, AnOperationsClientIsWelcomedAndItsChangeReachesBothKinds) {
    JsonSocket ana;
    ASSERT_TRUE(ana.open(url(), Kind::operations));
    ana.send(hello());
    const QJsonObject welcome = ana.next(QStringLiteral("welcome"));
    EXPECT_EQ(welcome[QStringLiteral("role")].toString(), QStringLiteral("editor"));
    EXPECT_EQ(welcome[QStringLiteral("version")].toInt(-1), 0);
    EXPECT_EQ(welcome[QStringLiteral("title")].toString(), QStringLiteral("Notes"));
    EXPECT_TRUE(welcome[QStringLiteral("limits")].isObject());
    EXPECT_FALSE(ana.next(QStringLiteral("snapshot")).isEmpty());

    JsonSocket ben;
    ASSERT_TRUE(ben.open(url(), Kind::operations));
    QJsonObject other = hello();
    other[QStringLiteral("replicas")] = QJsonArray();
    ben.send(other);
    ASSERT_FALSE(ben.next(QStringLiteral("snapshot")).isEmpty());
    JsonSocket cleo;
    ASSERT_EQ(joinPlain(cleo)[QStringLiteral("members")].toArray().size(), 2);

    Replica replica;
    ana.send(submit(changeOf(replica, 4101, {0, 0, U"Hi"})));
    const QJsonObject ack = ana.next(QStringLiteral("ack"));
    EXPECT_EQ(ack[QStringLiteral("through")].toInt(), 2);
    EXPECT_EQ(ack[QStringLiteral("version")].toInt(), 1);
    const QJsonObject update = ben.next(QStringLiteral("doc.update"));
    EXPECT_EQ(update[QStringLiteral("first")].toInt(), 1);
    EXPECT_EQ(update[QStringLiteral("changes")][0][QStringLiteral("replica")].toInt(), 4101);
    const QJsonObject plain = cleo.next(QStringLiteral("doc.update"));
    EXPECT_EQ(plain[QStringLiteral("edits")][0][QStringLiteral("insert")].toString(), QStringLiteral("Hi"));
    EXPECT_EQ(textOnServer(), QStringLiteral("Hi"));
}

TEST_F(WebsocketBasicTest, APlainEditIsAckedOnceDurableAndARepeatedIdIsNotAppliedAgain) {
    JsonSocket ana;
    joinOperations(ana);
    JsonSocket cleo;
    const QJsonObject snapshot = joinPlain(cleo);
    EXPECT_EQ(snapshot[QStringLiteral("text")].toString(), QString());
    cleo.send(insert(QStringLiteral("e1"), 0, QStringLiteral("x🎈"), 0));
    const QJsonObject update = cleo.next(QStringLiteral("doc.update"));
    EXPECT_EQ(update[QStringLiteral("edits")][0][QStringLiteral("author")],
              snapshot[QStringLiteral("replica")]);
    EXPECT_EQ(cleo.next(QStringLiteral("ack"))[QStringLiteral("version")].toInt(), 1);
    EXPECT_EQ(ana.next(QStringLiteral("doc.update"))[QStringLiteral("first")].toInt(), 1);

    cleo.send(insert(QStringLiteral("e1"), 0, QStringLiteral("x🎈"), 0));
    const QJsonObject ack = cleo.next(QStringLiteral("ack"));
    EXPECT_EQ(ack[QStringLiteral("id")].toString(), QStringLiteral("e1"));
    EXPECT_EQ(textOnServer(), QStringLiteral("x🎈"));
}

TEST_F(WebsocketBasicTest, APlainClientThatResumesMayRepeatItsEditsAfterACrash) {
    QJsonObject author;
    {
        JsonSocket cleo;
        const QJsonObject snapshot = joinPlain(cleo);
        author = {{QStringLiteral("replica"), snapshot[QStringLiteral("replica")]},
                  {QStringLiteral("key"), snapshot[QStringLiteral("key")]}};
        cleo.send(insert(QStringLiteral("e1"), 0, QStringLiteral("once"), 0));
        ASSERT_FALSE(cleo.next(QStringLiteral("ack")).isEmpty());
    }
    m_server.kill();
    ASSERT_TRUE(m_server.start());
    EXPECT_EQ(textOnServer(), QStringLiteral("once"));
    JsonSocket again;
    joinPlain(again);
    again.send({{QStringLiteral("type"), QStringLiteral("hello")}, {QStringLiteral("resume"), author}});
    again.send(insert(QStringLiteral("e1"), 0, QStringLiteral("once"), 0));
    EXPECT_EQ(again.next(QStringLiteral("snapshot"))[QStringLiteral("replica")],
              author[QStringLiteral("replica")]);
    EXPECT_EQ(again.next(QStringLiteral("ack"))[QStringLiteral("id")].toString(), QStringLiteral("e1"));
    EXPECT_EQ(textOnServer(), QStringLiteral("once"));
}

TEST_F(WebsocketBasicTest, WhatWasAckedIsThereAfterASigkill) {
    Replica replica;
    QString expected;
    for (int round = 0; round < 3; ++round) {
        JsonSocket ana;
        joinOperations(ana);
        ana.send(submit(changeOf(replica, 4101, {replica.length(), 0, U"ab"})));
        ASSERT_FALSE(ana.next(QStringLiteral("ack")).isEmpty());
        m_server.kill();
        expected += QStringLiteral("ab");
        ASSERT_TRUE(m_server.start()) << m_server.output().toStdString();
        EXPECT_EQ(textOnServer(), expected);
    }
}

TEST_F(WebsocketBasicTest, AComebackWithAfterGetsOnlyWhatItMissed) {
    JsonSocket cleo;
    joinPlain(cleo);
    for (int i = 0; i < 3; ++i) {
        cleo.send(insert(QString::number(i), 0, QStringLiteral("x"), i));
        ASSERT_FALSE(cleo.next(QStringLiteral("ack")).isEmpty());
    }
    JsonSocket ana;
    ASSERT_TRUE(ana.open(url(), Kind::operations));
    ana.send(hello());
    QJsonObject again = hello();
    again[QStringLiteral("epoch")] = ana.next(QStringLiteral("welcome"))[QStringLiteral("epoch")];
    again[QStringLiteral("after")] = 1;
    JsonSocket ben;
    ASSERT_TRUE(ben.open(url(), Kind::operations));
    ben.send(again);
    ASSERT_FALSE(ben.next(QStringLiteral("welcome")).isEmpty());
    const auto rest = ben.drain();
    ASSERT_EQ(rest.size(), 1);
    EXPECT_EQ(type(rest[0]), QStringLiteral("doc.update"));
    EXPECT_EQ(rest[0][QStringLiteral("first")].toInt(), 2);
}

TEST_F(WebsocketBasicTest, ALargeDocumentReachesBothKinds) {
    const QString text = QStringLiteral("0123456789abcdef").repeated(600'000);
    m_document = createDocument(text);
    ASSERT_FALSE(m_document.isEmpty());
    JsonSocket cleo;
    EXPECT_EQ(joinPlain(cleo)[QStringLiteral("text")].toString(), text);
    JsonSocket ana;
    ASSERT_TRUE(ana.open(url(), Kind::operations));
    ana.send(hello());
    std::string bytes;
    int parts = 1;
    for (int part = 0; part < parts; ++part) {
        const QJsonObject snapshot = ana.next(QStringLiteral("snapshot"));
        ASSERT_EQ(snapshot[QStringLiteral("part")].toInt(-1), part);
        parts = snapshot[QStringLiteral("parts")].toInt();
        const auto piece = fromBase64Url(snapshot[QStringLiteral("bytes")].toString().toStdString());
        ASSERT_TRUE(piece);
        bytes += *piece;
    }
    const auto replica = Replica::decode(bytes);
    ASSERT_TRUE(replica) << replica.error().detail;
    EXPECT_EQ(replica->text(), text.toStdString());
}

TEST_F(WebsocketBasicTest, AnUnknownDocumentClosesWith4404) {
    for (const Kind kind : {Kind::plain, Kind::operations}) {
        JsonSocket socket;
        ASSERT_TRUE(socket.open(m_server.websocketUrl(QStringLiteral("unknownunknownunknown")), kind));
        EXPECT_EQ(socket.waitForClose(), 4404);
    }
}

TEST_F(WebsocketBasicTest, BadMessagesCloseTheConnectionAndNobodyElses) {
    JsonSocket witness;
    joinPlain(witness);
    const QStringList bad = {
        QStringLiteral("{"),
        QStringLiteral("[]"),
        QStringLiteral("null"),
        QStringLiteral("{\"type\":5}"),
        QStringLiteral("{\"type\":\"nonsense\"}"),
        QStringLiteral("{\"type\":\"edit.insert\",\"id\":1,\"index\":\"x\",\"text\":[]}"),
        QStringLiteral("{\"type\":\"edit.insert\",\"id\":\"a\",\"index\":-1,\"text\":\"x\"}"),
        QStringLiteral("{\"type\":\"edit.insert\",\"id\":\"a\",\"index\":1e300,\"text\":\"x\"}"),
        QStringLiteral("{\"type\":\"op.submit\",\"replica\":0,\"changes\":[]}"),
        QStringLiteral("{\"type\":\"ping\",\"x\":") + QString(50'000, QLatin1Char('[')) +
            QString(50'000, QLatin1Char(']')) + QLatin1Char('}'),
    };
    for (const Kind kind : {Kind::plain, Kind::operations}) {
        for (const QString& text : bad) {
            JsonSocket socket;
            ASSERT_TRUE(socket.open(url(), kind));
            socket.sendText(text);
            EXPECT_EQ(socket.waitForClose(), 4400) << text.left(80).toStdString();
        }
    }
    witness.send({{QStringLiteral("type"), QStringLiteral("ping")}});
    EXPECT_FALSE(witness.next(QStringLiteral("pong")).isEmpty());
}

TEST_F(WebsocketBasicTest, AnIndexBeyondTheTextIsRefusedAndTheConnectionGoesOn) {
    JsonSocket cleo;
    joinPlain(cleo);
    cleo.send(insert(QStringLiteral("e1"), 5, QStringLiteral("x"), 0));
    const QJsonObject nack = cleo.next(QStringLiteral("nack"));
    EXPECT_EQ(nack[QStringLiteral("code")].toString(), QStringLiteral("out_of_range"));
    EXPECT_EQ(nack[QStringLiteral("for")].toString(), QStringLiteral("e1"));
    cleo.send(insert(QStringLiteral("e2"), 0, QStringLiteral("x"), 0));
    EXPECT_FALSE(cleo.next(QStringLiteral("ack")).isEmpty());
}

TEST_F(WebsocketBasicTest, AnInvalidChangeIsRefusedWithANack) {
    JsonSocket ana;
    joinOperations(ana);
    ana.send(submit(QStringLiteral("AAAA")));
    EXPECT_EQ(ana.next(QStringLiteral("nack"))[QStringLiteral("code")].toString(),
              QStringLiteral("malformed"));
    EXPECT_EQ(textOnServer(), QString());
}

TEST_F(WebsocketBasicTest, AReplicaIdOfSomeoneElseCloses4409) {
    JsonSocket ana;
    joinOperations(ana);
    Replica replica;
    ana.send(submit(changeOf(replica, 4101, {0, 0, U"mine"})));
    ASSERT_FALSE(ana.next(QStringLiteral("ack")).isEmpty());
    JsonSocket thief;
    ASSERT_TRUE(thief.open(url(), Kind::operations));
    m_key = QStringLiteral("BBBBBBBBBBBBBBBBBBBBBA");
    thief.send(hello());
    EXPECT_EQ(thief.waitForClose(), 4409);
}

TEST_F(WebsocketBasicTest, FramesThatAreNoMessageClose4400AndTooLargeOnesEndTheConnection) {
    for (const Kind kind : {Kind::plain, Kind::operations}) {
        JsonSocket binary;
        ASSERT_TRUE(binary.open(url(), kind));
        binary.sendBinary("x");
        EXPECT_EQ(binary.waitForClose(), 4400);
    }
    JsonSocket large;
    ASSERT_TRUE(large.open(url(), Kind::plain));
    large.sendText(QString(4 * 1024 * 1024, QLatin1Char('x')));
    EXPECT_NE(large.waitForClose(), 0);
    EXPECT_EQ(HttpClient(m_server.url()).get("/healthz").status, 200);
}

TEST_F(WebsocketBasicTest, ForeignOriginsAndHostsAreRefusedBeforeTheUpgrade) {
    JsonSocket foreign;
    EXPECT_FALSE(foreign.open(url(), Kind::plain, "http://evil.example"));
    JsonSocket own;
    EXPECT_TRUE(own.open(url(), Kind::plain, "http://" + m_server.url().authority().toUtf8()));
    JsonSocket listed;
    EXPECT_TRUE(listed.open(url(), Kind::plain, "http://localhost:3000"));

    HttpClient client(m_server.url());
    const QByteArray upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                               "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n";
    const QByteArray host = "Host: " + m_server.url().authority().toUtf8() + "\r\n";
    const QByteArray get = "GET /v1/ws/docs/" + m_document.toUtf8() + " HTTP/1.1\r\n";
    EXPECT_EQ(client.rawStatus(get + host + upgrade + "\r\n"), 101);
    EXPECT_EQ(client.rawStatus(get + "Host: evil.example\r\n" + upgrade + "\r\n"), 403);
    EXPECT_EQ(client.rawStatus(get + host + upgrade + "Origin: http://evil.example\r\n\r\n"), 403);
    EXPECT_EQ(client.rawStatus(get + host + upgrade + "Origin: null\r\n\r\n"), 403);
    EXPECT_EQ(client.rawStatus(get + host + upgrade + "Sec-WebSocket-Protocol: other.v1\r\n\r\n"), 400);
    EXPECT_EQ(client.rawStatus(QByteArray(get).replace("/v1/ws", "/v2/ws") + host + upgrade + "\r\n"), 404);
    EXPECT_EQ(client.rawStatus("GET /v1/ws/docs/short HTTP/1.1\r\n" + host + upgrade + "\r\n"), 404);
    EXPECT_EQ(client.rawStatus(get + host + QByteArray(upgrade).replace("13", "12") + "\r\n"), 426);
    EXPECT_EQ(client.rawStatus(get + host + QByteArray(upgrade).replace("AA==", "") + "\r\n"), 400);
}

TEST_F(WebsocketBasicTest, MembersSeeEachOtherComeAndGo) {
    JsonSocket ana;
    joinOperations(ana);
    {
        JsonSocket cleo;
        joinPlain(cleo);
        cleo.send({{QStringLiteral("type"), QStringLiteral("hello")},
                   {QStringLiteral("name"), QStringLiteral("Cleo")}});
        EXPECT_FALSE(ana.next(QStringLiteral("presence.join")).isEmpty());
        cleo.close();
    }
    EXPECT_FALSE(ana.next(QStringLiteral("presence.leave")).isEmpty());
}

} // namespace tandem
