// Titles, entity tags, the list and the bin over REST, and what people who have the document open see of it.
#include "integration/json_socket.h"
#include "integration/rest_fixture.h"

#include <QJsonArray>

namespace tandem {

namespace {

class DocumentsLifeTest : public RestFixture {};

QString titleOf(const HttpReply& reply) {
    return reply.json()[QStringLiteral("title")].toString();
}

} // namespace

TEST_F(DocumentsLifeTest, AnEntityTagChangesWithTextAndTitleAndSavesTheTransfer) {
    const QByteArray path = create(QStringLiteral("text"));
    const QByteArray tag = get(path).header("ETag");
    EXPECT_EQ(tag, "\"1.1\"");
    const HttpReply same = get(path, {{"If-None-Match", "\"0.1\", W/" + tag}});
    EXPECT_EQ(same.status, 304);
    EXPECT_TRUE(same.body.isEmpty());
    EXPECT_EQ(same.header("ETag"), tag);
    EXPECT_EQ(get(path, {{"If-None-Match", "\"1.2\""}}).status, 200);
    EXPECT_EQ(get(path, {{"If-None-Match", "nonsense, \"\", \"a.b\", \"1.1"}}).status, 200);
    EXPECT_EQ(send("PATCH", path, R"({"title":"Plans"})").header("ETag"), "\"1.2\"");
    EXPECT_EQ(get(path, {{"If-None-Match", tag}}).header("ETag"), "\"1.2\"");
    EXPECT_EQ(send("POST", path + "/edits", R"({"id":"e","edits":[{"index":0,"insert":"a"}]})").status, 200);
    EXPECT_EQ(get(path, {{"If-None-Match", tag}}).header("ETag"), "\"2.2\"");
}

TEST_F(DocumentsLifeTest, ARenamedDocumentHasItsTitleEverywhere) {
    const QByteArray path = create(QStringLiteral("text"));
    JsonSocket before;
    ASSERT_TRUE(before.open(m_server.websocketUrl(idOf(path)), JsonSocket::Kind::plain));
    EXPECT_EQ(before.next(QStringLiteral("snapshot"))[QStringLiteral("title")].toString(),
              QStringLiteral("Notes"));
    const HttpReply renamed = send("PATCH", path, R"({"title":"Pl\u202eans \ud83c\udf88"})");
    EXPECT_EQ(renamed.status, 200) << renamed.body.toStdString();
    EXPECT_EQ(titleOf(renamed), QString::fromUtf8("Plans 🎈"));
    EXPECT_EQ(titleOf(get(path)), titleOf(renamed));
    EXPECT_EQ(before.next(QStringLiteral("title.changed"))[QStringLiteral("title")].toString(),
              titleOf(renamed));
    JsonSocket after;
    ASSERT_TRUE(after.open(m_server.websocketUrl(idOf(path)), JsonSocket::Kind::plain));
    EXPECT_EQ(after.next(QStringLiteral("snapshot"))[QStringLiteral("title")].toString(), titleOf(renamed));
    m_server.kill();
    ASSERT_TRUE(m_server.start());
    EXPECT_EQ(titleOf(get(path)), titleOf(renamed));
}

TEST_F(DocumentsLifeTest, ARenamingWithAnOldEntityTagIsRefused) {
    const QByteArray path = create(QStringLiteral("text"));
    const QByteArray tag = get(path).header("ETag");
    EXPECT_EQ(send("PATCH", path, R"({"title":"First"})", {{"If-Match", tag}}).status, 200);
    expectProblem(send("PATCH", path, R"({"title":"Second"})", {{"If-Match", tag}}), 412);
    expectProblem(send("PATCH", path, R"({"title":"Second"})", {{"If-Match", "nonsense"}}), 412);
    EXPECT_EQ(titleOf(get(path)), QStringLiteral("First"));
    EXPECT_EQ(send("PATCH", path, R"({"title":"Second"})", {{"If-Match", "*"}}).status, 200);
}

TEST_F(DocumentsLifeTest, WrongTitlesAreRefused) {
    const QByteArray path = create(QString());
    for (const char* body : {"{}", "[]", R"({"title":null})", R"({"title":""})", R"({"title":["a"]})",
                             R"({"title":"\u0000\u202e"})", "{\"title\":\"\xFF\"}"})
        expectProblem(send("PATCH", path, body), 400);
    expectProblem(send("PATCH", path, R"({"title":")" + QByteArray(201, 'x') + "\"}"), 400);
    expectProblem(send("PATCH", path, R"({"title":"a"})", {{"Content-Type", "text/html"}}), 415);
    expectProblem(send("PATCH", "/v1/docs/unknownunknownunknown", R"({"title":"a"})"), 404);
    EXPECT_EQ(titleOf(get(path)), QStringLiteral("Notes"));
}

TEST_F(DocumentsLifeTest, TheListIsSearchedByTitleAndItsLinkLeadsOn) {
    for (const char* title : {"Äpfel & Birnen", "äpfel=1", "Birnen", "ÄPFEL #3"})
        create(QString(), QString::fromUtf8(title));
    QByteArray path = "/v1/docs?limit=2&q=%C3%84PFEL";
    QStringList titles;
    while (!path.isEmpty()) {
        const HttpReply page = get(path);
        ASSERT_EQ(page.status, 200) << page.body.toStdString();
        for (const auto& document : page.json()[QStringLiteral("documents")].toArray())
            titles += document.toObject()[QStringLiteral("title")].toString();
        const QByteArray link = page.header("Link");
        path = link.isEmpty() ? QByteArray() : link.mid(1, link.indexOf('>') - 1);
    }
    EXPECT_EQ(titles, QStringList({QString::fromUtf8("ÄPFEL #3"), QString::fromUtf8("äpfel=1"),
                                   QString::fromUtf8("Äpfel & Birnen")}));
    expectProblem(get("/v1/docs?q=%FF"), 400);
    expectProblem(get("/v1/docs?q=" + QByteArray(801, 'x')), 400);
    expectProblem(get("/v1/docs?deleted=yes"), 400);
    EXPECT_EQ(get("/v1/docs?q=%27%3B%20DROP%20TABLE%20documents").status, 200);
    EXPECT_EQ(get("/v1/docs?q=").json()[QStringLiteral("documents")].toArray().size(), 4);
}

TEST_F(DocumentsLifeTest, ADeletedDocumentIsGoneForThoseInItAndComesBackWhole) {
    const QByteArray path = create(QStringLiteral("kept"));
    JsonSocket reader;
    JsonSocket writer;
    ASSERT_TRUE(reader.open(m_server.websocketUrl(idOf(path)), JsonSocket::Kind::operations));
    ASSERT_TRUE(writer.open(m_server.websocketUrl(idOf(path)), JsonSocket::Kind::plain));
    ASSERT_FALSE(writer.next(QStringLiteral("snapshot")).isEmpty());
    reader.send({{QStringLiteral("type"), QStringLiteral("hello")},
                 {QStringLiteral("name"), QStringLiteral("Ana")},
                 {QStringLiteral("color"), 1},
                 {QStringLiteral("replicas"), QJsonArray()},
                 {QStringLiteral("client"), QStringLiteral("test")}});
    ASSERT_FALSE(reader.next(QStringLiteral("welcome")).isEmpty());

    expectProblem(remove(path, {{"If-Match", "\"7.7\""}}), 412);
    EXPECT_EQ(remove(path).status, 204);
    EXPECT_EQ(reader.waitForClose(), 4404);
    EXPECT_EQ(writer.waitForClose(), 4404);
    expectProblem(get(path), 404);
    expectProblem(remove(path), 404);
    expectProblem(send("PATCH", path, R"({"title":"a"})"), 404);
    expectProblem(send("PUT", path + "/text", R"({"text":"a"})", {{"If-Match", "*"}}), 404);
    expectProblem(send("POST", path + "/edits", R"({"id":"e","edits":[{"index":0,"insert":"a"}]})"), 404);
    expectProblem(send("POST", "/v1/docs", R"({"title":"Other","id":")" + idOf(path).toUtf8() + "\"}"), 409);
    JsonSocket late;
    ASSERT_TRUE(late.open(m_server.websocketUrl(idOf(path)), JsonSocket::Kind::plain));
    EXPECT_EQ(late.waitForClose(), 4404);
    EXPECT_TRUE(get("/v1/docs").json()[QStringLiteral("documents")].toArray().isEmpty());
    const QJsonArray bin = get("/v1/docs?deleted=true").json()[QStringLiteral("documents")].toArray();
    ASSERT_EQ(bin.size(), 1);
    EXPECT_FALSE(bin[0].toObject()[QStringLiteral("deleted")].toString().isEmpty());

    m_server.kill();
    ASSERT_TRUE(m_server.start());
    expectProblem(get(path), 404);
    EXPECT_EQ(restore(path).status, 200);
    EXPECT_EQ(restore(path).status, 200);
    EXPECT_EQ(textAt(path), QStringLiteral("kept"));
    EXPECT_EQ(send("POST", path + "/edits", R"({"id":"e","edits":[{"index":0,"insert":"a"}]})").status, 200);
    EXPECT_EQ(textAt(path), QStringLiteral("akept"));
}

TEST_F(DocumentsLifeTest, WhatSomeoneTypesWhileTheDocumentIsDeletedIsRefusedAndNotAcked) {
    const QByteArray path = create(QString());
    JsonSocket writer;
    ASSERT_TRUE(writer.open(m_server.websocketUrl(idOf(path)), JsonSocket::Kind::plain));
    ASSERT_FALSE(writer.next(QStringLiteral("snapshot")).isEmpty());
    int acked = 0;
    for (int i = 0; i < 200; ++i) {
        if (i == 100) {
            EXPECT_EQ(remove(path).status, 204);
        }
        writer.send({{QStringLiteral("type"), QStringLiteral("edit.insert")},
                     {QStringLiteral("id"), QString::number(i)},
                     {QStringLiteral("index"), 0},
                     {QStringLiteral("text"), QStringLiteral("x")},
                     {QStringLiteral("version"), 0}});
    }
    for (const QJsonObject& message : writer.drain())
        acked += message[QStringLiteral("type")].toString() == QStringLiteral("ack");
    EXPECT_EQ(writer.waitForClose(), 4404);
    EXPECT_EQ(restore(path).status, 200);
    EXPECT_GE(textAt(path).size(), acked);
    EXPECT_LE(textAt(path).size(), 100);
}

TEST_F(DocumentsLifeTest, APurgedDocumentIsGoneForGoodAndClosesItsSockets) {
    const QByteArray path = create(QStringLiteral("a secret that nobody shall find again"));
    const QByteArray other = create(QStringLiteral("other"));
    JsonSocket reader;
    ASSERT_TRUE(reader.open(m_server.websocketUrl(idOf(path)), JsonSocket::Kind::plain));
    ASSERT_FALSE(reader.next(QStringLiteral("snapshot")).isEmpty());
    expectProblem(remove(path + "?purge=1"), 400);
    EXPECT_EQ(remove(path + "?purge=true").status, 204);
    EXPECT_EQ(reader.waitForClose(), 4404);
    expectProblem(remove(path + "?purge=true"), 404);
    expectProblem(restore(path), 404);
    expectProblem(get(path), 404);
    EXPECT_EQ(textAt(other), QStringLiteral("other"));
    // A document in the bin as well.
    EXPECT_EQ(remove(other).status, 204);
    EXPECT_EQ(remove(other + "?purge=true").status, 204);
    expectProblem(restore(other), 404);
    EXPECT_TRUE(get("/v1/docs?deleted=true").json()[QStringLiteral("documents")].toArray().isEmpty());
    // Whoever still wants this id gets a new document, and nothing of the old one.
    EXPECT_EQ(send("POST", "/v1/docs", R"({"title":"Anew","id":")" + idOf(path).toUtf8() + "\"}").status,
              201);
    EXPECT_EQ(textAt(path), QString());
}

TEST_F(DocumentsLifeTest, WrongAddressesOfTheBinAreRefused) {
    expectProblem(restore("/v1/docs/unknownunknownunknown"), 404);
    expectProblem(restore("/v1/docs/x"), 404);
    expectProblem(remove("/v1/docs/unknownunknownunknown"), 404);
    expectProblem(remove("/v1/docs/..%2F..%2Fetc"), 404);
    expectProblem(client().request("DELETE", "/v1/docs", {}, {}), 405);
}

} // namespace tandem
