// Each limit of protocol/limits.h on real sockets: what is exactly as large as it may be is taken, and one
// more is refused as PROTOCOL.md says.
#include "integration/json_socket.h"
#include "integration/raw_socket.h"
#include "integration/raw_websocket.h"
#include "integration/rest_fixture.h"
#include "integration/waiting.h"

#include "base/base64url.h"
#include "crdt/replica.h"
#include "protocol/limits.h"
#include "protocol/message.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <span>

namespace tandem {

namespace {

using Kind = JsonSocket::Kind;

const QString key = "q83vEjRWeJCrze8SNFZ4kA";

QByteArray letters(std::size_t count) {
    return QByteArray(static_cast<qsizetype>(count), 'x');
}

QString text(std::size_t count, QChar letter = 'x') {
    return QString(static_cast<qsizetype>(count), letter);
}

QJsonObject hello() {
    return {{"type", "hello"}, {"name", "Ana"}, {"color", 3}, {"replicas", QJsonArray()}, {"client", "test"}};
}

// Whoever has a protocol says hello first.
QByteArray greeting(const QByteArray& protocol) {
    const QByteArray text = QJsonDocument(hello()).toJson(QJsonDocument::Compact);
    return protocol.isEmpty() ? QByteArray() : clientFrame(0x81, text);
}

QJsonArray keys(std::size_t count) {
    QJsonArray all;
    for (std::size_t i = 0; i < count; ++i)
        all.append(QJsonObject{{"id", 4101 + static_cast<qint64>(i)}, {"key", key}});
    return all;
}

QJsonObject submit(const std::vector<std::string>& changes) {
    QJsonArray all;
    for (const std::string& bytes : changes)
        all.append(QString::fromStdString(toBase64Url(bytes)));
    return {{"type", "op.submit"}, {"replica", 4101}, {"key", key}, {"changes", all}};
}

// The bytes of a change that puts a text of so many letters first.
std::string insertOf(std::size_t count) {
    Replica replica;
    const Splice splice{0, 0, std::u32string(count, U'x')};
    return encodeChange(*replica.edit(4101, std::span(&splice, 1)));
}

class LimitsTest : public RestFixture {
protected:
    void SetUp() override {
        RestFixture::SetUp();
        m_path = create(QString());
    }
    QUrl url() const { return m_server.websocketUrl(idOf(m_path)); }

    // The close code, or 0 when there is a welcome.
    int answerToHello(const QJsonObject& message) const {
        JsonSocket socket;
        EXPECT_TRUE(socket.open(url(), Kind::operations));
        socket.send(message);
        return socket.next("welcome").isEmpty() ? socket.waitForClose() : 0;
    }
    int answerToHello(const QString& field, const QJsonValue& value) const {
        QJsonObject message = hello();
        message[field] = value;
        return answerToHello(message);
    }
    void joinOperations(JsonSocket& socket) const {
        ASSERT_TRUE(socket.open(url(), Kind::operations));
        socket.send(hello());
        ASSERT_FALSE(socket.next("welcome").isEmpty());
    }
    // The close code, or 0 when it is acked.
    int answerToEdit(const QJsonObject& edit) const {
        JsonSocket socket;
        EXPECT_TRUE(socket.open(url(), Kind::plain));
        socket.send(edit);
        return socket.next("ack").isEmpty() ? socket.waitForClose() : 0;
    }
    HttpReply import(std::size_t bytes) const {
        return client().request("POST", "/v1/docs/import?title=t", {{"Content-Type", "text/plain"}},
                                letters(bytes));
    }
    int statusOfHeader(std::size_t bytes) const {
        const QByteArray begin = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Long: ";
        const QByteArray end = "\r\n\r\n";
        return client().rawStatus(begin +
                                  letters(bytes - static_cast<std::size_t>(begin.size() + end.size())) + end);
    }

    QByteArray m_path;
};

} // namespace

TEST_F(LimitsTest, AFrameHasAMebibyteAndALargerOneIsClosedWith1009) {
    QByteArray frame = R"({"type":"ping"})";
    frame += QByteArray(static_cast<qsizetype>(limits::frameBytes) - frame.size(), ' ');
    for (const QByteArray& protocol : {QByteArray(), QByteArray("tandem.v1")}) {
        RawSocket whole(m_server.url());
        ASSERT_TRUE(whole.upgrade(url(), protocol));
        whole.send(greeting(protocol) + clientFrame(0x81, frame));
        EXPECT_TRUE(whole.waitFor("\"pong\""));
        RawWebsocket larger;
        ASSERT_TRUE(larger.open(url(), protocol));
        larger.send(clientFrame(0x81, {}, limits::frameBytes + 1)); // its length is enough
        EXPECT_EQ(larger.waitForClose(), 1009);
    }
}

TEST_F(LimitsTest, AChangeHasChangeBytesAndALargerOneIsRefused) {
    // What a change needs beside its text.
    std::size_t count = limits::changeBytes - 64;
    while (insertOf(count).size() < limits::changeBytes)
        ++count;
    const std::string whole = insertOf(count);
    ASSERT_EQ(whole.size(), limits::changeBytes);
    JsonSocket socket;
    joinOperations(socket);
    socket.send(submit({insertOf(count + 1)}));
    const QJsonObject nack = socket.next("nack");
    EXPECT_EQ(nack["code"], "limit_exceeded");
    EXPECT_TRUE(nack["detail"].toString().contains("change_bytes"));
    EXPECT_FALSE(nack["retryable"].toBool(true));
    socket.send(submit({whole}));
    EXPECT_EQ(socket.next("ack")["through"].toInteger(), static_cast<qint64>(count));
}

TEST_F(LimitsTest, ASubmitHasSoManyChangesAndWithOneMoreItIsClosedWith4400) {
    Replica replica;
    std::vector<std::string> changes;
    for (std::size_t i = 0; i < limits::changesPerSubmit; ++i) {
        const Splice splice{i, 0, U"x"};
        changes.push_back(encodeChange(*replica.edit(4101, std::span(&splice, 1))));
    }
    JsonSocket socket;
    joinOperations(socket);
    socket.send(submit(changes));
    qint64 through = 0;
    while (through < static_cast<qint64>(changes.size())) {
        const QJsonObject ack = socket.next("ack");
        ASSERT_FALSE(ack.isEmpty());
        through = ack["through"].toInteger();
    }
    changes.push_back(changes.back());
    socket.send(submit(changes));
    EXPECT_EQ(socket.waitForClose(), 4400);
}

TEST_F(LimitsTest, ADocumentHasDocumentBytesAndOneMoreIsRefusedUntilThereIsRoom) {
    constexpr std::size_t piece = 15 * 1024 * 1024;
    m_path = create(text(piece));
    std::size_t size = piece;
    int id = 0;
    const auto insert = [&](std::size_t count) {
        const QByteArray body = R"({"id":")" + QByteArray::number(++id) +
                                R"(","edits":[{"index":0,"insert":")" + letters(count) + "\"}]}";
        return send("POST", m_path + "/edits", body).status;
    };
    while (size < limits::documentBytes) {
        const std::size_t count = std::min(piece, limits::documentBytes - size);
        ASSERT_EQ(insert(count), 200) << size;
        size += count;
    }
    EXPECT_EQ(insert(1), 413);
    JsonSocket socket;
    joinOperations(socket);
    socket.send(submit({insertOf(1)}));
    const QJsonObject nack = socket.next("nack");
    EXPECT_EQ(nack["code"].toString(), "limit_exceeded");
    EXPECT_TRUE(nack["detail"].toString().contains("document_bytes"));
    EXPECT_FALSE(nack["retryable"].toBool(true));
    // Deleting is always possible, and makes room.
    const QByteArray less = R"({"id":"less","edits":[{"index":0,"delete":)" +
                            QByteArray::number(static_cast<int>(limits::recountBytes)) + "}]}";
    EXPECT_EQ(send("POST", m_path + "/edits", less).status, 200);
    EXPECT_EQ(insert(limits::recountBytes), 200);
    EXPECT_EQ(insert(1), 413);
}

TEST_F(LimitsTest, ABodyHasBodyBytesAndALargerOneIsAnsweredWith413) {
    EXPECT_EQ(import(limits::bodyBytes).status, 201);
    EXPECT_EQ(import(limits::bodyBytes + 1).status, 413);
    // In chunks nobody says beforehand how long it is.
    const auto chunked = [this](std::size_t bytes) {
        RawSocket socket(m_server.url());
        socket.send("POST /v1/docs/import?title=t HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
                    "Transfer-Encoding: chunked\r\n\r\n" +
                    QByteArray::number(static_cast<qsizetype>(bytes), 16) + "\r\n" + letters(bytes) +
                    "\r\n0\r\n\r\n");
        return socket.status();
    };
    EXPECT_EQ(chunked(limits::bodyBytes), 201);
    EXPECT_EQ(chunked(limits::bodyBytes + 1), 413);
}

TEST_F(LimitsTest, AHeaderHasHeaderBytesAndALongerOneIsAnsweredWith431) {
    EXPECT_EQ(statusOfHeader(limits::headerBytes), 200);
    EXPECT_EQ(statusOfHeader(limits::headerBytes + 1), 431);
    EXPECT_EQ(statusOfHeader(limits::headerBytes * 10), 431);
}

TEST_F(LimitsTest, AnAddressHasItsLengthAndALongerOneIsAnsweredWith414) {
    const auto status = [this](std::size_t bytes) {
        return client().rawStatus("GET /healthz?" + letters(bytes - 9) +
                                  " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    };
    EXPECT_EQ(status(limits::addressBytes), 200);
    EXPECT_EQ(status(limits::addressBytes + 1), 414);
    EXPECT_EQ(status(limits::headerBytes * 10), 414);
}

TEST_F(LimitsTest, JsonIsNestedSoDeepAndNotDeeper) {
    const auto nested = [](int depth, const QByteArray& begin) {
        return begin + QByteArray(depth - 1, '[') + QByteArray(depth - 1, ']') + "}";
    };
    for (const Kind kind : {Kind::plain, Kind::operations}) {
        JsonSocket socket;
        ASSERT_TRUE(socket.open(url(), kind));
        if (kind == Kind::operations)
            socket.send(hello());
        socket.sendText(nested(limits::nesting, R"({"type":"ping","x":)"));
        EXPECT_FALSE(socket.next("pong").isEmpty());
        socket.sendText(nested(limits::nesting + 1, R"({"type":"ping","x":)"));
        EXPECT_EQ(socket.waitForClose(), 4400);
    }
    EXPECT_EQ(send("POST", "/v1/docs", nested(limits::nesting, R"({"title":"t","x":)")).status, 201);
    expectProblem(send("POST", "/v1/docs", nested(limits::nesting + 1, R"({"title":"t","x":)")), 400);
}

TEST_F(LimitsTest, ANameHasSoManyCodePointsAndOfALongerOneTheFirstAreShown) {
    JsonSocket witness;
    ASSERT_TRUE(witness.open(url(), Kind::plain));
    ASSERT_FALSE(witness.next("snapshot").isEmpty());
    const auto shownAs = [&](const QString& name) {
        JsonSocket socket;
        EXPECT_TRUE(socket.open(url(), Kind::operations));
        QJsonObject message = hello();
        message["name"] = name;
        socket.send(message);
        EXPECT_FALSE(socket.next("welcome").isEmpty());
        return witness.next("presence.join")["name"].toString();
    };
    const QString balloons = QStringLiteral("🎈").repeated(limits::nameLength);
    EXPECT_EQ(shownAs(balloons), balloons);
    EXPECT_EQ(shownAs(text(limits::nameLength)), text(limits::nameLength));
    EXPECT_EQ(shownAs(text(limits::nameLength + 1)), text(limits::nameLength));
    // Beyond what so many code points can take it is no name.
    EXPECT_EQ(answerToHello("name", balloons), 0);
    EXPECT_EQ(answerToHello("name", balloons + "x"), 4400);
}

TEST_F(LimitsTest, ATitleHasSoManyCodePointsAndALongerOneIsRefused) {
    const auto titled = [](const QByteArray& title) { return R"({"title":")" + title + "\"}"; };
    const QByteArray balloons = QByteArray("🎈").repeated(limits::titleLength);
    EXPECT_EQ(send("POST", "/v1/docs", titled(balloons)).status, 201);
    expectProblem(send("POST", "/v1/docs", titled(balloons + "x")), 400);
    EXPECT_EQ(send("PATCH", m_path, titled(letters(limits::titleLength))).status, 200);
    expectProblem(send("PATCH", m_path, titled(letters(limits::titleLength + 1))), 400);
}

TEST_F(LimitsTest, FieldsOfHelloHaveTheirLengthsAndLongerOnesAreClosedWith4400) {
    EXPECT_EQ(answerToHello("client", text(limits::clientLength)), 0);
    EXPECT_EQ(answerToHello("client", text(limits::clientLength + 1)), 4400);
    EXPECT_EQ(answerToHello("token", text(limits::tokenLength)), 0);
    EXPECT_EQ(answerToHello("token", text(limits::tokenLength + 1)), 4400);
    EXPECT_EQ(answerToHello("replicas", keys(limits::replicasPerHello)), 0);
    EXPECT_EQ(answerToHello("replicas", keys(limits::replicasPerHello + 1)), 4400);
    EXPECT_EQ(answerToHello("color", limits::colors - 1), 0);
    EXPECT_EQ(answerToHello("color", limits::colors), 4400);
    EXPECT_EQ(answerToHello("color", -1), 4400);
}

TEST_F(LimitsTest, TheIdOfAnEditHasItsLengthAndALongerOneIsRefused) {
    const auto edit = [](std::size_t length) {
        return QJsonObject{{"type", "edit.insert"}, {"id", text(length)}, {"index", 0}, {"text", "x"}};
    };
    EXPECT_EQ(answerToEdit(edit(limits::editIdLength)), 0);
    EXPECT_EQ(answerToEdit(edit(limits::editIdLength + 1)), 4400);
    EXPECT_EQ(answerToEdit(edit(0)), 4400);
    const auto rest = [this](std::size_t length) {
        return send("POST", m_path + "/edits",
                    R"({"id":")" + letters(length) + R"(","edits":[{"index":0,"insert":"x"}]})");
    };
    EXPECT_EQ(rest(limits::editIdLength).status, 200);
    expectProblem(rest(limits::editIdLength + 1), 400);
    expectProblem(rest(0), 400);
}

TEST_F(LimitsTest, ALabelAndAnIdempotencyKeyHaveTheirLengths) {
    const auto label = [this](std::size_t length) {
        return send("POST", m_path + "/versions", R"({"label":")" + letters(length) + "\"}");
    };
    EXPECT_EQ(label(200).status, 201);
    expectProblem(label(201), 400);
    const auto once = [this](std::size_t length) {
        return send("POST", "/v1/docs", R"({"title":"t"})", {{"Idempotency-Key", letters(length)}});
    };
    EXPECT_EQ(once(255).status, 201);
    expectProblem(once(256), 400);
}

TEST_F(LimitsTest, ARequestHasSoManyEditsAndOneMoreIsRefused) {
    const auto edits = [this](int count) {
        const QByteArray all = QByteArray(R"({"index":0,"insert":"x"},)").repeated(count).chopped(1);
        return send("POST", m_path + "/edits",
                    R"({"id":"e)" + QByteArray::number(count) + R"(","edits":[)" + all + "]}");
    };
    EXPECT_EQ(edits(1'000).status, 200);
    EXPECT_GE(edits(1'001).status, 400);
}

TEST_F(LimitsTest, AConnectionSendsSoManyMessagesAtOnceAndMoreEndsItWith4429) {
    for (const QByteArray& protocol : {QByteArray(), QByteArray("tandem.v1")}) {
        const QByteArray ping = clientFrame(0x81, R"({"type":"ping"})");
        const auto most = static_cast<int>(limits::messagesAtOnce) - (protocol.isEmpty() ? 0 : 1);
        RawSocket within(m_server.url());
        ASSERT_TRUE(within.upgrade(url(), protocol));
        within.send(greeting(protocol));
        ASSERT_TRUE(within.waitFor("\"snapshot\"")); // fewer may wait for it
        within.send(ping.repeated(most));
        ASSERT_TRUE(within.waitFor("\"pong\""));
        within.send(clientFrame(0x88, QByteArray("\x03\xE8", 2)));
        EXPECT_TRUE(within.waitForEnd());
        EXPECT_EQ(within.received().count("\"pong\""), most);
        RawSocket beyond(m_server.url());
        ASSERT_TRUE(beyond.upgrade(url(), protocol));
        beyond.send(greeting(protocol));
        ASSERT_TRUE(beyond.waitFor("\"snapshot\"")); // fewer may wait for it
        beyond.send(ping.repeated(most * 3));
        EXPECT_TRUE(beyond.waitFor("\x11\x4Dmore messages than")); // 4429
        EXPECT_GE(beyond.received().count("\"pong\""), most);
    }
}

TEST_F(LimitsTest, AConnectionSendsSoManyBytesAtOnceAndMoreEndsItWith4429) {
    QByteArray ping = R"({"type":"ping"})";
    ping += QByteArray(static_cast<qsizetype>(limits::frameBytes) - ping.size(), ' ');
    const auto atOnce = limits::receivedBytesAtOnce / static_cast<std::int64_t>(limits::frameBytes);
    RawSocket socket(m_server.url());
    ASSERT_TRUE(socket.upgrade(url()));
    qsizetype pongs = 0;
    bool answered = true;
    while (answered && pongs < 10 * atOnce) {
        socket.send(clientFrame(0x81, ping));
        waitUntil([&] { return socket.isOver() || socket.received().count("\"pong\"") > pongs; });
        answered = socket.received().count("\"pong\"") > pongs;
        pongs += answered ? 1 : 0;
    }
    EXPECT_GE(pongs, atOnce);
    EXPECT_TRUE(socket.waitFor("\x11\x4Dmore messages than"));
}

TEST_F(LimitsTest, ClientsAreToldTheLimits) {
    const auto expectAll = [](const QJsonObject& told) {
        const message::Limits announced = message::announcedLimits();
        EXPECT_EQ(told.size(), static_cast<qsizetype>(announced.size()));
        for (const auto& [name, value] : announced)
            EXPECT_EQ(told[QString::fromStdString(name)].toInteger(), static_cast<qint64>(value)) << name;
    };
    JsonSocket plain;
    ASSERT_TRUE(plain.open(url(), Kind::plain));
    expectAll(plain.next("snapshot")["limits"].toObject());
    JsonSocket operations;
    ASSERT_TRUE(operations.open(url(), Kind::operations));
    operations.send(hello());
    expectAll(operations.next("welcome")["limits"].toObject());
}

} // namespace tandem
