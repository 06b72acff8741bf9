// What a queue of jobs sees to by itself in every database: old rows, clocks, leaders, snapshots, purges.
#include "contract/job_queue_fixture.h"

#include <QFileInfo>

#include <thread>

namespace tandem {

TEST_P(SqlJobs, FinishedOnesGoWhenTheirTimeIsOver) {
    enqueue(job("job-that-is-done-0"));
    ASSERT_TRUE(complete(claimOne(), {"1", JobFile{"text/plain", "a", "bytes"}}));
    enqueue(job("job-that-is-dead-0"));
    ASSERT_TRUE(fail(claimOne(), JobRetry::never));
    enqueue(job("job-that-waits-000"));
    const auto prune = [&] { return *wait<std::size_t>([&](auto done) { jobs().prune(10, done); }); };
    EXPECT_EQ(prune(), 0u);
    m_jobClock.nowMs += 1'001;
    EXPECT_EQ(prune(), 1u);
    EXPECT_EQ(number("SELECT COUNT(*) FROM job_files"), 0);
    m_jobClock.nowMs += deadJobsKeptMs;
    EXPECT_EQ(prune(), 1u);
    EXPECT_EQ(stateOf("job-that-waits-000"), JobState::available);
}

TEST_P(SqlJobs, AClockThatGoesBackPutsNothingOffForLong) {
    enqueue(job("job-of-tomorrow-00"));
    enqueue(job("job-of-tomorrow-01"));
    ASSERT_TRUE(fail(claimOne(), JobRetry::later, 100));
    NewJob later = job("job-for-later-0000");
    later.runAtMs = m_jobClock.nowMs + 500;
    enqueue(later);
    m_jobClock.nowMs = 1'000;
    EXPECT_EQ(number("SELECT COUNT(*) FROM jobs WHERE due_ms > 1000"), 3);
    const auto mended = wait<std::size_t>([&](auto done) { jobs().repairClock(done); });
    EXPECT_EQ(*mended, 1u); // what failed is not later than a pause can be
    EXPECT_EQ(claim(5).size(), 1u);
    EXPECT_EQ(stateOf(later.id), JobState::scheduled);
}

TEST_P(SqlJobs, OneProcessLeadsUntilAnotherTakesOver) {
    const auto leader = [&] { return *wait<Leadership>([&](auto done) { jobs().leader(done); }); };
    const auto lead = [&](const Leadership& seen, const std::string& holder) {
        return *wait<bool>([&](auto done) { jobs().lead(seen, holder, done); });
    };
    const Leadership nobody = leader();
    EXPECT_TRUE(nobody.holder.empty());
    EXPECT_TRUE(lead(nobody, "one"));
    EXPECT_FALSE(lead(nobody, "two"));
    const Leadership first = leader();
    EXPECT_EQ(first.holder, "one");
    EXPECT_TRUE(lead(first, "one"));
    EXPECT_FALSE(lead(first, "two")); // its beat is another one
    EXPECT_TRUE(lead(leader(), "two"));
    EXPECT_EQ(leader().holder, "two");
}

TEST_P(SqlJobs, AnAppendIntoAnotherIntervalAsksForASnapshotInItsTransaction) {
    appendUpTo(interval - 1);
    EXPECT_EQ(number("SELECT COUNT(*) FROM jobs"), 0);
    appendUpTo(interval);
    ASSERT_EQ(number("SELECT COUNT(*) FROM jobs"), 1);
    const std::string key = "snapshot:" + document + ":1";
    EXPECT_EQ(number(("SELECT COUNT(*) FROM jobs WHERE job_key = '" + key + "'").c_str()), 1);
    appendUpTo(interval + 1);
    EXPECT_EQ(number("SELECT COUNT(*) FROM jobs"), 1);
    // Several intervals at once need one.
    appendUpTo(4 * interval + 1);
    EXPECT_EQ(number("SELECT COUNT(*) FROM jobs"), 2);
    const auto claimed = claim(5, snapshotTerms().name);
    ASSERT_EQ(claimed.size(), 1u); // one at a time for a document
    EXPECT_EQ(claimed[0].request.payload, R"({"doc_id":")" + document + R"("})");
    // An append that fails leaves none.
    AppendEntry twice;
    twice.replica = 7;
    twice.first = 1;
    twice.bytes = "change";
    std::vector<AppendEntry> entries(interval, twice);
    EXPECT_FALSE(append(entries));
    EXPECT_EQ(number("SELECT COUNT(*) FROM jobs"), 2);
}

TEST_P(SqlJobs, AnEditDoesNotFailOfAKeyThatIsThere) {
    NewJob there = job("job-that-is-there0", snapshotTerms().name);
    there.key = "snapshot:" + document + ":1";
    enqueue(there);
    appendUpTo(interval);
    EXPECT_EQ(number("SELECT COUNT(*) FROM jobs"), 1);
    EXPECT_EQ(number("SELECT head FROM documents"), static_cast<std::int64_t>(interval));
}

TEST_P(SqlJobs, ADocumentAtRestWithUnsavedChangesIsAskedForOnce) {
    const auto ask = [&](std::int64_t sinceMs, std::int64_t untilMs) {
        return *wait<DocumentId>(
            [&](auto done) { jobs().enqueueSnapshots(sinceMs, untilMs, {}, 100, done); });
    };
    appendUpTo(3);
    const std::int64_t nowMs = m_jobClock.nowMs;
    EXPECT_EQ(ask(0, nowMs - 1), "");
    EXPECT_EQ(number("SELECT COUNT(*) FROM jobs"), 0);
    ask(nowMs, nowMs + 1);
    EXPECT_EQ(number("SELECT COUNT(*) FROM jobs"), 0);
    ask(0, nowMs);
    ask(0, nowMs);
    EXPECT_EQ(number("SELECT COUNT(*) FROM jobs"), 1);
    ASSERT_TRUE(storeSnapshot(3, "bytes"));
    execute("DELETE FROM jobs");
    ask(0, nowMs);
    EXPECT_EQ(number("SELECT COUNT(*) FROM jobs"), 0);
}

TEST_P(SqlJobs, PurgingADocumentDeletesItsJobsAndWhatTheyLeft) {
    NewJob made = job("job-of-a-document-1");
    made.document = document;
    enqueue(made);
    const JobLease lease = claimOne();
    ASSERT_TRUE(complete(lease, {"1", JobFile{"text/plain", "a", "its text"}}));
    NewJob runs = job("job-of-a-document-2");
    runs.document = document;
    enqueue(runs);
    const JobLease running = claimOne();
    enqueue(job("job-of-no-document"));
    ASSERT_TRUE(wait<void>([&](auto done) { m_storage->catalog().purge(document, {}, done); }));
    EXPECT_EQ(number("SELECT COUNT(*) FROM jobs"), 1);
    EXPECT_EQ(number("SELECT COUNT(*) FROM job_files"), 0);
    EXPECT_EQ(number("SELECT COUNT(*) FROM job_attempts"), 0);
    EXPECT_FALSE(beat(running));
    EXPECT_FALSE(complete(running));
    const auto late = wait<JobQueue::Enqueued>([&](auto done) { jobs().enqueue(made, done); });
    EXPECT_EQ(late.error().code, ErrorCode::notFound);
    EXPECT_EQ(number("SELECT COUNT(*) FROM jobs"), 1);
}

// Where it grows instead, each commit waits for the file system as well.
TEST_P(SqlJobs, WhatWasCommittedMakesRoomForWhatComes) {
    if (!isSqlite())
        return; // a database server sees to that itself
    const QString file = QString::fromStdString(std::get<SqliteFile>(m_database->address()).path);
    constexpr int commits = 100;
    constexpr qint64 fewMegabytes = 10 * 1024 * 1024; // of the twenty that are written
    for (int seq = 1; seq <= commits; ++seq) {
        AppendEntry made;
        made.replica = 7;
        made.first = static_cast<Counter>(seq);
        made.bytes = std::string(200'000, 'x');
        const qint64 before = QFileInfo(file).size();
        m_jobClock.nowMs += 1'000;
        ASSERT_TRUE(append({made}));
        const QDeadlineTimer deadline(20'000);
        while (QFileInfo(file).size() == before && !deadline.hasExpired())
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        ASSERT_FALSE(deadline.hasExpired()) << "it did not come into the file";
        std::this_thread::sleep_for(std::chrono::milliseconds(20)); // as people pause
    }
    EXPECT_LT(QFileInfo(file + "-wal").size(), fewMegabytes);
}

INSTANTIATE_TEST_SUITE_P(All, SqlJobs, allDatabaseKinds(), nameOfKind);

} // namespace tandem
