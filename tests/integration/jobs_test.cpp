// Jobs over REST and from the command line, with the real server.
#include "integration/rest_fixture.h"
#include "integration/waiting.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTcpSocket>

#include <set>

namespace tandem {

namespace {

// Far enough not to be run.
const QByteArray later = R"(,"run_at":"2099-01-01T00:00:00Z")";

class JobsTest : public RestFixture {
protected:
    explicit JobsTest(const QStringList& arguments = {QStringLiteral("--snapshot-interval"),
                                                      QStringLiteral("5"), QStringLiteral("--backup-keep"),
                                                      QStringLiteral("2")})
        : RestFixture(arguments) {}

    HttpReply enqueue(const QByteArray& more, const QByteArray& type = "backup.run") const {
        return send("POST", "/v1/jobs", R"({"type":")" + type + R"(")" + more + "}");
    }
    // The address of a job that waits for long.
    QByteArray waiting(const QByteArray& more = {}) const {
        const HttpReply reply = enqueue(later + more);
        EXPECT_EQ(reply.status, 202) << reply.body.toStdString();
        EXPECT_EQ(reply.header("Location"), addressOf(reply.json()));
        return reply.header("Location");
    }
    static QByteArray addressOf(const QJsonObject& job) {
        return "/v1/jobs/" + job[QStringLiteral("id")].toString().toUtf8();
    }
    HttpReply steer(const QByteArray& job, const QByteArray& verb) const {
        return client().request("POST", job + "/" + verb, {}, {});
    }
    QString statusOf(const QByteArray& job) const {
        return get(job).json()[QStringLiteral("status")].toString();
    }
    bool comesTo(const QByteArray& job, const QString& status) const {
        return waitUntil([&] { return statusOf(job) == status; }, 30'000);
    }
    QJsonArray list(const QByteArray& query) const {
        const HttpReply reply = get("/v1/jobs" + query);
        EXPECT_EQ(reply.status, 200) << reply.body.toStdString();
        return reply.json()[QStringLiteral("jobs")].toArray();
    }
    void edit(const QByteArray& document, int from, int count) const {
        for (int i = from; i < from + count; ++i) {
            const QByteArray body =
                R"({"id":"e)" + QByteArray::number(i) + R"(","edits":[{"index":0,"insert":"x"}]})";
            ASSERT_EQ(send("POST", document + "/edits", body).status, 200);
        }
    }
};

class JobsWithLinksTest : public JobsTest {
protected:
    JobsWithLinksTest()
        : JobsTest({QStringLiteral("--access"), QStringLiteral("links"), QStringLiteral("--admin-token"),
                    QStringLiteral("the-admin-of-this-test"), QStringLiteral("--snapshot-interval"),
                    QStringLiteral("2")}) {}
    const HttpClient::Headers m_admin{{"Authorization", "Bearer the-admin-of-this-test"}};
};

} // namespace

TEST_F(JobsTest, ADocumentThatGrowsIsStoredByAJobAndThePurgeTakesItAlong) {
    const QByteArray document = create(QStringLiteral("text"));
    edit(document, 0, 9);
    QJsonArray jobs;
    ASSERT_TRUE(waitUntil([&] {
        jobs = list("?type=snapshot.create&state=completed");
        return jobs.size() == 2;
    }));
    const QJsonObject job = jobs[0].toObject();
    EXPECT_EQ(job[QStringLiteral("payload")].toObject()[QStringLiteral("doc_id")].toString(), idOf(document));
    EXPECT_EQ(job[QStringLiteral("progress")].toInt(), 100);
    EXPECT_EQ(job[QStringLiteral("attempts")].toArray().size(), 1);
    EXPECT_GE(job[QStringLiteral("result")].toObject()[QStringLiteral("version")].toInt(), 5);
    EXPECT_EQ(remove(document + "?purge=true").status, 204);
    EXPECT_TRUE(list("?type=snapshot.create").isEmpty());
    expectProblem(get(addressOf(job)), 404);
}

TEST_F(JobsTest, ABackupIsMadeAndTheNewestAreKept) {
    create(QStringLiteral("text"));
    QByteArray newest;
    for (int i = 0; i < 3; ++i) {
        newest = enqueue({}).header("Location");
        ASSERT_TRUE(comesTo(newest, QStringLiteral("completed"))) << get(newest).body.toStdString();
    }
    const QString name = get(newest + "/result").json()[QStringLiteral("file")].toString();
    const QDir folder(m_server.dataFolder() + QStringLiteral("/backups"));
    EXPECT_EQ(folder.entryList(QDir::Files).size(), 2);
    EXPECT_TRUE(folder.exists(name));
    ServerProcess other;
    EXPECT_EQ(other.runToEnd({QStringLiteral("restore"), folder.filePath(name)}), 0)
        << other.output().toStdString();
    EXPECT_TRUE(other.output().contains(QStringLiteral("1 documents, 1 changes")));
}

TEST_F(JobsTest, WhatIsWrongIsRefusedAndNothingIsEnqueued) {
    expectProblem(enqueue({}, "no.such.type"), 400);
    expectProblem(enqueue(R"(,"payload":{"x":1})"), 400);
    expectProblem(enqueue(R"(,"payload":[])"), 400);
    expectProblem(enqueue(R"(,"max_attempts":0)"), 400);
    expectProblem(enqueue(R"(,"max_attempts":26)"), 400);
    expectProblem(enqueue(R"(,"run_at":"tomorrow")"), 400);
    expectProblem(enqueue(R"(,"idempotency_key":"")"), 400);
    expectProblem(enqueue(R"(,"payload":{"doc_id":"../../etc/passwd"})", "snapshot.create"), 400);
    expectProblem(enqueue(R"(,"payload":{"doc_id":"no-such-document-0"})", "snapshot.create"), 404);
    expectProblem(enqueue(R"(,"payload":{"x":")" + QByteArray(70'000, 'x') + R"("})"), 413);
    expectProblem(send("POST", "/v1/jobs", "{"), 400);
    expectProblem(send("POST", "/v1/jobs", "x", {{"Content-Type", "text/plain"}}), 415);
    expectProblem(get("/v1/jobs?state=asleep"), 400);
    expectProblem(get("/v1/jobs?limit=0"), 400);
    expectProblem(get("/v1/jobs?cursor=rubbish"), 400);
    expectProblem(get("/v1/jobs/no-such-job"), 404);
    expectProblem(get("/v1/jobs/no-such-job/result"), 404);
    expectProblem(steer("/v1/jobs/no-such-job", "retry"), 404);
    EXPECT_TRUE(list({}).isEmpty());
}

TEST_F(JobsTest, OneThatWaitsIsCancelledBroughtBackAndDiscarded) {
    const QByteArray job = waiting(R"(,"max_attempts":7)");
    EXPECT_EQ(statusOf(job), QStringLiteral("scheduled"));
    EXPECT_EQ(get(job).json()[QStringLiteral("max_attempts")].toInt(), 7);
    expectProblem(get(job + "/result"), 409);
    EXPECT_EQ(steer(job, "cancel").json()[QStringLiteral("status")].toString(), QStringLiteral("cancelled"));
    expectProblem(steer(job, "cancel"), 409);
    EXPECT_EQ(steer(job, "retry").status, 200);
    ASSERT_TRUE(comesTo(job, QStringLiteral("completed")));
    expectProblem(steer(job, "retry"), 409);

    const QByteArray dead = waiting();
    EXPECT_EQ(steer(dead, "discard").json()[QStringLiteral("status")].toString(),
              QStringLiteral("discarded"));
    EXPECT_EQ(list("?state=discarded").size(), 1);
    EXPECT_EQ(steer(dead, "discard").status, 200);
    expectProblem(get(dead), 404);
}

TEST_F(JobsTest, AreListedInPagesAndCounted) {
    for (int i = 0; i < 3; ++i)
        waiting();
    const HttpReply first = get("/v1/jobs?limit=2&state=scheduled");
    EXPECT_EQ(first.json()[QStringLiteral("jobs")].toArray().size(), 2);
    const QByteArray link = first.header("Link");
    ASSERT_TRUE(link.startsWith("</v1/jobs?limit=2&state=scheduled&cursor="));
    const HttpReply second = get(link.mid(1, link.indexOf('>') - 1));
    EXPECT_EQ(second.json()[QStringLiteral("jobs")].toArray().size(), 1);
    EXPECT_TRUE(second.json()[QStringLiteral("next")].isNull());
    const QJsonObject stats = get("/v1/jobs/stats").json();
    EXPECT_EQ(stats[QStringLiteral("states")].toObject()[QStringLiteral("scheduled")].toInt(), 3);
    EXPECT_EQ(stats[QStringLiteral("types")]
                  .toObject()[QStringLiteral("backup.run")]
                  .toObject()[QStringLiteral("scheduled")]
                  .toInt(),
              3);
}

TEST_F(JobsTest, OneKeyUnderFiftyRequestsAtOnceMakesOneJob) {
    constexpr int many = 50;
    const QByteArray body = R"({"type":"backup.run","idempotency_key":"key")" + later + "}";
    const QByteArray request = "POST /v1/jobs HTTP/1.1\r\nHost: " + m_server.url().authority().toUtf8() +
                               "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: " +
                               QByteArray::number(body.size()) + "\r\n\r\n" + body;
    std::vector<std::unique_ptr<QTcpSocket>> sockets;
    for (int i = 0; i < many; ++i) {
        sockets.push_back(std::make_unique<QTcpSocket>());
        sockets.back()->connectToHost(m_server.url().host(), static_cast<quint16>(m_server.url().port()));
    }
    for (const auto& socket : sockets)
        ASSERT_TRUE(socket->waitForConnected());
    for (const auto& socket : sockets)
        socket->write(request);
    ASSERT_TRUE(waitUntil([&] {
        return std::all_of(sockets.begin(), sockets.end(), [](const auto& socket) {
            return socket->state() == QAbstractSocket::UnconnectedState;
        });
    }));
    int added = 0;
    int known = 0;
    std::set<QString> ids;
    for (const auto& socket : sockets) {
        QByteArray bytes = socket->readAll();
        const HttpReply reply = takeReply(bytes);
        added += reply.status == 202 ? 1 : 0;
        known += reply.status == 200 ? 1 : 0;
        ids.insert(reply.json()[QStringLiteral("id")].toString());
    }
    EXPECT_EQ(added, 1);
    EXPECT_EQ(known, many - 1);
    EXPECT_EQ(ids.size(), 1u);
    EXPECT_EQ(list({}).size(), 1);
    const QByteArray document = create(QStringLiteral("text"));
    const QByteArray of = R"(,"idempotency_key":"other","payload":{"doc_id":")";
    EXPECT_EQ(enqueue(of + document.mid(9) + R"("})" + later, "snapshot.create").status, 202);
    const QByteArray another = create(QStringLiteral("text"));
    expectProblem(enqueue(of + another.mid(9) + R"("})" + later, "snapshot.create"), 422);
}

TEST_F(JobsTest, TheyAreMeasuredWithoutNamingAnyone) {
    const QByteArray document = create(QStringLiteral("text"));
    edit(document, 0, 5);
    ASSERT_TRUE(waitUntil([&] { return list("?state=completed").size() == 1; }));
    QByteArray text;
    EXPECT_TRUE(waitUntil([&] {
        text = get("/metrics").body;
        return text.contains("tandem_jobs{state=\"completed\"} 1");
    }));
    EXPECT_TRUE(text.contains("tandem_job_run_seconds{quantile=\"0.95\"} "));
    EXPECT_TRUE(text.contains("tandem_jobs_enqueued_total{type=\"snapshot.create\"} 1"));
    EXPECT_TRUE(
        text.contains("tandem_jobs_finished_total{outcome=\"completed\",type=\"snapshot.create\"} 1"));
    EXPECT_TRUE(text.contains("tandem_job_wait_seconds_count{type=\"snapshot.create\"} 1"));
    EXPECT_TRUE(text.contains("tandem_job_leases_expired_total 0"));
    EXPECT_FALSE(text.contains(document.mid(9)));
}

TEST_F(JobsWithLinksTest, OnlyTheAdminSteersThemAndReadersOfADocumentReadItsOwn) {
    const HttpReply made = send("POST", "/v1/docs", R"({"title":"Notes","text":"text"})");
    ASSERT_EQ(made.status, 201);
    const QJsonObject document = made.json();
    const QByteArray secret =
        document[QStringLiteral("link")].toObject()[QStringLiteral("secret")].toString().toUtf8();
    const HttpClient::Headers owner{{"Authorization", "Bearer " + secret}};
    const QByteArray payload = R"({"type":"snapshot.create","payload":{"doc_id":")" +
                               document[QStringLiteral("id")].toString().toUtf8() + R"("})" + later + "}";
    for (const HttpClient::Headers& headers : {HttpClient::Headers{}, owner}) {
        const int status = headers.isEmpty() ? 401 : 403;
        expectProblem(send("POST", "/v1/jobs", payload, headers), status);
        expectProblem(get("/v1/jobs", headers), status);
        expectProblem(get("/v1/jobs/stats", headers), status);
        expectProblem(get("/v1/jobs/no-such-job", headers), status);
    }
    const QByteArray job = send("POST", "/v1/jobs", payload, m_admin).header("Location");
    ASSERT_FALSE(job.isEmpty());
    const QByteArray backup =
        send("POST", "/v1/jobs", R"({"type":"backup.run")" + later + "}", m_admin).header("Location");
    EXPECT_EQ(get(job, m_admin).status, 200);
    EXPECT_EQ(get(job, owner).status, 200);
    expectProblem(get(job), 401);
    expectProblem(get(job, {{"Authorization", "Bearer someone-else-s-secret"}}), 403);
    expectProblem(get(backup, owner), 403);
    expectProblem(client().request("POST", job + "/cancel", owner, {}), 403);
    EXPECT_EQ(client().request("POST", job + "/cancel", m_admin, {}).status, 200);
    // What is asked of a document needs its link.
    const QByteArray address = "/v1/docs/" + document[QStringLiteral("id")].toString().toUtf8();
    expectProblem(send("POST", address + "/export", R"({"format":"txt"})"), 401);
}

} // namespace tandem
