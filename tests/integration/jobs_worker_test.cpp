// Jobs in real processes that are killed, stopped and many, on both databases. The worker is one for tests,
// built of the server's own parts (tests/worker).
#include "databases/test_database.h"
#include "integration/backup_fixture.h"
#include "integration/waiting.h"
#include "jobs/job_runner.h"
#include "storage/sql/sql_storage.h"

#include <QCoreApplication>
#include <QDir>
#include <QProcess>

#include <gtest/gtest.h>

namespace tandem {

namespace {

class Worker {
public:
    Worker(const QString& url, const QString& folder) {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QStringLiteral(TANDEM_TEST_WORKER), {url, folder});
    }
    ~Worker() {
        m_process.kill();
        m_process.waitForFinished();
    }
    bool works() { return m_process.waitForReadyRead(20'000); }
    void kill() {
        m_process.kill();
        m_process.waitForFinished();
    }
    // SIGTERM; its exit code.
    int terminate() {
        m_process.terminate();
        return m_process.waitForFinished(30'000) && m_process.exitStatus() == QProcess::NormalExit
                   ? m_process.exitCode()
                   : -1;
    }
    bool isRunning() {
        m_process.waitForFinished(0);
        return m_process.state() != QProcess::NotRunning;
    }

private:
    QProcess m_process;
};

class JobWorkersTest : public testing::TestWithParam<DatabaseKind> {
protected:
    void SetUp() override {
        auto opened = SqlStorage::open(m_database.address(), m_clock, {}, {}, {DatabaseUse::working});
        ASSERT_TRUE(opened) << opened.error().detail;
        m_storage = std::move(*opened);
    }
    std::unique_ptr<Worker> worker() {
        const QStringList arguments = m_database.arguments();
        return std::make_unique<Worker>(arguments[arguments.indexOf(QStringLiteral("--database-url")) + 1],
                                        m_folder.path());
    }
    void enqueue(const std::string& id, const std::string& type, int maxAttempts = 3) {
        NewJob job;
        job.id = id;
        job.type = type;
        job.payload = "{}";
        job.maxAttempts = maxAttempts;
        job.keptMs = 3'600'000;
        ++m_unanswered;
        m_storage->jobs().enqueue(job, [this](const Result<JobQueue::Enqueued>& enqueued) {
            --m_unanswered;
            EXPECT_TRUE(enqueued);
        });
    }
    bool enqueued() {
        return waitUntil([this] { return m_unanswered == 0; }, 60'000);
    }
    Job find(const std::string& id) {
        Job found;
        bool answered = false;
        m_storage->jobs().find(id, [&](const Result<Job>& job) {
            answered = true;
            if (job)
                found = *job;
        });
        EXPECT_TRUE(waitUntil([&] { return answered; }));
        return found;
    }
    bool comesTo(const std::string& id, JobState state, int withinMs = 30'000) {
        return waitUntil([&] { return find(id).state == state; }, withinMs);
    }
    // How often a job has left such a sign.
    qint64 signs(const char* kind, const std::string& id) const {
        return QFileInfo(m_folder.filePath(QString::fromLatin1(kind) + '-' + QString::fromStdString(id)))
            .size();
    }

    ServedDatabase m_database{GetParam()};
    QTemporaryDir m_folder;
    SystemClock m_clock;
    std::unique_ptr<SqlStorage> m_storage;
    int m_unanswered = 0;
};

} // namespace

TEST_P(JobWorkersTest, AWorkerThatIsKilledInTheMiddleIsReplacedAndThereIsOneEffect) {
    enqueue("job-of-the-killed0", "test.slow");
    auto first = worker();
    ASSERT_TRUE(first->works());
    ASSERT_TRUE(waitUntil([&] { return signs("begun", "job-of-the-killed0") == 1; }, 20'000));
    first->kill();
    auto second = worker();
    ASSERT_TRUE(comesTo("job-of-the-killed0", JobState::completed));
    EXPECT_EQ(signs("begun", "job-of-the-killed0"), 2);
    EXPECT_EQ(signs("done", "job-of-the-killed0"), 1);
    const Job job = find("job-of-the-killed0");
    ASSERT_EQ(job.attempts.size(), 2u);
    EXPECT_NE(job.attempts[0].error.find("not heard of"), std::string::npos);
    EXPECT_EQ(job.attempts[1].error, "");
}

TEST_P(JobWorkersTest, AJobThatAlwaysKillsItsWorkerIsDiscardedAfterThree) {
    enqueue("job-that-is-deadly", "test.deadly", 20);
    int deaths = 0;
    auto one = worker();
    ASSERT_TRUE(waitUntil(
        [&] {
            if (!one->isRunning()) {
                ++deaths;
                one = worker();
            }
            return find("job-that-is-deadly").state == JobState::discarded;
        },
        60'000));
    EXPECT_EQ(deaths, 3);
    EXPECT_EQ(signs("begun", "job-that-is-deadly"), 3);
    EXPECT_EQ(find("job-that-is-deadly").attempts.size(), 3u);
}

TEST_P(JobWorkersTest, AFailingJobIsTriedAgainWithPausesAndEndsInTheDeadSet) {
    enqueue("job-that-fails-000", "test.failing", 4);
    const auto one = worker();
    ASSERT_TRUE(comesTo("job-that-fails-000", JobState::discarded, 60'000));
    const Job dead = find("job-that-fails-000");
    ASSERT_EQ(dead.attempts.size(), 4u);
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_EQ(dead.attempts[i].error, "it always fails");
        if (i > 0) {
            EXPECT_GE(dead.attempts[i].startedMs - dead.attempts[i - 1].endedMs, JobRules().shortestPauseMs);
        }
    }
}

TEST_P(JobWorkersTest, WhoeverIsToldToStopFinishesWhatRuns) {
    enqueue("job-of-a-restart-0", "test.slow");
    const auto one = worker();
    ASSERT_TRUE(one->works());
    ASSERT_TRUE(waitUntil([&] { return signs("begun", "job-of-a-restart-0") == 1; }, 20'000));
    enqueue("job-that-is-late-0", "test.slow");
    ASSERT_TRUE(enqueued());
    EXPECT_EQ(one->terminate(), 0);
    EXPECT_EQ(find("job-of-a-restart-0").state, JobState::completed);
    EXPECT_EQ(find("job-of-a-restart-0").attempts.size(), 1u);
}

TEST_P(JobWorkersTest, ARunningJobIsCancelledFromElsewhere) {
    enqueue("job-to-be-cancelled", "test.slow");
    const auto one = worker();
    ASSERT_TRUE(waitUntil([&] { return signs("begun", "job-to-be-cancelled") == 1; }, 20'000));
    m_storage->jobs().cancel("job-to-be-cancelled", [](const Result<Job>& job) { EXPECT_TRUE(job); });
    ASSERT_TRUE(comesTo("job-to-be-cancelled", JobState::cancelled));
    EXPECT_EQ(signs("done", "job-to-be-cancelled"), 0);
}

TEST_P(JobWorkersTest, TwoWorkersDrainTenThousandJobsAndRunNoneTwice) {
    constexpr int count = 10'000;
    const auto idOf = [](int i) { return "job-of-many-" + std::to_string(100'000 + i); };
    for (int i = 0; i < count; ++i)
        enqueue(idOf(i), "test.quick");
    ASSERT_TRUE(enqueued());
    const auto first = worker();
    const auto second = worker();
    ASSERT_TRUE(waitUntil(
        [&] { return m_database.ask("SELECT COUNT(*) FROM jobs WHERE state = 'completed'") == count; },
        240'000));
    EXPECT_EQ(m_database.ask("SELECT COUNT(*) FROM job_attempts"), count);
    EXPECT_EQ(QDir(m_folder.path()).entryList({QStringLiteral("done-*")}).size(), count);
    for (int i = 0; i < count; ++i)
        ASSERT_EQ(signs("done", idOf(i)), 1) << i;
}

TEST_P(JobWorkersTest, AnOperatorListsThemBringsThemBackAndDiscardsThem) {
    enqueue("job-of-an-operator", "test.quick");
    ASSERT_TRUE(enqueued());
    ServerProcess& command = m_database.command();
    const auto run = [&](const QStringList& words) {
        return command.runToEnd(QStringList{QStringLiteral("jobs")} + words);
    };
    const QString id = QStringLiteral("job-of-an-operator");
    EXPECT_EQ(run({QStringLiteral("list")}), 0) << command.output().toStdString();
    EXPECT_TRUE(command.outputBytes().contains("job-of-an-operator test.quick available"));
    EXPECT_EQ(run({QStringLiteral("discard"), id}), 0);
    EXPECT_EQ(find("job-of-an-operator").state, JobState::discarded);
    EXPECT_EQ(run({QStringLiteral("list"), QStringLiteral("discarded")}), 0);
    EXPECT_TRUE(command.outputBytes().contains("job-of-an-operator test.quick discarded"));
    EXPECT_EQ(run({QStringLiteral("retry"), id}), 0);
    EXPECT_EQ(find("job-of-an-operator").state, JobState::available);
    EXPECT_EQ(run({QStringLiteral("discard"), id}), 0);
    EXPECT_EQ(run({QStringLiteral("discard"), id}), 0); // from the dead set as well
    EXPECT_EQ(run({QStringLiteral("retry"), id}), 1);
    EXPECT_EQ(run({QStringLiteral("retry")}), 2);
    EXPECT_EQ(run({QStringLiteral("dance")}), 2);
}

INSTANTIATE_TEST_SUITE_P(All, JobWorkersTest, allDatabaseKinds(), nameOfKind);

} // namespace tandem
