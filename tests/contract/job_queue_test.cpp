// What the queue of jobs does in every database.
#include "contract/sql_fixture.h"
#include "jobs/snapshot_request.h"

#include <set>

namespace tandem {

namespace {

// Says what the test wants it to be.
class SetClock final : public Clock {
public:
    std::int64_t monotonicMs() const override { return nowMs; }
    std::int64_t wallMs() const override { return nowMs; }

    std::atomic<std::int64_t> nowMs = 1'000'000;
};

NewJob job(std::string id, std::string type = "test") {
    NewJob made;
    made.id = std::move(id);
    made.type = std::move(type);
    made.payload = "{}";
    made.maxAttempts = 3;
    made.keptMs = 1'000;
    return made;
}

std::vector<std::string> idsOf(const std::vector<ClaimedJob>& claimed) {
    std::vector<std::string> ids;
    for (const ClaimedJob& one : claimed)
        ids.push_back(one.request.id);
    return ids;
}

class SqlJobs : public SqlFixture {
protected:
    using Enqueuing = JobQueue::Enqueuing;

    static constexpr Seq interval = 10;

    void SetUp() override {
        m_storage = open();
        ASSERT_TRUE(m_storage);
        createDocument();
    }
    std::unique_ptr<SqlStorage> open() {
        auto opened =
            SqlStorage::open(m_database->address(), m_jobClock, {}, {}, {DatabaseUse::working, interval});
        EXPECT_TRUE(opened) << opened.error().detail;
        return opened ? std::move(*opened) : nullptr;
    }
    JobQueue& jobs() { return m_storage->jobs(); }
    Enqueuing enqueue(NewJob made) {
        const auto answer = wait<JobQueue::Enqueued>([&](auto done) { jobs().enqueue(made, done); });
        EXPECT_TRUE(answer) << answer.error().detail;
        return answer ? answer->how : Enqueuing::different;
    }
    std::vector<ClaimedJob> claim(std::size_t most = 1, const std::string& type = "test") {
        return claim(jobs(), most, type);
    }
    std::vector<ClaimedJob> claim(JobQueue& queue, std::size_t most, const std::string& type) {
        auto answer = wait<std::vector<ClaimedJob>>([&](auto done) { queue.claim({{type, most}}, most, done); });
        EXPECT_TRUE(answer) << answer.error().detail;
        return answer ? *answer : std::vector<ClaimedJob>();
    }
    // Precondition: there is one to claim.
    JobLease claimOne() {
        auto claimed = claim();
        EXPECT_EQ(claimed.size(), 1u);
        return claimed.empty() ? JobLease() : claimed.front().lease;
    }
    Job find(const std::string& id) {
        const auto found = wait<Job>([&](auto done) { jobs().find(id, done); });
        EXPECT_TRUE(found) << found.error().detail;
        return found ? *found : Job();
    }
    JobState stateOf(const std::string& id) { return find(id).state; }
    bool complete(const JobLease& lease, JobResult result = {}) {
        return *wait<bool>([&](auto done) { jobs().complete(lease, result, done); });
    }
    bool fail(const JobLease& lease, JobRetry retry = JobRetry::later, std::int64_t pauseMs = 0) {
        return *wait<bool>([&](auto done) { jobs().fail(lease, "it broke", retry, pauseMs, done); });
    }
    bool release(const JobLease& lease, std::int64_t pauseMs = 0) {
        return *wait<bool>([&](auto done) { jobs().release(lease, pauseMs, done); });
    }
    bool beat(const JobLease& lease, int progress = 0, const std::string& message = {}) {
        return *wait<bool>([&](auto done) { jobs().beat(lease, progress, message, done); });
    }
    std::vector<RunningJob> running() {
        return *wait<std::vector<RunningJob>>([&](auto done) { jobs().running(done); });
    }
    bool expire(const RunningJob& seen) {
        return *wait<bool>([&](auto done) { jobs().expire(seen, done); });
    }
    using ByPeople = void (JobQueue::*)(std::string, JobQueue::Done<Job>);
    Result<Job> ask(ByPeople what, const std::string& id) {
        return wait<Job>([&](auto done) { (jobs().*what)(id, done); });
    }
    bool refuses(ByPeople what, const std::string& id) {
        const auto answer = ask(what, id);
        return !answer && answer.error().code == ErrorCode::alreadyExists;
    }
    std::vector<std::string> listed(JobQuery query) {
        std::vector<std::string> ids;
        const auto page = wait<JobPage>([&](auto done) { jobs().list(query, done); });
        EXPECT_TRUE(page);
        for (const Job& one : page->jobs)
            ids.push_back(one.id);
        m_next = page->next;
        return ids;
    }
    void appendUpTo(Seq last) {
        std::vector<AppendEntry> entries;
        for (; m_head < last; ++m_head) {
            AppendEntry made;
            made.replica = 7;
            made.first = static_cast<Counter>(m_head + 1);
            made.bytes = "change";
            entries.push_back(made);
        }
        const auto appended = append(std::move(entries));
        ASSERT_TRUE(appended) << appended.error().detail;
    }

    SetClock m_jobClock;
    Seq m_head = 0;
    std::optional<std::string> m_next;
};

} // namespace

TEST_P(SqlJobs, OneIsDoneOnceAndLeavesItsResultAndItsFile) {
    NewJob made = job("job-of-a-document-1");
    made.payload = R"({"doc_id":"x","words":"Gruß \u0000"})";
    made.document = document;
    ASSERT_EQ(enqueue(made), Enqueuing::added);
    EXPECT_EQ(stateOf(made.id), JobState::available);
    m_jobClock.nowMs += 5;

    const auto claimed = claim(5);
    ASSERT_EQ(claimed.size(), 1u);
    EXPECT_EQ(claimed[0].request.payload, made.payload);
    EXPECT_EQ(claimed[0].request.attempt, 1);
    EXPECT_EQ(claimed[0].waitedMs, 5);
    EXPECT_TRUE(claim().empty());
    EXPECT_TRUE(beat(claimed[0].lease, 40, "half of it"));
    Job running = find(made.id);
    EXPECT_EQ(running.state, JobState::executing);
    EXPECT_EQ(running.progress, 40);
    EXPECT_EQ(running.message, "half of it");

    const std::string bytes = std::string(9 * 1024 * 1024, 'x') + std::string("\0end", 4);
    ASSERT_TRUE(complete(claimed[0].lease, {R"({"pages":3})", JobFile{"text/plain", "notes.txt", bytes}}));
    const Job done = find(made.id);
    EXPECT_EQ(done.state, JobState::completed);
    EXPECT_EQ(done.progress, 100);
    ASSERT_TRUE(done.output);
    EXPECT_EQ(done.output->json, R"({"pages":3})");
    EXPECT_EQ(done.output->fileName, "notes.txt");
    ASSERT_EQ(done.attempts.size(), 1u);
    EXPECT_EQ(done.attempts[0].startedMs, 1'000'005);
    EXPECT_EQ(done.attempts[0].endedMs, 1'000'005);
    const auto file = wait<JobFile>([&](auto answer) { jobs().file(made.id, answer); });
    ASSERT_TRUE(file);
    EXPECT_TRUE(file->bytes == bytes);
    EXPECT_FALSE(complete(claimed[0].lease));
    EXPECT_FALSE(fail(claimed[0].lease));
}

TEST_P(SqlJobs, AKeyMakesOneJobOfItsType) {
    NewJob first = job("job-with-the-key-1");
    first.key = "key";
    ASSERT_EQ(enqueue(first), Enqueuing::added);
    NewJob again = job("job-with-the-key-2");
    again.key = "key";
    const auto known = wait<JobQueue::Enqueued>([&](auto done) { jobs().enqueue(again, done); });
    ASSERT_TRUE(known);
    EXPECT_EQ(known->how, Enqueuing::known);
    EXPECT_EQ(known->job.id, first.id);
    again.payload = R"({"other":1})";
    EXPECT_EQ(enqueue(again), Enqueuing::different);
    again.type = "another";
    EXPECT_EQ(enqueue(again), Enqueuing::added);
    // Also when it is done.
    ASSERT_TRUE(complete(claimOne()));
    again.type = "test";
    again.payload = "{}";
    EXPECT_EQ(enqueue(again), Enqueuing::known);
}

TEST_P(SqlJobs, ManyAtOnceWithOneKeyMakeOneJob) {
    const auto other = open();
    std::set<std::string> ids;
    int added = 0;
    int answers = 0;
    for (int i = 0; i < 50; ++i) {
        NewJob made = job("job-of-many-" + std::to_string(100 + i));
        made.key = "key";
        (i % 2 == 0 ? *m_storage : *other).jobs().enqueue(made, [&](Result<JobQueue::Enqueued> answer) {
            ++answers;
            ASSERT_TRUE(answer) << answer.error().detail;
            ids.insert(answer->job.id);
            added += answer->how == Enqueuing::added ? 1 : 0;
        });
    }
    const QDeadlineTimer deadline(20'000);
    while (answers < 50 && !deadline.hasExpired())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
    EXPECT_EQ(answers, 50);
    EXPECT_EQ(added, 1);
    EXPECT_EQ(ids.size(), 1u);
}

TEST_P(SqlJobs, WhatFailsIsDueAgainAfterItsPauseAndEndsInTheDeadSet) {
    enqueue(job("job-that-fails-000"));
    for (int attempt = 1; attempt <= 3; ++attempt) {
        const auto claimed = claim();
        ASSERT_EQ(claimed.size(), 1u) << attempt;
        EXPECT_EQ(claimed[0].request.attempt, attempt);
        ASSERT_TRUE(fail(claimed[0].lease, JobRetry::later, 100));
        EXPECT_TRUE(claim().empty());
        EXPECT_EQ(stateOf("job-that-fails-000"), attempt < 3 ? JobState::retryable : JobState::discarded);
        m_jobClock.nowMs += 100;
    }
    EXPECT_TRUE(claim().empty());
    const Job dead = find("job-that-fails-000");
    ASSERT_EQ(dead.attempts.size(), 3u);
    EXPECT_EQ(dead.attempts[2].error, "it broke");
    EXPECT_EQ(dead.error, "it broke");
    // Someone brings it back, for one attempt.
    ASSERT_TRUE(ask(&JobQueue::retry, dead.id));
    ASSERT_TRUE(fail(claimOne()));
    EXPECT_EQ(stateOf(dead.id), JobState::discarded);
    EXPECT_EQ(find(dead.id).attempts.size(), 4u);
    // And someone has had enough of it.
    const auto gone = ask(&JobQueue::discard, dead.id);
    ASSERT_TRUE(gone);
    EXPECT_EQ(gone->attempts.size(), 4u);
    EXPECT_EQ(ask(&JobQueue::discard, dead.id).error().code, ErrorCode::notFound);
    EXPECT_EQ(number("SELECT COUNT(*) FROM job_attempts"), 0);
}

TEST_P(SqlJobs, WhatSaysNeverIsNotTriedAgain) {
    enqueue(job("job-without-hope-0"));
    ASSERT_TRUE(fail(claimOne(), JobRetry::never));
    EXPECT_EQ(stateOf("job-without-hope-0"), JobState::discarded);
}

TEST_P(SqlJobs, WhatIsScheduledWaitsForItsTime) {
    NewJob later = job("job-for-later-0000");
    later.runAtMs = m_jobClock.nowMs + 500;
    enqueue(later);
    EXPECT_EQ(stateOf(later.id), JobState::scheduled);
    EXPECT_TRUE(claim().empty());
    m_jobClock.nowMs += 500;
    EXPECT_EQ(stateOf(later.id), JobState::available);
    EXPECT_EQ(claim().size(), 1u);
}

TEST_P(SqlJobs, AZombieCannotOverwriteTheRunThatFollows) {
    enqueue(job("job-of-two-workers"));
    const JobLease zombie = claimOne();
    ASSERT_TRUE(expire(running().front()));
    const JobLease heir = claimOne();
    EXPECT_GT(heir.number, zombie.number);
    EXPECT_FALSE(beat(zombie, 99, "still here"));
    EXPECT_FALSE(complete(zombie, {"\"of the zombie\"", std::nullopt}));
    EXPECT_FALSE(fail(zombie));
    EXPECT_FALSE(release(zombie));
    EXPECT_EQ(find("job-of-two-workers").progress, 0);
    EXPECT_EQ(stateOf("job-of-two-workers"), JobState::executing);
    EXPECT_TRUE(complete(heir, {"\"of the heir\"", std::nullopt}));
    EXPECT_EQ(find("job-of-two-workers").output->json, "\"of the heir\"");
}

TEST_P(SqlJobs, WhoeverGivesASignOfLifeIsNotTakenForDead) {
    enqueue(job("job-of-the-living0"));
    const JobLease lease = claimOne();
    const RunningJob seen = running().front();
    ASSERT_TRUE(beat(lease));
    EXPECT_FALSE(expire(seen));
    EXPECT_EQ(stateOf("job-of-the-living0"), JobState::executing);
    EXPECT_TRUE(expire(running().front()));
    EXPECT_FALSE(expire(seen));
}

TEST_P(SqlJobs, TheThirdWorkerThatItTakesAlongIsTheLast) {
    NewJob deadly = job("job-that-kills-000");
    deadly.maxAttempts = 20;
    enqueue(deadly);
    for (int death = 1; death <= mostJobDeaths; ++death) {
        claimOne();
        ASSERT_TRUE(expire(running().front()));
        EXPECT_EQ(stateOf(deadly.id), death < mostJobDeaths ? JobState::available : JobState::discarded);
    }
    const Job dead = find(deadly.id);
    ASSERT_EQ(dead.attempts.size(), 3u);
    EXPECT_NE(dead.attempts[0].error.find("not heard of"), std::string::npos);
    EXPECT_TRUE(claim().empty());
}

TEST_P(SqlJobs, WhatIsReleasedWasNoAttempt) {
    enqueue(job("job-of-a-restart-0"));
    const JobLease lease = claimOne();
    ASSERT_TRUE(release(lease));
    EXPECT_TRUE(find("job-of-a-restart-0").attempts.empty());
    const auto again = claim();
    ASSERT_EQ(again.size(), 1u);
    EXPECT_EQ(again[0].request.attempt, 1);
    EXPECT_GT(again[0].lease.number, lease.number);
}

TEST_P(SqlJobs, CancellingEndsWhatWaitsAndAsksWhatRuns) {
    enqueue(job("job-that-waits-000"));
    ASSERT_TRUE(ask(&JobQueue::cancel, "job-that-waits-000"));
    EXPECT_EQ(stateOf("job-that-waits-000"), JobState::cancelled);
    EXPECT_TRUE(claim().empty());
    EXPECT_TRUE(refuses(&JobQueue::cancel, "job-that-waits-000"));

    enqueue(job("job-that-runs-0000"));
    const JobLease lease = claimOne();
    ASSERT_TRUE(ask(&JobQueue::cancel, "job-that-runs-0000"));
    EXPECT_EQ(stateOf("job-that-runs-0000"), JobState::executing);
    EXPECT_TRUE(running().front().cancelAsked);
    EXPECT_TRUE(refuses(&JobQueue::retry, "job-that-runs-0000"));
    EXPECT_TRUE(refuses(&JobQueue::discard, "job-that-runs-0000"));
    ASSERT_TRUE(fail(lease));
    EXPECT_EQ(stateOf("job-that-runs-0000"), JobState::cancelled);
    // Both can be brought back.
    ASSERT_TRUE(ask(&JobQueue::retry, "job-that-runs-0000"));
    const JobLease again = claimOne();
    EXPECT_FALSE(running().front().cancelAsked);
    ASSERT_TRUE(complete(again));
    EXPECT_TRUE(refuses(&JobQueue::retry, "job-that-runs-0000"));
}

TEST_P(SqlJobs, OneThatWaitsCanBePutIntoTheDeadSet) {
    enqueue(job("job-nobody-wants-0"));
    ASSERT_TRUE(ask(&JobQueue::discard, "job-nobody-wants-0"));
    EXPECT_EQ(stateOf("job-nobody-wants-0"), JobState::discarded);
    EXPECT_TRUE(claim().empty());
}

TEST_P(SqlJobs, OfThoseThatExcludeEachOtherOneRunsAtATime) {
    for (int i = 0; i < 3; ++i) {
        NewJob made = job("job-one-at-a-time-" + std::to_string(i));
        made.exclusive = i < 2 ? "first" : "second";
        enqueue(made);
        m_jobClock.nowMs += 1;
    }
    auto claimed = claim(5);
    ASSERT_EQ(idsOf(claimed), (std::vector<std::string>{"job-one-at-a-time-0", "job-one-at-a-time-2"}));
    EXPECT_TRUE(claim(5).empty());
    ASSERT_TRUE(complete(claimed[0].lease));
    EXPECT_EQ(idsOf(claim(5)), (std::vector<std::string>{"job-one-at-a-time-1"}));
}

TEST_P(SqlJobs, TwoWorkersNeverClaimTheSame) {
    constexpr int count = 60;
    for (int i = 0; i < count; ++i) {
        NewJob made = job("job-for-two-" + std::to_string(1'000 + i));
        made.exclusive = "document " + std::to_string(i / 2);
        enqueue(made);
    }
    const auto other = open();
    std::multiset<std::string> claimed;
    int open = 0;
    const auto claimFrom = [&](JobQueue& queue) {
        ++open;
        queue.claim({{"test", 7}}, 7, [&](Result<std::vector<ClaimedJob>> answer) {
            --open;
            ASSERT_TRUE(answer) << answer.error().detail;
            for (const ClaimedJob& one : *answer)
                claimed.insert(one.request.id);
        });
    };
    for (int round = 0; round < 20; ++round) {
        claimFrom(jobs());
        claimFrom(other->jobs());
        while (open > 0)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
    }
    // One of each two, and nothing twice.
    EXPECT_EQ(claimed.size(), static_cast<std::size_t>(count / 2));
    EXPECT_EQ(std::set<std::string>(claimed.begin(), claimed.end()).size(), claimed.size());
    EXPECT_EQ(number("SELECT COUNT(DISTINCT running_key) FROM jobs"), count / 2);
}

TEST_P(SqlJobs, AreListedByTypeAndStateInPages) {
    for (int i = 0; i < 5; ++i) {
        enqueue(job("job-in-the-list-" + std::to_string(10 + i), i % 2 == 0 ? "even" : "odd"));
        m_jobClock.nowMs += 1;
    }
    ASSERT_TRUE(ask(&JobQueue::cancel, "job-in-the-list-12"));
    EXPECT_EQ(listed({2, {}, {}, {}}),
              (std::vector<std::string>{"job-in-the-list-14", "job-in-the-list-13"}));
    ASSERT_TRUE(m_next);
    EXPECT_EQ(listed({2, m_next, {}, {}}),
              (std::vector<std::string>{"job-in-the-list-12", "job-in-the-list-11"}));
    EXPECT_EQ(listed({2, m_next, {}, {}}), (std::vector<std::string>{"job-in-the-list-10"}));
    EXPECT_FALSE(m_next);
    EXPECT_EQ(listed({9, {}, "odd", {}}),
              (std::vector<std::string>{"job-in-the-list-13", "job-in-the-list-11"}));
    EXPECT_EQ(listed({9, {}, {}, JobState::cancelled}), (std::vector<std::string>{"job-in-the-list-12"}));
    EXPECT_EQ(listed({9, {}, "even", JobState::available}),
              (std::vector<std::string>{"job-in-the-list-14", "job-in-the-list-10"}));
    const auto wrong = wait<JobPage>([&](auto done) { jobs().list({9, "rubbish", {}, {}}, done); });
    EXPECT_EQ(wrong.error().code, ErrorCode::malformed);
}

TEST_P(SqlJobs, AreCountedByTypeAndState) {
    enqueue(job("job-to-count-00001"));
    enqueue(job("job-to-count-00002"));
    enqueue(job("job-to-count-00003", "another"));
    claimOne();
    m_jobClock.nowMs += 250;
    const auto stats = wait<JobStats>([&](auto done) { jobs().stats(done); });
    ASSERT_TRUE(stats);
    std::set<std::string> counts;
    for (const JobCount& one : stats->counts)
        counts.insert(one.type + " " + std::string(wordFor(one.state)) + " " + std::to_string(one.count));
    EXPECT_EQ(counts, (std::set<std::string>{"another available 1", "test available 1", "test executing 1"}));
    EXPECT_EQ(stats->oldestAvailableMs, 250);
}

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

INSTANTIATE_TEST_SUITE_P(All, SqlJobs, allDatabaseKinds(), nameOfKind);

} // namespace tandem
