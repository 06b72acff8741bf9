// A document with its whole history as one file: written by the operator's command, imported over REST.
#include "integration/rest_fixture.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace tandem {

namespace {

const HttpClient::Headers archiveBody{{"Content-Type", "application/vnd.tandem.archive"}};

class DocumentsArchiveTest : public RestFixture {
protected:
    // A document of some versions and two authors, with a name for one of them.
    QByteArray createWithPast(int edits) {
        const QByteArray path = create("one two 🎈\r\n");
        for (int i = 0; i < edits; ++i) {
            const QJsonObject edit{
                {"index", i % 7}, {"delete", i % 3 == 2 ? 1 : 0}, {"insert", QString::number(i)}};
            const QJsonObject body{{"id", QString("e%1").arg(i)},
                                   {"name", i % 2 == 0 ? "Ann" : "Bob"},
                                   {"edits", QJsonArray{edit}}};
            EXPECT_EQ(send("POST", path + "/edits", QJsonDocument(body).toJson()).status, 200);
        }
        EXPECT_EQ(send("POST", path + "/versions", R"({"label":"half","version":2})").status, 201);
        return path;
    }
    // With the server stopped and started again.
    QByteArray archiveOf(const QByteArray& path) {
        EXPECT_EQ(m_server.terminate(), 0);
        EXPECT_EQ(m_server.runToEnd({"archive", idOf(path)}), 0);
        const QByteArray file = m_server.outputBytes();
        EXPECT_TRUE(m_server.start());
        return file;
    }
    HttpReply import(const QByteArray& file, const HttpClient::Headers& more = {},
                     const QByteArray& query = {}) const {
        HttpClient::Headers headers = archiveBody;
        headers.insert(more);
        return client().request("POST", "/v1/docs/import" + query, headers, file);
    }
    // All but what belongs to one document only.
    QJsonObject pastOf(const QByteArray& path, const QByteArray& what) const {
        return get(path + what).json();
    }
};

} // namespace

TEST_F(DocumentsArchiveTest, AnArchiveMakesAnEqualDocumentWithItsWholePast) {
    constexpr int edits = 40;
    const QByteArray original = createWithPast(edits);
    const QByteArray file = archiveOf(original);
    const HttpReply made = import(file);
    ASSERT_EQ(made.status, 201) << made.body.toStdString();
    const QByteArray copy = made.header("Location");
    EXPECT_NE(copy, original);
    EXPECT_EQ(made.json()["title"].toString(), "Notes");
    EXPECT_EQ(made.json()["text"].toString(), textAt(original));
    EXPECT_EQ(made.json()["version"].toInt(), edits + 1);
    EXPECT_EQ(made.json()["link"].toObject()["role"].toString(), "owner");
    for (int version = 0; version <= edits + 1; ++version) {
        const QByteArray query = "?version=" + QByteArray::number(version);
        EXPECT_EQ(textAt(copy + query), textAt(original + query)) << version;
    }
    for (const char* what : {"/authors", "/history", "/versions", "/changes?from=3"})
        EXPECT_EQ(pastOf(copy, what), pastOf(original, what)) << what;

    // It goes on like any other, after a restart as well, and the original is left as it was.
    const QByteArray more = R"({"id":"more","name":"Ann","edits":[{"index":0,"insert":"more "}]})";
    EXPECT_EQ(send("POST", copy + "/edits", more).json()["version"].toInt(), edits + 2);
    ASSERT_EQ(m_server.terminate(), 0);
    EXPECT_EQ(m_server.runToEnd({"verify"}), 0) << m_server.output().toStdString();
    ASSERT_TRUE(m_server.start());
    EXPECT_EQ(textAt(copy), "more " + textAt(original));
    EXPECT_EQ(pastOf(copy, "/versions"), pastOf(original, "/versions"));
}

TEST_F(DocumentsArchiveTest, AnEmptyDocumentAndOneWithoutItsOwnTitleAreImported) {
    const QByteArray file = archiveOf(create({}));
    const HttpReply made = import(file, {}, "?title=Another");
    ASSERT_EQ(made.status, 201) << made.body.toStdString();
    EXPECT_EQ(made.json()["title"].toString(), "Another");
    EXPECT_EQ(made.json()["version"].toInt(), 0);
    expectProblem(import(file, {}, "?title="), 400);
}

TEST_F(DocumentsArchiveTest, AnImportWithAnIdempotencyKeyIsMadeOnce) {
    const QByteArray file = archiveOf(createWithPast(3));
    const HttpClient::Headers key{{"Idempotency-Key", "chosen-at-random-1"}};
    const HttpReply first = import(file, key);
    EXPECT_EQ(first.status, 201);
    EXPECT_EQ(import(file, key).json(), first.json());
    EXPECT_EQ(get("/v1/docs").json()["documents"].toArray().size(), 2);
}

TEST_F(DocumentsArchiveTest, WhatIsNoArchiveIsRefusedAndNothingIsMade) {
    const QByteArray original = createWithPast(3);
    const QByteArray file = archiveOf(original);
    QByteArray bomb(1, '\x80');
    bomb += "\x80\x80\x80\x01"; // says that it is large, and is not
    QList<QByteArray> wrong{{}, "TDA1", QByteArray(10'000, 'x'), bomb, file.chopped(1), file + "x"};
    for (qsizetype at = 0; at < file.size(); ++at) {
        QByteArray damaged = file;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
        wrong.append(damaged);
    }
    int made = 0;
    for (const QByteArray& bytes : wrong) {
        const HttpReply reply = import(bytes);
        if (reply.status == 201) { // the last bits before the checksum mean nothing
            ++made;
            EXPECT_EQ(textAt(reply.header("Location")), textAt(original));
        } else {
            EXPECT_TRUE(reply.status == 400 || reply.status == 413)
                << reply.status << reply.body.toStdString();
        }
    }
    EXPECT_LE(made, 1);
    EXPECT_EQ(get("/v1/docs").json()["documents"].toArray().size(), 1 + made);
    EXPECT_EQ(import(file).status, 201);
}

TEST_F(DocumentsArchiveTest, TheCommandNeedsADocumentThatIsThere) {
    ASSERT_EQ(m_server.terminate(), 0);
    EXPECT_EQ(m_server.runToEnd({"archive"}), 2);
    EXPECT_EQ(m_server.runToEnd({"archive", "no-such-document-1"}), 1);
}

} // namespace tandem
