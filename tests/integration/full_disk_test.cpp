// A disk that takes no more while people type: what was acked stays, the rest stays with the clients and goes
// in as soon as there is room, and nobody has to start anything again.
#include "integration/failing_disk.h"
#include "integration/http_client.h"
#include "integration/json_socket.h"
#include "integration/typing_crowd.h"
#include "integration/waiting.h"

#include "base/base64url.h"

#include <QJsonArray>

#include <gtest/gtest.h>

namespace tandem {
namespace {

class FullDiskTest : public testing::TestWithParam<DiskKind> {
protected:
    void SetUp() override {
        ASSERT_TRUE(m_server.start()) << m_server.output().toStdString();
        m_document = http().createDocument("Notes", "[first]");
        ASSERT_FALSE(m_document.isEmpty());
    }

    HttpClient http() const { return HttpClient(m_server.url()); }
    QUrl url() const { return m_server.websocketUrl(m_document); }
    void fail() { m_disk->fail(m_server); }
    void mend() { m_disk->mend(m_server); }

    std::unique_ptr<FailingDisk> m_disk = GetParam().make();
    ServerProcess m_server{m_disk->arguments()};
    QString m_document;
};

QJsonObject insert(const QString& id) {
    return {{"type", "edit.insert"}, {"id", id}, {"index", 0}, {"text", id}};
}

} // namespace

TEST_P(FullDiskTest, WhatPeopleTypeMeanwhileGoesInWhenThereIsRoomAgain) {
    m_document = http().createDocument("Typed");
    TypingCrowd crowd(20'271);
    OperationsClient& ana = crowd.addOperationsClient(url());
    OperationsClient& ben = crowd.addOperationsClient(url());
    PlainClient& cleo = crowd.addPlainClient(url());
    ASSERT_EQ(crowd.settle(), std::nullopt);
    crowd.typeFor(200);
    ASSERT_EQ(crowd.settle(), std::nullopt);
    const QString acked = http().textOf(m_document);
    ASSERT_EQ(crowd.differences(acked), std::nullopt);

    fail();
    const auto isRefused = [](const OperationsClient& client) {
        return QString::fromStdString(client.client.session().problem()).contains("cannot be written");
    };
    crowd.typeFor(300);
    ASSERT_TRUE(waitUntil([&] { return isRefused(ana) && isRefused(ben); }));
    crowd.typeFor(300);
    // What got in before the last free byte was taken was acked; nothing else is there.
    ASSERT_FALSE(ana.document.outbox().empty());
    EXPECT_TRUE(ana.isLive() && ben.isLive() && cleo.isJoined());
    EXPECT_EQ(http().textOf(m_document).toStdU32String(), cleo.text());

    mend();
    const auto unsettled = crowd.settle();
    ASSERT_FALSE(unsettled) << unsettled->toStdString();
    const QString text = http().textOf(m_document);
    const auto differences = crowd.differences(text);
    EXPECT_FALSE(differences) << differences->toStdString();
    EXPECT_EQ(ana.client.session().problem(), "");
    m_server.kill();
    EXPECT_EQ(m_server.output().count("the database cannot be written"), 1)
        << m_server.output().toStdString();
    EXPECT_EQ(m_server.output().count("the database can be written again"), 1);
    ASSERT_TRUE(m_server.start()) << m_server.output().toStdString();
    EXPECT_EQ(http().textOf(m_document), text);
}

TEST_P(FullDiskTest, TheServerSaysThatItIsNotReadyAndGoesOnServingReaders) {
    EXPECT_EQ(http().get("/readyz").status, 200);
    fail();
    JsonSocket cleo;
    ASSERT_TRUE(cleo.open(url(), JsonSocket::Kind::plain));
    EXPECT_EQ(cleo.next("snapshot")["text"].toString(), "[first]");
    // Also without anyone who edits: after what was written last has had its time, it tries for itself.
    ASSERT_TRUE(waitUntil([&] { return http().get("/readyz").status == 503; }));
    const HttpReply ready = http().get("/readyz");
    EXPECT_EQ(ready.status, 503);
    EXPECT_TRUE(ready.json()["detail"].toString().startsWith("The database cannot be used now: "))
        << ready.body.toStdString();
    EXPECT_EQ(http().get("/healthz").status, 200);
    EXPECT_EQ(http().textOf(m_document), "[first]");
    const HttpReply refused =
        http().post("/v1/docs", QByteArray(R"({"title":"New","id":"new-document-of-mine"})"));
    EXPECT_EQ(refused.status, 503) << refused.body.toStdString();
    EXPECT_FALSE(refused.json()["detail"].toString().isEmpty());
    EXPECT_EQ(http().get("/v1/docs").json()["documents"].toArray().size(), 1);
    EXPECT_EQ(http().get("/v1/docs/new-document-of-mine").status, 404);

    mend();
    EXPECT_TRUE(waitUntil([&] { return http().get("/readyz").status == 200; }));
    EXPECT_EQ(http().post("/v1/docs", QByteArray(R"({"title":"New","id":"new-document-of-mine"})")).status,
              201);
}

TEST_P(FullDiskTest, EditsAreRefusedForNowAndTakenOnceWhenTheyComeAgain) {
    JsonSocket ana;
    ASSERT_TRUE(ana.open(url(), JsonSocket::Kind::operations));
    const QJsonObject author{{"id", 4101}, {"key", "AAAAAAAAAAAAAAAAAAAAAA"}};
    ana.send({{"type", "hello"},
              {"name", "Ana"},
              {"color", 1},
              {"replicas", QJsonArray{author}},
              {"client", "test"}});
    ASSERT_FALSE(ana.next("snapshot").isEmpty());
    JsonSocket cleo;
    ASSERT_TRUE(cleo.open(url(), JsonSocket::Kind::plain));
    ASSERT_FALSE(cleo.next("snapshot").isEmpty());
    Replica replica;
    const Splice typed{0, 0, U"[ana]"};
    const auto change = replica.edit(4101, std::span(&typed, 1));
    const QJsonObject submit{
        {"type", "op.submit"},
        {"replica", 4101},
        {"changes", QJsonArray{QString::fromStdString(toBase64Url(encodeChange(*change)))}}};

    fail();
    for (int attempt = 0; attempt < 3; ++attempt) {
        ana.send(submit);
        const QJsonObject nack = ana.next("nack");
        EXPECT_EQ(nack["code"].toString(), "unavailable");
        EXPECT_TRUE(nack["retryable"].toBool());
        EXPECT_EQ(nack["for"]["replica"].toInt(), 4101);
        EXPECT_EQ(nack["for"]["counter"].toInt(), 1);
        cleo.send(insert("[cleo]"));
        const QJsonObject refused = cleo.next("nack");
        EXPECT_EQ(refused["code"].toString(), "unavailable");
        EXPECT_TRUE(refused["retryable"].toBool());
        EXPECT_EQ(refused["for"].toString(), "[cleo]");
    }
    mend();
    ana.send(submit);
    EXPECT_EQ(ana.next("ack")["through"].toInt(), 5);
    cleo.send(insert("[cleo]"));
    EXPECT_EQ(cleo.next("ack")["id"].toString(), "[cleo]");
    const QString text = http().textOf(m_document);
    for (const char* word : {"[first]", "[ana]", "[cleo]"})
        EXPECT_EQ(text.count(word), 1) << word;
}

TEST_P(FullDiskTest, AServerThatDiesOnAFullDiskComesBackWithAllThatWasAcked) {
    {
        JsonSocket cleo;
        ASSERT_TRUE(cleo.open(url(), JsonSocket::Kind::plain));
        ASSERT_FALSE(cleo.next("snapshot").isEmpty());
        cleo.send(insert("[acked]"));
        ASSERT_FALSE(cleo.next("ack").isEmpty());
        fail();
        cleo.send(insert("[refused]"));
        ASSERT_FALSE(cleo.next("nack").isEmpty());
    }
    m_server.kill();
    if (!m_server.start()) {
        EXPECT_TRUE(m_server.output().contains("cannot be used")) << m_server.output().toStdString();
        mend();
        ASSERT_TRUE(m_server.start()) << m_server.output().toStdString();
    }
    EXPECT_EQ(http().textOf(m_document), "[acked][first]");
}

INSTANTIATE_TEST_SUITE_P(Disks, FullDiskTest, testing::ValuesIn(failingDisks()),
                         [](const auto& chosen) { return chosen.param.name; });

} // namespace tandem
