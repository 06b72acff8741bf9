// A server that documents open on with their share links only, attacked and used as PROTOCOL.md says, on real
// sockets.
#include "base/base64url.h"
#include "crdt/replica.h"
#include "integration/access_fixture.h"
#include "integration/cli_process.h"

#include <QDateTime>

namespace tandem {

namespace {

using Kind = JsonSocket::Kind;

class AdminsOnlyTest : public AccessTest {
protected:
    AdminsOnlyTest() : AccessTest({"--create", "admin"}) {}
};

class OpenAccessTest : public RestFixture {};

} // namespace

TEST_F(AccessTest, ADocumentOpensWithItsOwnLinksAndWithNothingElse) {
    const Document document = makeDocument();
    const Document other = makeDocument();
    EXPECT_EQ(get(document.path, as(document.owner)).status, 200);
    const HttpReply nothing = get(document.path);
    expectProblem(nothing, 401);
    EXPECT_EQ(nothing.header("WWW-Authenticate"), "Bearer");
    for (const QByteArray& wrong : {other.owner, QByteArray("undefined"), QByteArray("null"), QByteArray("0"),
                                    QByteArray(document.owner + "A"), document.owner.chopped(1),
                                    QByteArray(document.owner.toLower() + "x"), QByteArray(300, 'A')}) {
        SCOPED_TRACE(wrong.toStdString());
        expectProblem(get(document.path, as(wrong)), 403);
    }
    for (const char* empty : {"", "Bearer", "Bearer ", "Bearer    ", "Basic Og==", "Bearer\t"})
        expectProblem(get(document.path, {{"Authorization", empty}}), 401);
    EXPECT_EQ(get(document.path, {{"Authorization", "bEARER " + document.owner}}).status, 200);
}

TEST_F(AccessTest, ASecretCountsOnlyInItsHeader) {
    const Document document = makeDocument();
    for (const char* place : {"?token=", "?access_token=", "?secret=", "/"})
        EXPECT_NE(get(document.path + place + document.owner).status, 200);
    EXPECT_NE(get(document.path, {{"Cookie", "token=" + document.owner}}).status, 200);
    const QByteArray twice = "GET " + document.path +
                             " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer x\r\n" +
                             "Authorization: Bearer " + document.owner + "\r\n\r\n";
    EXPECT_EQ(client().rawStatus(twice), 400);
}

TEST_F(AccessTest, WhoeverHasNoLinkDoesNotLearnWhichDocumentsThereAre) {
    const Document document = makeDocument();
    const QByteArray nowhere = "/v1/docs/no-such-document-at-all";
    EXPECT_EQ(get(nowhere).status, get(document.path).status);
    EXPECT_EQ(get(nowhere, as("AAAAAAAAAAAAAAAAAAAAAA")).status,
              get(document.path, as("AAAAAAAAAAAAAAAAAAAAAA")).status);
    EXPECT_EQ(get("/v1/docs").status, 401);
    EXPECT_EQ(get("/v1/docs", as(document.owner)).status, 403);
    const HttpReply all = get("/v1/docs", as(adminToken));
    EXPECT_EQ(all.status, 200);
    EXPECT_EQ(all.json()["documents"].toArray().size(), 1);
    EXPECT_EQ(get(nowhere, as(adminToken)).status, 404);
}

TEST_F(AccessTest, ARoleAllowsWhatItSaysAndNoMore) {
    struct Call {
        QByteArray method;
        QByteArray path; // behind the document's
        QByteArray body;
        int viewer, editor, owner;
        HttpClient::Headers headers = {};
    };
    const std::vector<Call> calls = {
        {"GET", "", {}, 200, 200, 200},
        {"GET", "?version=0", {}, 200, 200, 200},
        {"GET", "/history", {}, 200, 200, 200},
        {"GET", "/versions", {}, 200, 200, 200},
        {"GET", "/authors", {}, 200, 200, 200},
        {"GET", "/changes?from=0", {}, 200, 200, 200},
        {"GET", "/links", {}, 403, 403, 200},
        {"PATCH", "", R"({"title":"New"})", 403, 200, 200},
        {"PUT", "/text", R"({"text":"two"})", 403, 200, 200, {{"If-Match", "*"}}},
        {"POST", "/edits", R"({"id":"e","edits":[{"index":0,"insert":"x"}]})", 403, 200, 200},
        {"POST", "/versions", R"({"label":"first"})", 403, 201, 201},
        {"POST", "/revert", R"({"version":1})", 403, 200, 200},
        {"POST", "/links", R"({"role":"viewer"})", 403, 403, 201},
        {"PATCH", "/links/1", R"({"label":"mine"})", 403, 403, 200},
        {"DELETE", "/links/3", {}, 403, 403, 204},
        {"DELETE", "", {}, 403, 403, 204},
        {"POST", "/restore", {}, 403, 403, 200},
        {"DELETE", "?purge=true", {}, 403, 403, 204},
    };
    const Document document = makeDocument();
    const QByteArray viewer = secretFor(document, "viewer");
    const QByteArray editor = secretFor(document, "editor"); // link 3
    const QByteArray secondEditor = secretFor(document, "editor");
    for (const Call& call : calls) {
        SCOPED_TRACE(call.method.toStdString() + " " + call.path.toStdString());
        const auto statusFor = [&](const QByteArray& secret) {
            HttpClient::Headers headers = call.headers;
            headers.insert(as(secret));
            return send(call.method, document.path + call.path, call.body, headers).status;
        };
        EXPECT_EQ(statusFor(viewer), call.viewer);
        EXPECT_EQ(statusFor(call.path == "/links/3" ? editor : secondEditor), call.editor);
        EXPECT_EQ(statusFor(document.owner), call.owner);
    }
    EXPECT_EQ(get(document.path, as(document.owner)).status, 403) << "purged, and its links with it";
}

TEST_F(AccessTest, ASocketOpensWithALinkOnlyAndKnowsItsRole) {
    const Document document = makeDocument();
    const Document other = makeDocument();
    EXPECT_EQ(closeCodeAfter(document, Kind::plain, plainHello({})), 4401);
    EXPECT_EQ(closeCodeAfter(document, Kind::plain, insert("e", "x")), 4401) << "before any hello";
    EXPECT_EQ(closeCodeAfter(document, Kind::operations, hello({})), 4401);
    for (const QByteArray& wrong : {other.owner, QByteArray("undefined")}) {
        EXPECT_EQ(closeCodeAfter(document, Kind::plain, plainHello(wrong)), 4403);
        EXPECT_EQ(closeCodeAfter(document, Kind::operations, hello(wrong)), 4403);
    }
    EXPECT_EQ(textOf(document), "one");
    for (const char* role : {"viewer", "editor", "owner"}) {
        const QByteArray secret = secretFor(document, role);
        JsonSocket plain;
        const QJsonObject snapshot = join(plain, document, secret);
        EXPECT_EQ(snapshot["role"].toString(), role);
        EXPECT_EQ(snapshot["text"].toString(), "one");
        JsonSocket operations;
        ASSERT_TRUE(operations.open(socketUrl(document), Kind::operations));
        operations.send(hello(secret));
        EXPECT_EQ(operations.next("welcome")["role"].toString(), role);
    }
    EXPECT_EQ(m_server.output().contains(QString::fromUtf8(document.owner)), false);
}

TEST_F(AccessTest, NothingOfADocumentIsSentBeforeALinkIsShown) {
    const Document document = makeDocument();
    JsonSocket plain;
    ASSERT_TRUE(plain.open(socketUrl(document), Kind::plain));
    JsonSocket operations;
    ASSERT_TRUE(operations.open(socketUrl(document), Kind::operations));
    JsonSocket editor;
    join(editor, document, document.owner);
    editor.send(insert("e", "x"));
    ASSERT_FALSE(editor.next("ack").isEmpty());
    EXPECT_TRUE(plain.drain().isEmpty());
    EXPECT_TRUE(operations.drain().isEmpty());
}

TEST_F(AccessTest, AViewersEditIsRefusedInEveryWay) {
    const Document document = makeDocument();
    const QByteArray viewer = secretFor(document, "viewer");
    JsonSocket plain;
    join(plain, document, viewer);
    plain.send(insert("e", "x"));
    EXPECT_EQ(plain.next("nack")["code"].toString(), "not_allowed");

    Replica replica;
    const Splice splice{0, 0, U"x"};
    const auto change = replica.edit(4101, std::span(&splice, 1));
    JsonSocket operations;
    ASSERT_TRUE(operations.open(socketUrl(document), Kind::operations));
    operations.send(hello(viewer));
    operations.send({{"type", "op.submit"},
                     {"replica", 4101},
                     {"key", "AAAAAAAAAAAAAAAAAAAAAA"},
                     {"changes", QJsonArray{QString::fromStdString(toBase64Url(encodeChange(*change)))}}});
    const QJsonObject nack = operations.next("nack");
    EXPECT_EQ(nack["code"].toString(), "not_allowed");
    EXPECT_FALSE(nack["retryable"].toBool());
    EXPECT_EQ(textOf(document), "one");
}

TEST_F(AccessTest, AChangeReachesTheDocumentOfItsSocketOnly) {
    const Document document = makeDocument();
    const Document other = makeDocument("other");
    Replica replica;
    const Splice first{0, 0, U"x"};
    const auto foreign = replica.edit(4102, std::span(&first, 1));
    const Splice second{1, 0, U"y"};
    const auto beside =
        replica.edit(4101, std::span(&second, 1)); // an element that the document does not have
    JsonSocket socket;
    ASSERT_TRUE(socket.open(socketUrl(document), Kind::operations));
    socket.send(hello(document.owner));
    QJsonObject submit{{"type", "op.submit"},
                       {"replica", 4101},
                       {"key", "AAAAAAAAAAAAAAAAAAAAAA"},
                       {"doc", idOf(other.path)},
                       {"changes", QJsonArray{QString::fromStdString(toBase64Url(encodeChange(*beside)))}}};
    socket.send(submit);
    EXPECT_EQ(socket.next("nack")["code"].toString(), "unknown_reference");
    // A change that says that another replica made it.
    submit["changes"] = QJsonArray{QString::fromStdString(toBase64Url(encodeChange(*foreign)))};
    socket.send(submit);
    EXPECT_EQ(socket.next("nack")["code"].toString(), "malformed");
    EXPECT_EQ(textOf(document), "one");
    EXPECT_EQ(textOf(other), "other");
}

TEST_F(AccessTest, ARevokedLinkEndsItsSocketsAndNoOthers) {
    const Document document = makeDocument();
    const QJsonObject link = makeLink(document, R"({"role":"editor","label":"for Ana"})");
    const QByteArray secret = link["secret"].toString().toUtf8();
    JsonSocket plain;
    join(plain, document, secret);
    JsonSocket operations;
    ASSERT_TRUE(operations.open(socketUrl(document), Kind::operations));
    operations.send(hello(secret));
    ASSERT_FALSE(operations.next("welcome").isEmpty());
    JsonSocket owner;
    join(owner, document, document.owner);

    const QByteArray path = document.path + "/links/" + QByteArray::number(link["number"].toInt());
    EXPECT_EQ(remove(path, as(document.owner)).status, 204);
    EXPECT_EQ(plain.waitForClose(), 4403);
    EXPECT_EQ(operations.waitForClose(), 4403);
    EXPECT_EQ(remove(path, as(document.owner)).status, 404);
    EXPECT_EQ(closeCodeAfter(document, Kind::plain, plainHello(secret)), 4403);
    owner.send(insert("e", "x"));
    EXPECT_FALSE(owner.next("ack").isEmpty());
}

TEST_F(AccessTest, AChangedRoleIsToldToItsSocketsAndHolds) {
    const Document document = makeDocument();
    const QJsonObject link = makeLink(document, R"({"role":"editor"})");
    const QByteArray path = document.path + "/links/" + QByteArray::number(link["number"].toInt());
    JsonSocket socket;
    join(socket, document, link["secret"].toString().toUtf8());
    EXPECT_EQ(send("PATCH", path, R"({"role":"viewer"})", as(document.owner)).status, 200);
    EXPECT_EQ(socket.next("access.changed")["role"].toString(), "viewer");
    socket.send(insert("e", "x"));
    EXPECT_EQ(socket.next("nack")["code"].toString(), "not_allowed");
    EXPECT_EQ(send("PATCH", path, R"({"role":"editor"})", as(document.owner)).status, 200);
    EXPECT_EQ(socket.next("access.changed")["role"].toString(), "editor");
    socket.send(insert("e", "x"));
    EXPECT_FALSE(socket.next("ack").isEmpty());
    EXPECT_EQ(textOf(document), "xone");
}

TEST_F(AccessTest, AnExpiredLinkOpensNothingAndEndsItsSockets) {
    const Document document = makeDocument();
    const QByteArray soon =
        QDateTime::currentDateTimeUtc().addMSecs(2'500).toString(Qt::ISODateWithMs).toUtf8();
    const QJsonObject link = makeLink(document, R"({"role":"editor","expires":")" + soon + R"("})");
    const QByteArray secret = link["secret"].toString().toUtf8();
    JsonSocket socket;
    EXPECT_EQ(join(socket, document, secret)["role"].toString(), "editor");
    EXPECT_EQ(socket.waitForClose(), 4403);
    EXPECT_EQ(get(document.path, as(secret)).status, 403);
    const QJsonArray links = get(document.path + "/links", as(document.owner)).json()["links"].toArray();
    EXPECT_EQ(links.size(), 2) << "it can be prolonged";
    EXPECT_EQ(send("PATCH", document.path + "/links/2", R"({"expires":null})", as(document.owner)).status,
              200);
    EXPECT_EQ(get(document.path, as(secret)).status, 200);
}

TEST_F(AccessTest, TheCommandLineReadsALinkWithItsSecret) {
    const Document document = makeDocument("from the link");
    const QString address = m_server.url().toString() + "/ui/plain?doc=" + idOf(document.path);
    EXPECT_EQ(runCli({"cat", address + "#token=" + document.owner}).output, "from the link");
    EXPECT_NE(runCli({"cat", address}).exitCode, 0);
    const CliResult made = runCli({"new", "--server", m_server.url().toString(), "--title", "Made"});
    EXPECT_TRUE(made.output.contains("#token=")) << made.output.toStdString() << made.errors.toStdString();
}

TEST_F(AdminsOnlyTest, OnlyTheAdminMakesDocuments) {
    expectProblem(send("POST", "/v1/docs", R"({"title":"t"})"), 401);
    expectProblem(send("POST", "/v1/docs", R"({"title":"t"})", as("the-admin-of-this-tesT")), 403);
    expectProblem(send("POST", "/v1/docs/import", "t", {{"Content-Type", "text/plain"}}), 401);
    EXPECT_EQ(send("POST", "/v1/docs", R"({"title":"t"})", as(adminToken)).status, 201);
}

TEST_F(OpenAccessTest, NobodyIsTheAdminWithoutATokenInTheSettings) {
    const QByteArray path = create("one");
    for (const char* guess : {"", "undefined", "null", "admin"}) {
        HttpClient::Headers headers;
        headers["Authorization"] = QByteArray("Bearer ") + guess;
        EXPECT_EQ(get(path, headers).status, 200) << "open access asks for nothing";
    }
    JsonSocket socket;
    ASSERT_TRUE(socket.open(m_server.websocketUrl(idOf(path)), Kind::plain));
    EXPECT_EQ(socket.next("snapshot")["role"].toString(), "editor");
    for (const QStringList& wrong : {QStringList{"--admin-token", "short"}, QStringList{"--create", "admin"},
                                     QStringList{"--create", "nobody"}, QStringList{"--access", "closed"},
                                     QStringList{"--host", "0.0.0.0"}}) {
        ServerProcess server;
        EXPECT_EQ(server.runToEnd(wrong), 2) << wrong.join(' ').toStdString();
        EXPECT_FALSE(server.output().contains("short\"")) << "a secret is not repeated";
    }
}

} // namespace tandem
