// Texts changed over REST: PUT of a whole text, and index edits.
#include "integration/json_socket.h"
#include "integration/rest_fixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTcpSocket>

namespace tandem {

namespace {

class DocumentsEditsTest : public RestFixture {
protected:
    HttpReply put(const QByteArray& path, const QString& text, const QByteArray& ifMatch) {
        const QJsonObject body{{QStringLiteral("text"), text}};
        return send("PUT", path + "/text", QJsonDocument(body).toJson(), {{"If-Match", ifMatch}});
    }
    HttpReply edit(const QByteArray& path, const QByteArray& body) {
        return send("POST", path + "/edits", body);
    }
    static int versionOf(const HttpReply& reply) { return reply.json()[QStringLiteral("version")].toInt(-1); }
};

} // namespace

TEST_F(DocumentsEditsTest, APutTextReplacesOnlyWhatDiffersAndOthersSeeTheEdits) {
    const QByteArray path = create(QString::fromUtf8("one two three 🎈"));
    JsonSocket reader;
    ASSERT_TRUE(reader.open(m_server.websocketUrl(idOf(path)), JsonSocket::Kind::plain));
    ASSERT_FALSE(reader.next(QStringLiteral("snapshot")).isEmpty());
    const QString wanted = QString::fromUtf8("One two, three 🎈!");
    const HttpReply replaced = put(path, wanted, get(path).header("ETag"));
    EXPECT_EQ(replaced.status, 200) << replaced.body.toStdString();
    EXPECT_EQ(versionOf(replaced), 2);
    EXPECT_EQ(replaced.header("ETag"), get(path).header("ETag"));
    EXPECT_EQ(textAt(path), wanted);
    const QJsonObject update = reader.next(QStringLiteral("doc.update"));
    qsizetype touched = 0;
    for (const auto& one : update[QStringLiteral("edits")].toArray())
        touched += one.toObject()[QStringLiteral("delete")].toInt() +
                   one.toObject()[QStringLiteral("insert")].toString().size();
    EXPECT_EQ(touched, 4);
    // Nobody was seen to join.
    EXPECT_TRUE(reader.drain().isEmpty());
    // The same text again changes nothing.
    EXPECT_EQ(versionOf(put(path, wanted, "*")), 2);
}

TEST_F(DocumentsEditsTest, APutTextNeedsTheEntityTagOfTheVersionItIsFor) {
    const QByteArray path = create(QStringLiteral("a"));
    const QByteArray tag = get(path).header("ETag");
    expectProblem(send("PUT", path + "/text", R"({"text":"b"})"), 428);
    EXPECT_EQ(put(path, QStringLiteral("b"), tag).status, 200);
    expectProblem(put(path, QStringLiteral("c"), tag), 412);
    expectProblem(put(path, QStringLiteral("c"), "W/" + get(path).header("ETag")), 412);
    EXPECT_EQ(textAt(path), QStringLiteral("b"));
    EXPECT_EQ(put(path, QString(), "\"9.9\", " + get(path).header("ETag")).status, 200);
    EXPECT_EQ(textAt(path), QString());
}

TEST_F(DocumentsEditsTest, OfManyPutsForOneVersionOnlyOneIsTaken) {
    const QByteArray path = create(QStringLiteral("start"));
    const QByteArray tag = get(path).header("ETag");
    // On one connection each waits for the one before; the race is between connections.
    std::vector<std::unique_ptr<QTcpSocket>> sockets;
    for (int i = 0; i < 8; ++i) {
        sockets.push_back(std::make_unique<QTcpSocket>());
        sockets.back()->connectToHost(m_server.url().host(), static_cast<quint16>(m_server.url().port()));
        ASSERT_TRUE(sockets.back()->waitForConnected());
    }
    for (int i = 0; i < 8; ++i) {
        const QByteArray body = R"({"text":"text )" + QByteArray::number(i) + "\"}";
        sockets[i]->write("PUT " + path +
                          "/text HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                          "Content-Type: application/json\r\nIf-Match: " +
                          tag + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
        sockets[i]->flush();
    }
    int taken = -1;
    int refused = 0;
    for (int i = 0; i < 8; ++i) {
        while (sockets[i]->state() == QAbstractSocket::ConnectedState && sockets[i]->waitForReadyRead()) {
        }
        QByteArray received = sockets[i]->readAll();
        const HttpReply reply = takeReply(received);
        if (reply.status == 200) {
            EXPECT_EQ(taken, -1);
            taken = i;
        }
        refused += reply.status == 412;
    }
    EXPECT_EQ(refused, 7);
    EXPECT_EQ(textAt(path), QStringLiteral("text %1").arg(taken));
}

TEST_F(DocumentsEditsTest, AnyTextIsTakenAsPlainTextOrJson) {
    const QByteArray path = create(QString());
    const QString odd = QString::fromUtf8("a\0b\r\n\u2028\u202e\u00a0🎈\ufeff", 21);
    EXPECT_EQ(put(path, odd, "*").status, 200);
    EXPECT_EQ(textAt(path), odd);
    EXPECT_EQ(send("PUT", path + "/text", QByteArray("x\0y\xF0\x9F\x8E\x88", 7),
                   {{"If-Match", "*"}, {"Content-Type", "text/plain; charset=utf-8"}})
                  .status,
              200);
    EXPECT_EQ(textAt(path), QString::fromUtf8("x\0y🎈", 7));
    for (const char* invalid : {"\xFF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xC0\x80"})
        expectProblem(
            send("PUT", path + "/text", invalid, {{"If-Match", "*"}, {"Content-Type", "text/plain"}}), 400);
    expectProblem(send("PUT", path + "/text", R"({"text":"\udc00"})", {{"If-Match", "*"}}), 400);
    expectProblem(send("PUT", path + "/text", R"({"text":null})", {{"If-Match", "*"}}), 400);
    expectProblem(send("PUT", path + "/text", "", {{"If-Match", "*"}}), 400);
    expectProblem(send("PUT", path + "/text", "<a>", {{"If-Match", "*"}, {"Content-Type", "text/html"}}),
                  415);
    EXPECT_EQ(textAt(path), QString::fromUtf8("x\0y🎈", 7));
}

TEST_F(DocumentsEditsTest, ALargeTextIsPutInOneStep) {
    const QByteArray path = create(QStringLiteral("small"));
    JsonSocket reader;
    ASSERT_TRUE(reader.open(m_server.websocketUrl(idOf(path)), JsonSocket::Kind::plain));
    ASSERT_FALSE(reader.next(QStringLiteral("snapshot")).isEmpty());
    const QString large = QStringLiteral("0123456789abcde\n").repeated(60'000);
    const HttpReply replaced = put(path, large, get(path).header("ETag"));
    EXPECT_EQ(replaced.status, 200) << replaced.body.toStdString();
    EXPECT_EQ(textAt(path), large);
    // Everything comes at once: nobody sees half of it.
    EXPECT_EQ(reader.next(QStringLiteral("doc.update"))[QStringLiteral("version")].toInt(),
              versionOf(replaced));
    m_server.kill();
    ASSERT_TRUE(m_server.start());
    EXPECT_EQ(textAt(path), large);
}

TEST_F(DocumentsEditsTest, EditsCountInTheTextAfterTheOneBefore) {
    const QByteArray path = create(QString::fromUtf8("🎈 hello world"));
    const HttpReply edited = edit(path, R"({"id":"e1","version":1,"edits":[
        {"index":2,"delete":5,"insert":"goodbye"},{"index":10,"delete":5},{"index":10,"insert":"moon"},
        {"index":0,"delete":1,"insert":"A"}]})");
    EXPECT_EQ(edited.status, 200) << edited.body.toStdString();
    EXPECT_EQ(versionOf(edited), 2);
    EXPECT_EQ(textAt(path), QStringLiteral("A goodbye moon"));
}

TEST_F(DocumentsEditsTest, EditsOfAnOldVersionAreCarriedToThePresentText) {
    const QByteArray path = create(QStringLiteral("one two three"));
    EXPECT_EQ(edit(path, R"({"id":"a","version":1,"edits":[{"index":0,"insert":"zero "}]})").status, 200);
    EXPECT_EQ(edit(path, R"({"id":"b","version":1,"edits":[{"index":4,"delete":3,"insert":"2"},
                             {"index":7,"insert":"?"}]})")
                  .status,
              200);
    EXPECT_EQ(textAt(path), QStringLiteral("zero one 2 t?hree"));
}

TEST_F(DocumentsEditsTest, ARepeatedIdIsAnsweredAndNotAppliedAgain) {
    const QByteArray path = create(QStringLiteral("x"));
    const QByteArray once = R"({"id":"same","version":1,"edits":[{"index":1,"insert":"y"}]})";
    EXPECT_EQ(versionOf(edit(path, once)), 2);
    EXPECT_EQ(versionOf(edit(path, once)), 2);
    EXPECT_EQ(versionOf(edit(path, R"({"id":"later","edits":[{"index":0,"insert":"z"}]})")), 3);
    m_server.kill();
    ASSERT_TRUE(m_server.start());
    // The room does not know the version 1 any more.
    EXPECT_EQ(versionOf(edit(path, once)), 2);
    EXPECT_EQ(textAt(path), QStringLiteral("zxy"));
    // Another author may use the id.
    EXPECT_EQ(versionOf(edit(path, R"({"id":"same","name":"Ben","edits":[{"index":0,"insert":"!"}]})")), 4);
}

TEST_F(DocumentsEditsTest, TheSameEditsSentAtOnceAreTakenOnceAndAllAnswered) {
    const QByteArray path = create(QString());
    const QByteArray body = R"({"id":"same","version":0,"edits":[{"index":0,"insert":"y"}]})";
    const QByteArray request = "POST " + path +
                               "/edits HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                               "Content-Type: application/json\r\nContent-Length: " +
                               QByteArray::number(body.size()) + "\r\n\r\n" + body;
    std::vector<std::unique_ptr<QTcpSocket>> sockets;
    for (int i = 0; i < 8; ++i) {
        sockets.push_back(std::make_unique<QTcpSocket>());
        sockets.back()->connectToHost(m_server.url().host(), static_cast<quint16>(m_server.url().port()));
        ASSERT_TRUE(sockets.back()->waitForConnected());
        sockets.back()->write(request);
        sockets.back()->flush();
    }
    for (const auto& socket : sockets) {
        while (socket->state() == QAbstractSocket::ConnectedState && socket->waitForReadyRead()) {
        }
        QByteArray received = socket->readAll();
        EXPECT_EQ(versionOf(takeReply(received)), 1);
    }
    EXPECT_EQ(textAt(path), QStringLiteral("y"));
}

TEST_F(DocumentsEditsTest, WrongEditsAreRefusedAndNothingOfThemIsKept) {
    const QByteArray path = create(QStringLiteral("abc"));
    for (const char* body : {"",
                             "[]",
                             "{}",
                             R"({"id":"a"})",
                             R"({"edits":[]})",
                             R"({"id":"","edits":[]})",
                             R"({"id":"a","edits":{}})",
                             R"({"id":"a","edits":[1]})",
                             R"({"id":"a","edits":[{}]})",
                             R"({"id":"a","edits":[{"index":-1}]})",
                             R"({"id":"a","edits":[{"index":0.5}]})",
                             R"({"id":"a","edits":[{"index":0,"insert":5}]})",
                             R"({"id":"a","edits":[{"index":0,"insert":"\ud800"}]})",
                             R"({"id":"a","version":-1,"edits":[]})",
                             R"({"id":"a","version":null,"edits":[]})",
                             R"({"id":"a","version":99,"edits":[{"index":0,"insert":"x"}]})",
                             R"({"id":"a","edits":[{"index":4,"insert":"x"}]})",
                             R"({"id":"a","edits":[{"index":1,"delete":3}]})",
                             R"({"id":"a","edits":[{"index":0,"insert":"x"},{"index":5,"insert":"y"}]})",
                             R"({"id":"a","edits":[{"index":9007199254740993,"insert":"x"}]})"})
        expectProblem(edit(path, body), 400);
    expectProblem(edit(path, R"({"id":")" + QByteArray(65, 'x') + R"(","edits":[]})"), 400);
    QByteArray many = R"({"id":"a","edits":[)";
    for (int i = 0; i <= 1000; ++i)
        many += (i > 0 ? "," : "") + QByteArray(R"({"index":0,"insert":"x"})");
    expectProblem(edit(path, many + "]}"), 400);
    expectProblem(edit("/v1/docs/unknownunknownunknown", R"({"id":"a","edits":[{"index":0}]})"), 404);
    EXPECT_EQ(versionOf(edit(path, R"({"id":"a","edits":[]})")), 1);
    EXPECT_EQ(
        versionOf(edit(path, R"({"id":"b","edits":[{"index":0,"insert":"x"},{"index":0,"delete":1}]})")), 1);
    EXPECT_EQ(textAt(path), QStringLiteral("abc"));
}

} // namespace tandem
