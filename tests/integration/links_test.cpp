// The calls that make, list, change and revoke share links, and what is kept of them.
#include "integration/access_fixture.h"

namespace tandem {

namespace {

class LinksTest : public AccessTest {};

} // namespace

TEST_F(LinksTest, LinksAreListedWithoutTheirSecrets) {
    const Document document = makeDocument();
    const QJsonObject made =
        makeLink(document, R"({"role":"viewer","label":"press\u202e","expires":"2999-01-31T09:05:00Z"})");
    EXPECT_EQ(made["label"].toString(), "press");
    EXPECT_EQ(made["expires"].toString(), "2999-01-31T09:05:00.000Z");
    EXPECT_TRUE(made["url"].toString().endsWith("#token=" + made["secret"].toString()));
    EXPECT_TRUE(made["url"].toString().startsWith(m_server.url().toString() + "/ui/plain?doc="));
    const HttpReply list = get(document.path + "/links", as(document.owner));
    const QJsonArray links = list.json()["links"].toArray();
    ASSERT_EQ(links.size(), 2);
    EXPECT_EQ(links[0].toObject()["role"].toString(), "owner");
    EXPECT_TRUE(links[0].toObject()["expires"].isNull());
    EXPECT_EQ(links[1].toObject()["label"].toString(), "press");
    EXPECT_FALSE(list.body.contains(made["secret"].toString().toUtf8()));
    EXPECT_FALSE(list.body.contains(document.owner));
}

TEST_F(LinksTest, WrongLinksAreRefusedWithWords) {
    const Document document = makeDocument();
    for (const char* wrong : {"", "[]", "{}", R"({"role":"admin"})", R"({"role":7})",
                              R"({"role":"viewer","label":7})", R"({"role":"viewer","expires":"tomorrow"})",
                              R"({"role":"viewer","expires":"2001-01-01T00:00:00Z"})",
                              R"({"role":"viewer","expires":"2999-01-01T00:00:00"})"}) {
        SCOPED_TRACE(wrong);
        expectProblem(send("POST", document.path + "/links", wrong, as(document.owner)), 400);
    }
    const QByteArray long64 = R"({"role":"viewer","label":")" + QByteArray(64, 'a') + R"("})";
    const QByteArray long65 = R"({"role":"viewer","label":")" + QByteArray(65, 'a') + R"("})";
    EXPECT_EQ(send("POST", document.path + "/links", long64, as(document.owner)).status, 201);
    expectProblem(send("POST", document.path + "/links", long65, as(document.owner)), 400);
    for (const char* none : {"/links/0", "/links/99", "/links/x", "/links/18446744073709551617"})
        expectProblem(remove(document.path + none, as(document.owner)), 404);
}

TEST_F(LinksTest, SomeoneAlwaysOwnsADocument) {
    const Document document = makeDocument();
    expectProblem(remove(document.path + "/links/1", as(document.owner)), 409);
    expectProblem(send("PATCH", document.path + "/links/1", R"({"role":"viewer"})", as(document.owner)), 409);
    expectProblem(send("PATCH", document.path + "/links/1", R"({"expires":"2999-01-01T00:00:00Z"})",
                       as(document.owner)),
                  409);
    const QByteArray second = secretFor(document, "owner");
    EXPECT_EQ(remove(document.path + "/links/1", as(second)).status, 204);
    EXPECT_EQ(get(document.path, as(document.owner)).status, 403);
    EXPECT_EQ(get(document.path, as(second)).status, 200);
}

TEST_F(LinksTest, WhoeverChoosesTheOwnersSecretMayAskAgainAndNobodyElse) {
    const QByteArray body =
        R"({"id":"my-own-document-1","title":"Notes","text":"private","owner_secret":"my-own-secret-of-22-ch"})";
    const HttpReply first = send("POST", "/v1/docs", body);
    EXPECT_EQ(first.status, 201) << first.body.toStdString();
    EXPECT_EQ(first.json()["link"].toObject()["secret"].toString(), "my-own-secret-of-22-ch");
    const HttpReply second = send("POST", "/v1/docs", body);
    EXPECT_EQ(second.status, 200);
    EXPECT_EQ(second.json()["link"].toObject()["url"], first.json()["link"].toObject()["url"]);
    for (
        const char* strangers :
        {R"({"id":"my-own-document-1","title":"Notes","text":"private"})",
         R"({"id":"my-own-document-1","title":"Notes","text":"private","owner_secret":"another-secret-of-22-ch"})"}) {
        const HttpReply refused = send("POST", "/v1/docs", strangers);
        expectProblem(refused, 409);
        EXPECT_FALSE(refused.body.contains("private"));
    }
    for (const char* weak :
         {"", "short", "twenty-one-characters", "with a blank between it", "umlauts-\xc3\xa4-are-none-of-it"})
        expectProblem(
            send("POST", "/v1/docs", QByteArray(R"({"title":"t","owner_secret":")") + weak + R"("})"), 400);
    EXPECT_EQ(get("/v1/docs/my-own-document-1", as("my-own-secret-of-22-ch")).status, 200);
}

TEST_F(LinksTest, ARepeatedRequestGetsTheSameLinkAndTheDatabaseHoldsNoSecret) {
    const HttpClient::Headers key{{"Idempotency-Key", "0b6f1a52-chosen-at-random"}};
    const HttpReply first = send("POST", "/v1/docs", R"({"title":"Notes"})", key);
    EXPECT_EQ(first.status, 201);
    const HttpReply again = send("POST", "/v1/docs", R"({"title":"Notes"})", key);
    EXPECT_EQ(again.header("Idempotency-Replayed"), "true");
    EXPECT_EQ(again.json(), first.json());
    const QByteArray secret = first.json()["link"].toObject()["secret"].toString().toUtf8();
    const QByteArray path = "/v1/docs/" + first.json()["id"].toString().toUtf8();
    EXPECT_EQ(get(path, as(secret)).status, 200);
    expectProblem(send("POST", "/v1/docs", R"({"title":"Notes"})", {{"Idempotency-Key", "guessable"}}), 400);

    HttpClient::Headers asOwner = as(secret);
    asOwner["Idempotency-Key"] = "1";
    const HttpReply link = send("POST", path + "/links", R"({"role":"editor"})", asOwner);
    EXPECT_EQ(send("POST", path + "/links", R"({"role":"editor"})", asOwner).json(), link.json());
    expectProblem(send("POST", path + "/links", R"({"role":"editor"})", {{"Idempotency-Key", "1"}}), 401);
    const QByteArray linkSecret = link.json()["secret"].toString().toUtf8();
    ASSERT_FALSE(linkSecret.isEmpty());

    ASSERT_EQ(m_server.terminate(), 0);
    for (const QByteArray& word : {secret, linkSecret, adminToken, QByteArray("0b6f1a52-chosen-at-random")}) {
        EXPECT_FALSE(databaseHolds(word)) << word.toStdString();
        EXPECT_FALSE(m_server.output().contains(QString::fromUtf8(word))) << word.toStdString();
    }
    EXPECT_TRUE(databaseHolds("Notes"));
}

TEST_F(LinksTest, WhatWasGrantedRevokedAndDeletedIsWrittenDown) {
    const Document document = makeDocument();
    secretFor(document, "viewer");
    EXPECT_EQ(remove(document.path + "/links/2", as(document.owner)).status, 204);
    EXPECT_EQ(remove(document.path, as(document.owner)).status, 204);
    EXPECT_EQ(send("POST", document.path + "/restore", {}, as(adminToken)).status, 200);
    EXPECT_EQ(remove(document.path + "?purge=true", as(document.owner)).status, 204);
    ASSERT_EQ(m_server.terminate(), 0);
    EXPECT_EQ(m_server.runToEnd({"audit", idOf(document.path)}), 0);
    qsizetype at = 0;
    for (const char* entry : {"document purged by link 1", "document restored from the bin by admin",
                              "document moved to the bin by link 1", "link revoked by link 1: link 2",
                              "link created by link 1: link 2 for viewers"}) {
        const qsizetype found = m_server.output().indexOf(QLatin1String(entry), at);
        EXPECT_GE(found, 0) << entry << "\n" << m_server.output().toStdString();
        at = std::max(at, found);
    }
}

} // namespace tandem
