// The past of a document over REST: versions, authors, what changed, and going back.
#include "integration/rest_fixture.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace tandem {

namespace {

class DocumentsPastTest : public RestFixture {
protected:
    // One edit by `name`; gives the version it made.
    int edit(const QByteArray& path, int index, int deleted, const QString& inserted, const QString& name) {
        const QJsonObject one{{QStringLiteral("index"), index},
                              {QStringLiteral("delete"), deleted},
                              {QStringLiteral("insert"), inserted}};
        const QJsonObject body{{QStringLiteral("id"), QStringLiteral("e%1").arg(++m_edits)},
                               {QStringLiteral("name"), name},
                               {QStringLiteral("edits"), QJsonArray{one}}};
        const HttpReply reply = send("POST", path + "/edits", QJsonDocument(body).toJson());
        EXPECT_EQ(reply.status, 200) << reply.body.toStdString();
        return reply.json()[QStringLiteral("version")].toInt(-1);
    }
    // "one two" by REST, then Ann's and Bob's edits.
    QByteArray createWithPast() {
        const QByteArray path = create(QStringLiteral("one two"));
        EXPECT_EQ(edit(path, 7, 0, QString::fromUtf8(" 🎈"), QStringLiteral("Ann")), 2);
        EXPECT_EQ(edit(path, 0, 4, QString(), QStringLiteral("Bob")), 3);
        EXPECT_EQ(edit(path, 3, 0, QStringLiteral("!"), QStringLiteral("Bob")), 4);
        return path;
    }
    static QString text(const HttpReply& reply) { return reply.json()[QStringLiteral("text")].toString(); }

private:
    int m_edits = 0;
};

} // namespace

TEST_F(DocumentsPastTest, EveryVersionIsThereWithItsOwnTag) {
    const QByteArray path = createWithPast();
    const QStringList texts{QString(), QStringLiteral("one two"), QString::fromUtf8("one two 🎈"),
                            QString::fromUtf8("two 🎈"), QString::fromUtf8("two! 🎈")};
    QSet<QByteArray> tags;
    for (int version = 0; version < texts.size(); ++version) {
        const HttpReply reply = get(path + "?version=" + QByteArray::number(version));
        EXPECT_EQ(reply.status, 200) << reply.body.toStdString();
        EXPECT_EQ(text(reply), texts[version]);
        EXPECT_EQ(reply.json()[QStringLiteral("version")].toInt(-1), version);
        const QString updated = reply.json()[QStringLiteral("updated")].toString();
        EXPECT_GE(updated, reply.json()[QStringLiteral("created")].toString());
        tags.insert(reply.header("ETag"));
        EXPECT_EQ(send("GET", path + "?version=" + QByteArray::number(version), {},
                       {{"If-None-Match", reply.header("ETag")}})
                      .status,
                  304);
    }
    EXPECT_EQ(tags.size(), texts.size());
    EXPECT_TRUE(tags.contains(get(path).header("ETag")));
}

TEST_F(DocumentsPastTest, WhoWroteWhat) {
    const QByteArray path = createWithPast();
    const auto authors = [&](const QByteArray& query) {
        QStringList found;
        const HttpReply reply = get(path + "/authors" + query);
        EXPECT_EQ(reply.status, 200) << reply.body.toStdString();
        for (const auto& one : reply.json()[QStringLiteral("authors")].toArray()) {
            const QJsonObject range = one.toObject();
            EXPECT_GT(range[QStringLiteral("replica")].toDouble(), 0);
            found += QStringLiteral("%1+%2 %3")
                         .arg(range[QStringLiteral("index")].toInt())
                         .arg(range[QStringLiteral("length")].toInt())
                         .arg(range[QStringLiteral("name")].toString());
        }
        return found;
    };
    const QStringList now = authors({});
    ASSERT_EQ(now.size(), 3);
    EXPECT_TRUE(now[0].startsWith(QStringLiteral("0+3 ")));
    EXPECT_EQ(now[1], QStringLiteral("3+1 Bob"));
    EXPECT_EQ(now[2], QStringLiteral("4+2 Ann"));
    EXPECT_EQ(authors("?version=1").size(), 1);
    EXPECT_TRUE(authors("?version=0").isEmpty());
}

TEST_F(DocumentsPastTest, SessionsOfEditsWithTheirAuthorsAndTimes) {
    const QByteArray path = createWithPast();
    const HttpReply reply = get(path + "/history");
    EXPECT_EQ(reply.status, 200) << reply.body.toStdString();
    EXPECT_TRUE(reply.json()[QStringLiteral("next")].isNull());
    EXPECT_EQ(reply.header("Link"), "");
    const QJsonArray sessions = reply.json()[QStringLiteral("sessions")].toArray();
    ASSERT_EQ(sessions.size(), 1);
    const QJsonObject session = sessions[0].toObject();
    EXPECT_EQ(session[QStringLiteral("from")].toInt(), 1);
    EXPECT_EQ(session[QStringLiteral("to")].toInt(), 4);
    EXPECT_LE(session[QStringLiteral("started")].toString(), session[QStringLiteral("ended")].toString());
    QMap<QString, int> changes;
    for (const auto& author : session[QStringLiteral("authors")].toArray())
        changes[author.toObject()[QStringLiteral("name")].toString()] =
            author.toObject()[QStringLiteral("changes")].toInt();
    EXPECT_EQ(changes.value(QStringLiteral("Ann")), 1);
    EXPECT_EQ(changes.value(QStringLiteral("Bob")), 2);
    const QJsonArray before =
        get(path + "/history?before=3&limit=1").json()[QStringLiteral("sessions")].toArray();
    ASSERT_EQ(before.size(), 1);
    EXPECT_EQ(before[0].toObject()[QStringLiteral("to")].toInt(), 2);
}

TEST_F(DocumentsPastTest, VersionsCanBeNamed) {
    const QByteArray path = createWithPast();
    const HttpReply named =
        send("POST", path + "/versions", R"({"label":" for the\u0000 printer ","version":2})");
    EXPECT_EQ(named.status, 201) << named.body.toStdString();
    EXPECT_EQ(named.json()[QStringLiteral("version")].toInt(), 2);
    EXPECT_EQ(
        send("POST", path + "/versions", R"({"label":"now"})").json()[QStringLiteral("version")].toInt(), 4);
    const QJsonArray versions = get(path + "/versions").json()[QStringLiteral("versions")].toArray();
    ASSERT_EQ(versions.size(), 2);
    EXPECT_EQ(versions[0].toObject()[QStringLiteral("label")].toString(), QStringLiteral("now"));
    EXPECT_EQ(versions[1].toObject()[QStringLiteral("label")], named.json()[QStringLiteral("label")]);
    EXPECT_EQ(remove(path + "/versions/4").status, 204);
    expectProblem(remove(path + "/versions/4"), 404);
    for (const char* wrong : {"/versions/x", "/versions/-1", "/versions/99999999999999999999"})
        expectProblem(remove(path + wrong), 404);
    for (const char* wrong :
         {R"({})", R"({"label":""})", R"({"label":1})", R"({"label":"a","version":null})", "x"})
        expectProblem(send("POST", path + "/versions", wrong), 400);
    expectProblem(send("POST", path + "/versions", R"({"label":"a","version":5})"), 404);
    expectProblem(get("/v1/docs/doesNotExistAtAll00/versions"), 404);
}

TEST_F(DocumentsPastTest, WhatChangedBetweenTwoVersionsEitherWay) {
    const QByteArray path = createWithPast();
    const HttpReply forward = get(path + "/changes?from=1");
    EXPECT_EQ(forward.status, 200) << forward.body.toStdString();
    EXPECT_EQ(forward.json()[QStringLiteral("to")].toInt(), 4);
    // "one " goes, and "! 🎈" comes: the two insertions stand side by side.
    EXPECT_EQ(forward.json()[QStringLiteral("edits")].toArray().size(), 2);
    const HttpReply back = get(path + "/changes?from=4&to=3");
    const QJsonArray edits = back.json()[QStringLiteral("edits")].toArray();
    ASSERT_EQ(edits.size(), 1);
    EXPECT_EQ(edits[0].toObject(), (QJsonObject{{QStringLiteral("index"), 3},
                                                {QStringLiteral("delete"), 1},
                                                {QStringLiteral("insert"), QString()},
                                                {QStringLiteral("deleted"), QStringLiteral("!")}}));
    EXPECT_TRUE(get(path + "/changes?from=2&to=2").json()[QStringLiteral("edits")].toArray().isEmpty());
}

TEST_F(DocumentsPastTest, GoingBackIsAChangeLikeAnyOther) {
    const QByteArray path = createWithPast();
    const HttpReply reverted = send("POST", path + "/revert", R"({"version":1,"name":"Eve"})");
    EXPECT_EQ(reverted.status, 200) << reverted.body.toStdString();
    EXPECT_EQ(reverted.json()[QStringLiteral("version")].toInt(), 5);
    EXPECT_EQ(reverted.header("ETag"), get(path).header("ETag"));
    EXPECT_EQ(text(get(path)), QStringLiteral("one two"));
    // And back from there.
    EXPECT_EQ(send("POST", path + "/revert", R"({"version":4})").status, 200);
    EXPECT_EQ(text(get(path)), QString::fromUtf8("two! 🎈"));
    EXPECT_EQ(text(get(path + "?version=5")), QStringLiteral("one two"));
    // Only where nobody has gone on meanwhile, if so asked.
    const QByteArray old = get(path + "?version=5").header("ETag");
    expectProblem(send("POST", path + "/revert", R"({"version":1})", {{"If-Match", old}}), 412);
    EXPECT_EQ(
        send("POST", path + "/revert", R"({"version":0})", {{"If-Match", get(path).header("ETag")}}).status,
        200);
    EXPECT_EQ(text(get(path)), QString());
}

TEST_F(DocumentsPastTest, ThePastOutlivesTheServer) {
    const QByteArray path = createWithPast();
    ASSERT_EQ(m_server.terminate(), 0);
    ASSERT_TRUE(m_server.start());
    EXPECT_EQ(text(get(path + "?version=2")), QString::fromUtf8("one two 🎈"));
    EXPECT_EQ(get(path + "/authors").status, 200);
}

TEST_F(DocumentsPastTest, WhatCannotBeAskedIsRefusedWithASentence) {
    const QByteArray path = createWithPast();
    for (const char* wrong : {"?version=5", "/authors?version=99", "/changes?from=5", "/changes?from=1&to=9"})
        expectProblem(get(path + wrong), 404);
    for (const char* wrong : {"/history?before=0", "/history?limit=0", "/history?limit=101",
                              "?version=", "?version=-1", "?version=x", "?version=99999999999999999999",
                              "/authors?version=1x", "/changes", "/changes?from=a", "/changes?from=1&to="})
        expectProblem(get(path + wrong), 400);
    expectProblem(get("/v1/docs/doesNotExistAtAll00/authors"), 404);
    expectProblem(send("POST", path + "/revert", R"({"version":5})"), 404);
    for (const char* wrong :
         {R"({})", R"({"version":"1"})", R"({"version":-1})", R"({"version":1.5})", "[]", ""})
        expectProblem(send("POST", path + "/revert", wrong), 400);
    EXPECT_EQ(text(get(path)), QString::fromUtf8("two! 🎈"));
}

} // namespace tandem
