// A damaged database: the server says so in a sentence, shows nobody a wrong text, goes on with what is
// whole, and leaves the damaged bytes as they are for whoever may mend them.
#include "integration/http_client.h"
#include "integration/json_socket.h"
#include "integration/server_process.h"

#include <QFile>
#include <QJsonArray>

#include <gtest/gtest.h>

namespace tandem {
namespace {

constexpr qsizetype pageBytes = 4096;

// A page that holds nothing but this word again and again, behind the number of the page that goes on with
// it; -1 when there is none.
qsizetype pageOf(const QByteArray& database, const QByteArray& word) {
    const QByteArray words = word.repeated(pageBytes / word.size() + 2);
    for (qsizetype page = 0; page < database.size() / pageBytes; ++page) {
        if (words.contains(database.mid(page * pageBytes + 4, pageBytes - 4)))
            return page;
    }
    return -1;
}

class DamageTest : public testing::Test {
protected:
    void SetUp() override { start(); }

    void start() { ASSERT_TRUE(m_server.start()) << m_server.output().toStdString(); }
    // With everything in the one file.
    void stop() {
        ASSERT_EQ(m_server.terminate(), 0);
        ASSERT_FALSE(QFile::exists(path() + "-wal"));
    }
    HttpClient http() const { return HttpClient(m_server.url()); }
    QString path() const { return m_server.dataFolder() + "/tandem.db"; }
    QByteArray database() const {
        QFile file(path());
        EXPECT_TRUE(file.open(QIODevice::ReadOnly));
        return file.readAll();
    }
    void write(const QByteArray& bytes) {
        QFile file(path());
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        ASSERT_EQ(file.write(bytes), bytes.size());
    }
    void expectNoStart(const QByteArray& bytes) {
        write(bytes);
        EXPECT_EQ(m_server.runToEnd(), 1);
        const QString words = m_server.output();
        EXPECT_TRUE(words.contains("tandem.db cannot be used: the database is damaged"))
            << words.toStdString();
        EXPECT_TRUE(words.contains("It was left as it is")) << words.toStdString();
        EXPECT_EQ(database(), bytes);
    }
    void expectRefused(const QString& document) {
        const HttpReply reply = http().get("/v1/docs/" + document.toUtf8());
        EXPECT_EQ(reply.status, 500);
        EXPECT_TRUE(reply.json()["detail"].toString().contains("damaged")) << reply.body.toStdString();
        for (const auto kind : {JsonSocket::Kind::plain, JsonSocket::Kind::operations}) {
            JsonSocket socket;
            ASSERT_TRUE(socket.open(m_server.websocketUrl(document), kind));
            EXPECT_EQ(socket.waitForClose(), 1011);
        }
    }
    void expectGoesOn(const QString& document, const QString& text) {
        EXPECT_EQ(http().textOf(document), text);
        JsonSocket socket;
        ASSERT_TRUE(socket.open(m_server.websocketUrl(document), JsonSocket::Kind::plain));
        EXPECT_EQ(socket.next("snapshot")["text"].toString(), text);
        socket.send({{"type", "edit.insert"}, {"id", "e"}, {"index", 0}, {"text", "x"}});
        EXPECT_FALSE(socket.next("ack").isEmpty());
        EXPECT_EQ(http().textOf(document), "x" + text);
        EXPECT_EQ(http().get("/readyz").status, 200);
    }

    ServerProcess m_server;
};

TEST_F(DamageTest, AFileThatIsNoDatabaseStopsTheStart) {
    stop();
    expectNoStart(QByteArray(20'000, 'x'));
}

TEST_F(DamageTest, AFileThatIsCutOffStopsTheStart) {
    ASSERT_FALSE(http().createDocument("Notes", QString(100'000, 'a')).isEmpty());
    stop();
    const QByteArray whole = database();
    for (const qsizetype size : {qsizetype{50}, 3 * pageBytes, whole.size() / 2, whole.size() - pageBytes})
        expectNoStart(whole.left(size));
    write(whole);
    start();
}

TEST_F(DamageTest, AFlippedBitIsNotTakenForTextAndOtherDocumentsGoOn) {
    const QString damaged = http().createDocument("Damaged", "the needle in the haystack");
    const QString whole = http().createDocument("Whole", "another one");
    stop();
    QByteArray bytes = database();
    const qsizetype place = bytes.indexOf("needle");
    ASSERT_GE(place, 0);
    ASSERT_EQ(bytes.indexOf("needle", place + 1), -1);
    bytes[place] = 'N';
    write(bytes);
    start();
    expectRefused(damaged);
    expectGoesOn(whole, "another one");
    EXPECT_EQ(http().get("/v1/docs").json()["documents"].toArray().size(), 2);
    // Nothing was done about it: mended, it is whole again.
    stop();
    bytes = database();
    ASSERT_EQ(bytes.indexOf("Needle"), bytes.lastIndexOf("Needle"));
    bytes.replace("Needle", "needle");
    write(bytes);
    start();
    EXPECT_EQ(http().textOf(damaged), "the needle in the haystack");
}

TEST_F(DamageTest, ADamagedPageGivesNobodyAWrongText) {
    const QString text = QString("needle").repeated(50'000);
    const QString damaged = http().createDocument("Damaged", text);
    const QString neighbour = http().createDocument("Neighbour", "another one");
    stop();
    const QByteArray whole = database();
    const qsizetype page = pageOf(whole, "needle");
    ASSERT_GE(page, 0);
    for (const char filler : {'\0', '\xA5', '\xFF'}) {
        SCOPED_TRACE(static_cast<int>(filler));
        QByteArray bytes = whole;
        bytes.replace(page * pageBytes, pageBytes, QByteArray(pageBytes, filler));
        write(bytes);
        start();
        expectRefused(damaged);
        // SQLite reads long rows whole to compare their keys, so looking for a neighbour may meet the damage.
        if (const HttpReply reply = http().get("/v1/docs/" + neighbour.toUtf8()); reply.status == 200)
            EXPECT_EQ(reply.json()["text"].toString(), "another one");
        else
            expectRefused(neighbour);
        EXPECT_EQ(http().get("/v1/docs").json()["documents"].toArray().size(), 2);
        stop();
        EXPECT_EQ(database().mid(page * pageBytes, pageBytes), QByteArray(pageBytes, filler));
    }
    write(whole);
    start();
    EXPECT_EQ(http().textOf(damaged), text);
    EXPECT_EQ(http().textOf(neighbour), "another one");
}

} // namespace
} // namespace tandem
