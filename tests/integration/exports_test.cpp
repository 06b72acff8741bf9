// Exports, digests and letters, from the request to the file, with the real server.
#include "integration/rest_fixture.h"
#include "integration/waiting.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>

namespace tandem {

namespace {

const QString text = QStringLiteral("# Plan\n\n<script>alert(1)</script> *soon* \u4f60\u597d \U0001F600\n");

class ExportsTest : public RestFixture {
protected:
    explicit ExportsTest(const QStringList& arguments = {}) : RestFixture(arguments) {}

    // The finished job.
    QJsonObject finished(const HttpReply& asked, const HttpClient::Headers& headers = {}) const {
        EXPECT_EQ(asked.status, 202) << asked.body.toStdString();
        const QByteArray job = asked.header("Location");
        QJsonObject state;
        EXPECT_TRUE(waitUntil([&] {
            state = get(job, headers).json();
            return !state[QStringLiteral("finished")].isNull();
        })) << get(job, headers).body.toStdString();
        EXPECT_EQ(state[QStringLiteral("status")].toString(), QStringLiteral("completed"))
            << get(job, headers).body.toStdString();
        return state;
    }
    static QByteArray resultOf(const QJsonObject& job) {
        return "/v1/jobs/" + job[QStringLiteral("id")].toString().toUtf8() + "/result";
    }
    HttpReply exported(const QByteArray& document, const QByteArray& format) const {
        const QByteArray body = R"({"format":")" + format + R"("})";
        return get(resultOf(finished(send("POST", document + "/export", body))));
    }
    QStringList letters() const {
        return QDir(m_server.dataFolder() + QStringLiteral("/outbox"))
            .entryList({QStringLiteral("*.eml")}, QDir::Files);
    }
};

class ExportsWithLinksTest : public ExportsTest {
protected:
    ExportsWithLinksTest() : ExportsTest({QStringLiteral("--access"), QStringLiteral("links")}) {}

    static HttpClient::Headers bearer(const QJsonObject& link) {
        return {{"Authorization", "Bearer " + link[QStringLiteral("secret")].toString().toUtf8()},
                {"Content-Type", "application/json"}};
    }
};

} // namespace

TEST_F(ExportsTest, EachFormatIsAFileOfItsOwnType) {
    const QByteArray document = create(text, QStringLiteral("A plan / for \u4f60"));
    const std::pair<QByteArray, QByteArray> types[] = {
        {"txt", "text/plain; charset=utf-8"},
        {"md", "text/markdown; charset=utf-8"},
        {"html", "text/html; charset=utf-8"},
        {"pdf", "application/pdf"},
        {"odt", "application/vnd.oasis.opendocument.text"},
    };
    for (const auto& [format, type] : types) {
        SCOPED_TRACE(format.toStdString());
        const HttpReply file = exported(document, format);
        EXPECT_EQ(file.status, 200);
        EXPECT_EQ(file.header("Content-Type"), type);
        EXPECT_TRUE(file.header("Content-Disposition").startsWith("attachment; filename=\""));
        EXPECT_FALSE(file.header("Content-Disposition").contains('/'));
        EXPECT_EQ(file.header("X-Content-Type-Options"), "nosniff");
        EXPECT_FALSE(file.body.isEmpty());
        if (format == "txt" || format == "md") {
            EXPECT_EQ(QString::fromUtf8(file.body), text);
        } else if (format == "html") {
            EXPECT_FALSE(file.body.contains("<script>"));
        } else if (format == "pdf") {
            EXPECT_TRUE(file.body.startsWith("%PDF-"));
        }
    }
}

TEST_F(ExportsTest, AnEarlierVersionIsExportedAsItWas) {
    const QByteArray document = create(QStringLiteral("one"));
    ASSERT_EQ(
        send("POST", document + "/edits", R"({"id":"e1","edits":[{"index":3,"insert":" two"}]})").status,
        200);
    const QJsonObject job = finished(send("POST", document + "/export", R"({"format":"txt","version":1})"));
    EXPECT_EQ(get(resultOf(job)).body, "one");
}

TEST_F(ExportsTest, AnArchiveMakesAnEqualDocument) {
    const QByteArray document = create(text);
    const HttpReply file = exported(document, "archive");
    ASSERT_EQ(file.status, 200);
    const HttpReply made = client().request("POST", "/v1/docs/import",
                                            {{"Content-Type", file.header("Content-Type")}}, file.body);
    ASSERT_EQ(made.status, 201) << made.body.toStdString();
    const QByteArray copy = "/v1/docs/" + made.json()[QStringLiteral("id")].toString().toUtf8();
    EXPECT_NE(copy, document);
    EXPECT_EQ(textAt(copy), text);
    EXPECT_EQ(get(copy + "/history").json()[QStringLiteral("sessions")].toArray().size(),
              get(document + "/history").json()[QStringLiteral("sessions")].toArray().size());
}

TEST_F(ExportsTest, WhatIsWrongIsRefusedBeforeThereIsAJob) {
    const QByteArray document = create(text);
    for (const char* body : {"", "{}", R"({"format":"exe"})", R"({"format":7})",
                             R"({"format":"txt","version":-1})", R"({"format":"txt","doc_id":"x"})"})
        expectProblem(send("POST", document + "/export", body), 400);
    for (const char* body :
         {"{}", R"({"since":"yesterday"})", R"({"since":"2020-01-01T00:00:00Z","email":"a@b\nBcc: c@d"})"})
        expectProblem(send("POST", document + "/digest", body), 400);
    expectProblem(send("POST", "/v1/docs/aaaaaaaaaaaaaaaaaaaaaa/export", R"({"format":"txt"})"), 404);
    EXPECT_TRUE(get("/v1/jobs?type=doc.export").json()[QStringLiteral("jobs")].toArray().isEmpty());
}

TEST_F(ExportsTest, ADigestTellsWhatChangedAndGoesToAnAddressAsOneLetter) {
    const QByteArray document = create(text);
    const QByteArray body = R"({"since":"2020-01-01T00:00:00Z","email":"ana@example.org"})";
    const QJsonObject job = finished(send("POST", document + "/digest", body));
    const HttpReply digest = get(resultOf(job));
    EXPECT_EQ(digest.status, 200);
    EXPECT_TRUE(digest.body.contains("Plan")) << digest.body.toStdString();
    ASSERT_TRUE(waitUntil([&] { return letters().size() == 1; }));
    QFile letter(m_server.dataFolder() + QStringLiteral("/outbox/") + letters().first());
    ASSERT_TRUE(letter.open(QIODevice::ReadOnly));
    EXPECT_TRUE(letter.readAll().contains("ana@example.org"));
    ASSERT_EQ(m_server.terminate(), 0);
    EXPECT_EQ(m_server.runToEnd({QStringLiteral("audit"), idOf(document)}), 0);
    EXPECT_TRUE(m_server.output().contains(QStringLiteral("digest by email asked for")));
    EXPECT_FALSE(m_server.output().contains(QStringLiteral("ana@example.org")));
}

TEST_F(ExportsWithLinksTest, OnlyAnOwnerHasADigestSentAway) {
    const QJsonObject made = send("POST", "/v1/docs", R"({"title":"Notes","text":"text"})").json();
    const QByteArray document = "/v1/docs/" + made[QStringLiteral("id")].toString().toUtf8();
    const HttpClient::Headers owner = bearer(made[QStringLiteral("link")].toObject());
    const QByteArray mailed = R"({"since":"2020-01-01T00:00:00Z","email":"ana@example.org"})";
    for (const char* role : {"viewer", "editor"}) {
        SCOPED_TRACE(role);
        const QByteArray wanted = R"({"role":")" + QByteArray(role) + R"("})";
        const HttpClient::Headers guest = bearer(send("POST", document + "/links", wanted, owner).json());
        expectProblem(send("POST", document + "/digest", mailed, guest), 403);
        finished(send("POST", document + "/digest", R"({"since":"2020-01-01T00:00:00Z"})", guest), guest);
        finished(send("POST", document + "/export", R"({"format":"txt"})", guest), guest);
    }
    EXPECT_TRUE(letters().isEmpty());
    finished(send("POST", document + "/digest", mailed, owner), owner);
    EXPECT_TRUE(waitUntil([&] { return letters().size() == 1; }));
}

// Whoever reaches it is anyone at all: it is not to be a relay of mail.
TEST(ExportsOpenToAllTest, OnlyTheAdminSteersJobsAndHasLettersSent) {
    ServerProcess server({QStringLiteral("--access"), QStringLiteral("open-unsafe"),
                          QStringLiteral("--admin-token"), QStringLiteral("the-admin-of-this-test")});
    ASSERT_TRUE(server.start()) << server.output().toStdString();
    HttpClient client(server.url());
    const QByteArray document = "/v1/docs/" + client.createDocument(QStringLiteral("Notes")).toUtf8();
    const HttpClient::Headers anyone{{"Content-Type", "application/json"}};
    HttpClient::Headers admin = anyone;
    admin["Authorization"] = "Bearer the-admin-of-this-test";
    const QByteArray letter =
        R"({"type":"email.notify","payload":{"to":"ana@example.org","subject":"s","text":"t"}})";
    EXPECT_EQ(client.request("POST", "/v1/jobs", anyone, letter).status, 401);
    EXPECT_EQ(client.request("POST", "/v1/jobs", admin, letter).status, 202);
    const QByteArray digest = R"({"since":"2020-01-01T00:00:00Z","email":"ana@example.org"})";
    EXPECT_EQ(client.request("POST", document + "/digest", anyone, digest).status, 403);
    EXPECT_EQ(client.request("POST", document + "/digest", admin, digest).status, 202);
    EXPECT_EQ(client.request("POST", document + "/export", anyone, R"({"format":"txt"})").status, 202);
}

} // namespace tandem
