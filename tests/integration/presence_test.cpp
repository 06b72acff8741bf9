// Who is there and where: carets, selections and names of both kinds of clients, over real sockets. How long
// it takes to be idle and how often carets are told is in unit/server/presence_test.
#include "integration/http_client.h"
#include "integration/json_socket.h"
#include "integration/server_process.h"

#include <QJsonArray>

#include <gtest/gtest.h>

namespace tandem {

namespace {

using Kind = JsonSocket::Kind;

QJsonObject caretAt(int index) {
    return {{"type", "cursor.update"}, {"tail", index}, {"head", index}};
}

class PresenceSocketsTest : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(m_server.start()) << m_server.output().toStdString();
        m_document = HttpClient(m_server.url()).createDocument("Notes", "0123456789");
        m_ana = joinOperations(m_anaSocket, "Ana");
        ASSERT_FALSE(m_ana.isEmpty());
    }
    QString joinOperations(JsonSocket& socket, const QString& name) {
        EXPECT_TRUE(socket.open(m_server.websocketUrl(m_document), Kind::operations));
        socket.send(
            {{"type", "hello"}, {"name", name}, {"color", 3}, {"replicas", QJsonArray()}, {"client", "t"}});
        m_welcome = socket.next("welcome");
        return m_welcome["session"].toString();
    }
    // A plain client that has said its name.
    QString joinPlain(JsonSocket& socket, const QString& name) {
        EXPECT_TRUE(socket.open(m_server.websocketUrl(m_document), Kind::plain));
        const QString session = socket.next("snapshot")["session"].toString();
        socket.send({{"type", "hello"}, {"name", name}, {"color", 5}});
        EXPECT_FALSE(socket.next("snapshot").isEmpty());
        return session;
    }
    // The next cursor of this session whose head is there.
    static QJsonObject cursorOf(JsonSocket& socket, const QString& session, const QJsonValue& head) {
        QJsonObject cursor;
        do
            cursor = socket.next("presence.cursor");
        while (!cursor.isEmpty() && (cursor["session"] != session || cursor["head"] != head));
        return cursor;
    }

    ServerProcess m_server;
    QString m_document;
    JsonSocket m_anaSocket;
    QString m_ana; // her session
    QJsonObject m_welcome;
};

} // namespace

TEST_F(PresenceSocketsTest, JoinNameCaretSelectionAndLeaveAreTold) {
    JsonSocket cleo;
    const QString session = joinPlain(cleo, "Cleo");
    const QJsonObject join = m_anaSocket.next("presence.join");
    EXPECT_EQ(join["session"], session);
    QJsonObject cursor = m_anaSocket.next("presence.cursor");
    EXPECT_EQ(cursor["session"], session);
    EXPECT_EQ(cursor["name"], "Cleo");
    EXPECT_EQ(cursor["color"], 5);
    EXPECT_EQ(cursor["idle"], false);
    EXPECT_TRUE(cursor["head"].isNull());

    cleo.send({{"type", "cursor.update"}, {"tail", 2}, {"head", 7}});
    do
        cursor = m_anaSocket.next("presence.cursor");
    while (!cursor.isEmpty() && cursor["head"].isNull());
    EXPECT_EQ(cursor["session"], session);
    EXPECT_EQ(cursor["name"], "Cleo");
    const QJsonObject anchors = {
        {"type", "cursor.update"}, {"tail", cursor["tail"]}, {"head", cursor["head"]}};

    // An operations client gives places by elements, which a plain client reads as indexes.
    m_anaSocket.send(anchors);
    cursor = cursorOf(cleo, m_ana, 7);
    EXPECT_EQ(cursor["tail"], 2);
    EXPECT_EQ(cursor["name"], "Ana");

    m_anaSocket.send({{"type", "cursor.update"}, {"tail", QJsonValue()}, {"head", QJsonValue()}});
    EXPECT_TRUE(cursorOf(cleo, m_ana, QJsonValue())["tail"].isNull());
    cleo.close();
    EXPECT_EQ(m_anaSocket.next("presence.leave")["session"], session);
}

TEST_F(PresenceSocketsTest, WhoeverJoinsIsToldWhoIsThereAndWhere) {
    JsonSocket cleo;
    const QString session = joinPlain(cleo, "Cleo");
    cleo.send(caretAt(4));
    JsonSocket ben;
    // Her caret may come after his snapshot.
    ASSERT_TRUE(ben.open(m_server.websocketUrl(m_document), Kind::plain));
    const QJsonObject snapshot = ben.next("snapshot");
    ASSERT_EQ(snapshot["members"].toArray().size(), 2);
    QJsonObject seen = snapshot["members"].toArray()[1].toObject();
    EXPECT_EQ(seen["session"], session);
    EXPECT_EQ(seen["name"], "Cleo");
    if (seen["head"].isNull())
        seen = cursorOf(ben, session, 4);
    EXPECT_EQ(seen["head"], 4);
    JsonSocket dora;
    joinOperations(dora, "Dora");
    EXPECT_EQ(m_welcome["members"].toArray().size(), 3) << "all but herself";
}

TEST_F(PresenceSocketsTest, NobodyCanSpeakForAnother) {
    JsonSocket cleo;
    const QString session = joinPlain(cleo, "Cleo");
    JsonSocket ben;
    joinPlain(ben, "Ben");
    // What the server stamps is not taken from a client.
    QJsonObject forged = caretAt(6);
    forged["session"] = m_ana;
    forged["name"] = "Ana";
    forged["color"] = 3;
    cleo.send(forged);
    const QJsonObject cursor = cursorOf(ben, session, 6);
    EXPECT_EQ(cursor["name"], "Cleo");
    EXPECT_EQ(cursor["color"], 5);
    for (const QJsonObject& message :
         {QJsonObject{
              {"type", "presence.cursor"}, {"session", m_ana}, {"name", "x"}, {"color", 1}, {"idle", false}},
          QJsonObject{{"type", "presence.leave"}, {"session", m_ana}}}) {
        JsonSocket thief;
        joinPlain(thief, "Thief");
        thief.send(message);
        EXPECT_EQ(thief.waitForClose(), 4400);
    }
}

TEST_F(PresenceSocketsTest, OfAFloodOfCaretsAFewAreToldAndTheLastOneIs) {
    JsonSocket cleo;
    const QString session = joinPlain(cleo, "Cleo");
    JsonSocket ben;
    joinPlain(ben, "Ben");
    constexpr int moves = 500;
    for (int i = 0; i < moves; ++i)
        cleo.send(caretAt(i % 9));
    cleo.send(caretAt(9));
    int told = 0;
    QJsonObject cursor;
    do {
        cursor = ben.next("presence.cursor");
        told += cursor["session"] == session ? 1 : 0;
    } while (!cursor.isEmpty() && (cursor["session"] != session || cursor["head"] != 9));
    EXPECT_EQ(cursor["head"], 9);
    EXPECT_LT(told, moves / 5);
}

TEST_F(PresenceSocketsTest, ACaretStaysWhereItIsWhileOthersType) {
    JsonSocket cleo;
    const QString session = joinPlain(cleo, "Cleo");
    JsonSocket ben;
    joinPlain(ben, "Ben");
    cleo.send(caretAt(5));
    ASSERT_FALSE(cursorOf(ben, session, 5).isEmpty());
    ben.send({{"type", "edit.insert"}, {"id", "e1"}, {"index", 0}, {"text", "abc"}});
    ASSERT_FALSE(ben.next("ack").isEmpty());
    JsonSocket dora;
    ASSERT_TRUE(dora.open(m_server.websocketUrl(m_document), Kind::plain));
    for (const QJsonValue& each : dora.next("snapshot")["members"].toArray()) {
        if (each["session"] == session) {
            EXPECT_EQ(each["head"], 8);
        }
    }
}

} // namespace tandem
