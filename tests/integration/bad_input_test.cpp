// What breaks the rules of WebSockets or of the protocol, byte for byte: the connection is closed with a code
// that says why, and nobody else notices.
#include "integration/http_client.h"
#include "integration/json_socket.h"
#include "integration/raw_websocket.h"
#include "integration/server_process.h"

#include "base/random.h"

#include <QJsonArray>

#include <gtest/gtest.h>

namespace tandem {
namespace {

using Kind = JsonSocket::Kind;

constexpr int text = 0x1;
constexpr int binary = 0x2;
constexpr int closing = 0x8;
constexpr int ping = 0x9;
constexpr int final = 0x80;

class BadInputTest : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(m_server.start()) << m_server.output().toStdString();
        m_document = HttpClient(m_server.url()).createDocument("Notes", "Grüße 🎈");
        ASSERT_FALSE(m_document.isEmpty());
        ASSERT_TRUE(m_witness.open(url(), Kind::plain));
        ASSERT_FALSE(m_witness.next("snapshot").isEmpty());
    }
    // The witness is still served, and nothing of the bad input is in the document.
    void TearDown() override {
        m_witness.send({{"type", "ping"}});
        EXPECT_FALSE(m_witness.next("pong").isEmpty());
        EXPECT_EQ(HttpClient(m_server.url()).textOf(m_document), "Grüße 🎈");
    }
    QUrl url() const { return m_server.websocketUrl(m_document); }

    void expectClose(const QByteArray& bytes, int code, const QByteArray& protocol = {}) {
        RawWebsocket socket;
        ASSERT_TRUE(socket.open(url(), protocol));
        socket.send(bytes);
        EXPECT_EQ(socket.waitForClose(), code) << bytes.left(40).toHex().toStdString();
    }

    ServerProcess m_server;
    QString m_document;
    JsonSocket m_witness;
};

TEST_F(BadInputTest, FramesThatBreakTheRulesOfWebsocketsAreClosedWith1002) {
    const QByteArray hello = R"({"type":"ping"})";
    expectClose(clientFrame(final | 0x40 | text, hello), 1002);                 // a reserved bit
    expectClose(clientFrame(final | 0x3, hello), 1002);                         // an opcode that nobody knows
    expectClose(clientFrame(final | 0x0, hello), 1002);                         // the rest of nothing
    expectClose(clientFrame(ping, "a"), 1002);                                  // a control frame in pieces
    expectClose(clientFrame(final | ping, QByteArray(126, 'a')), 1002);         // or too long
    expectClose(clientFrame(text, "{") + clientFrame(final | text, "}"), 1002); // a message within another
    expectClose(clientFrame(final | closing, "x"), 1002);
}

TEST_F(BadInputTest, TextThatIsNotUtf8IsClosedWith1007) {
    for (const QByteArray& wrong : {QByteArray("\xC3"), QByteArray("\xFF"), QByteArray("\xC0\x80"),
                                    QByteArray("\xED\xA0\x80"), QByteArray("\xF4\x90\x80\x80")}) {
        expectClose(
            clientFrame(final | text, R"({"type":"edit.insert","id":"a","index":0,"text":")" + wrong + "\"}"),
            1007);
    }
}

TEST_F(BadInputTest, FramesThatAreTooLargeAreClosedWith1009WhateverTheyHold) {
    constexpr quint64 most = 1024 * 1024;
    expectClose(clientFrame(final | text, "", most + 1), 1009);
    expectClose(clientFrame(final | binary, "", ~quint64{0} >> 1), 1009);
    // Pieces that are small enough each.
    const QByteArray piece(700'000, ' ');
    expectClose(clientFrame(text, piece) + clientFrame(final | 0x0, piece), 1009);
}

TEST_F(BadInputTest, SurrogatesThatStandAloneAreNoText) {
    for (const char* wrong :
         {R"("\ud800")", R"("\udc00")", R"("a\ud83cb")", R"("\ud83c\ud83c")", R"("\udf88\ud83c")"}) {
        JsonSocket socket;
        ASSERT_TRUE(socket.open(url(), Kind::plain));
        socket.sendText(QString(R"({"type":"edit.insert","id":"a","index":0,"text":%1})").arg(wrong));
        EXPECT_EQ(socket.waitForClose(), 4400) << wrong;
    }
}

TEST_F(BadInputTest, FieldsOfAWrongKindAreNotGuessedAt) {
    const QStringList wrong = {
        R"({"type":"edit.insert","id":"a","index":"0","text":"x"})",
        R"({"type":"edit.insert","id":"a","index":0.5,"text":"x"})",
        R"({"type":"edit.insert","id":"a","index":null,"text":"x"})",
        R"({"type":"edit.insert","id":"a","index":0,"text":7})",
        R"({"type":"edit.insert","id":"a","index":0,"text":"x","version":-1})",
        R"({"type":"edit.insert","id":"","index":0,"text":"x"})",
        R"({"type":"edit.insert","index":0,"text":"x"})",
        R"({"type":"edit.delete","id":"a","index":0,"length":true})",
        R"({"type":"edit.delete","id":"a","index":0})",
        R"({"type":"cursor.update","tail":[],"head":0})",
        R"({"type":"hello","color":12})",
        R"({"type":"hello","resume":{"replica":1,"key":"short"}})",
        R"({"type":"op.submit","replica":4101,"changes":["AAAA"]})", // for the other kind of client
        "\"type\"",
        "7",
        "true",
        "",
        " ",
        R"({"type":"ping"}{"type":"ping"})",
        "{\"type\":\"ping\"",
    };
    for (const QString& each : wrong) {
        JsonSocket socket;
        ASSERT_TRUE(socket.open(url(), Kind::plain));
        socket.sendText(each);
        EXPECT_EQ(socket.waitForClose(), 4400) << each.toStdString();
    }
    const QStringList wrongHellos = {
        R"({"type":"hello"})",
        R"({"type":"hello","name":1,"color":1,"replicas":[],"client":"t"})",
        R"({"type":"hello","name":"A","color":1,"replicas":{},"client":"t"})",
        R"({"type":"hello","name":"A","color":1,"replicas":[{"id":0,"key":"AAAAAAAAAAAAAAAAAAAAAA"}],"client":"t"})",
        R"({"type":"hello","name":"A","color":1,"replicas":[{"id":1,"key":"A"}],"client":"t"})",
        R"({"type":"hello","name":"A","color":1,"replicas":[],"client":"t","after":1})",
        R"({"type":"hello","name":"A","color":1,"replicas":[],"client":"t","epoch":"e","after":-1})",
        R"({"type":"op.submit","replica":4101,"changes":[]})", // before hello
    };
    for (const QString& each : wrongHellos) {
        JsonSocket socket;
        ASSERT_TRUE(socket.open(url(), Kind::operations));
        socket.sendText(each);
        EXPECT_EQ(socket.waitForClose(), 4400) << each.toStdString();
    }
}

TEST_F(BadInputTest, IndexesOutOfRangeAreRefusedAndTheConnectionGoesOn) {
    JsonSocket socket;
    ASSERT_TRUE(socket.open(url(), Kind::plain));
    ASSERT_FALSE(socket.next("snapshot").isEmpty());
    const auto expectNack = [&](const QJsonObject& edit, const QString& code) {
        socket.send(edit);
        const QJsonObject nack = socket.next("nack");
        EXPECT_EQ(nack["code"].toString(), code);
        EXPECT_EQ(nack["for"], edit["id"]);
        EXPECT_FALSE(nack["retryable"].toBool(true));
    };
    const auto insert = [](const QString& id, qint64 index) {
        return QJsonObject{{"type", "edit.insert"}, {"id", id}, {"index", index}, {"text", "x"}};
    };
    const auto erase = [](const QString& id, qint64 index, qint64 length) {
        return QJsonObject{{"type", "edit.delete"}, {"id", id}, {"index", index}, {"length", length}};
    };
    // The text has 7 code points, in 11 bytes and 8 UTF-16 units.
    expectNack(insert("a", 8), "out_of_range");
    expectNack(insert("b", (qint64{1} << 53) - 1), "out_of_range");
    expectNack(erase("c", 7, 1), "out_of_range");
    expectNack(erase("d", 6, 2), "out_of_range");
    expectNack(erase("e", 1, (qint64{1} << 53) - 1), "out_of_range");
    QJsonObject future = insert("f", 0);
    future["version"] = 99;
    expectNack(future, "invalid_argument");
    // A caret beyond the text is nobody's loss.
    socket.send({{"type", "cursor.update"}, {"tail", 99}, {"head", 99}});
    socket.send({{"type", "ping"}});
    EXPECT_FALSE(socket.next("pong").isEmpty());
}

TEST_F(BadInputTest, BinaryFramesThatAreCutOrDamagedAreClosedWith4400) {
    // hello of "A" without replicas, documents or a token
    const QByteArray hello = QByteArray::fromHex("01"
                                                 "0141"
                                                 "03"
                                                 "00"
                                                 "00"
                                                 "0174"
                                                 "00");
    for (qsizetype size = 0; size < hello.size(); ++size)
        expectClose(clientFrame(final | binary, hello.left(size)), 4400, "tandem.v1");
    for (const char* more : {"00", "ffffffffffffffffffff"})
        expectClose(clientFrame(final | binary, hello + QByteArray::fromHex(more)), 4400, "tandem.v1");
    const QByteArray joined = clientFrame(final | binary, hello);
    for (const char* bad :
         {"02", "0200", "020100ffffffffff7f", "02010001ffffffff0f00", "0401", "05", "ff", "7b"})
        expectClose(joined + clientFrame(final | binary, QByteArray::fromHex(bad)), 4400, "tandem.v1");
}

TEST_F(BadInputTest, RandomBytesOnASocketDoNoHarm) {
    SeededRandom random(20'272);
    for (int round = 0; round < 90; ++round) {
        QByteArray bytes(static_cast<qsizetype>(1 + random.below(300)), '\0');
        for (char& each : bytes)
            each = static_cast<char>(random.below(256));
        if (round % 3 == 0) {
            HttpClient(m_server.url()).raw(bytes, 20);
            continue;
        }
        RawWebsocket socket;
        ASSERT_TRUE(socket.open(url(), round % 2 == 0 ? "tandem.v1" : ""));
        // As a frame it gets further.
        socket.send(round % 3 == 1 ? bytes : clientFrame(final | binary, bytes));
        socket.settle(20);
    }
}

} // namespace
} // namespace tandem
