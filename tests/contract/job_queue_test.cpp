// What the queue of jobs does in every database.
#include "contract/job_queue_fixture.h"
#include "deflate/deflate.h"

namespace tandem {

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

TEST_P(SqlJobs, AFileIsThatOfTheRunThatCounts) {
    enqueue(job("job-of-two-runs-00"));
    const JobLease first = claimOne();
    // It was killed while it stored a longer file.
    execute("INSERT INTO job_files (job_id, lease, part, bytes) SELECT id, lease, 0, x'6F6C64' FROM jobs");
    execute(
        "INSERT INTO job_files (job_id, lease, part, bytes) SELECT id, lease, 1, x'6F6C646572' FROM jobs");
    ASSERT_TRUE(expire(running().front()));
    const JobLease second = claimOne();
    EXPECT_FALSE(complete(first, {"1", JobFile{"text/plain", "a", "of the dead"}}));
    const std::string text(100'000, 'x');
    ASSERT_TRUE(complete(second, {"2", JobFile{"text/plain", "a", deflate(text), true}}));
    const auto file = wait<JobFile>([&](auto answer) { jobs().file("job-of-two-runs-00", answer); });
    ASSERT_TRUE(file);
    EXPECT_TRUE(file->bytes == text);
    EXPECT_EQ(number("SELECT COUNT(*) FROM job_files"), 1);
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

} // namespace tandem
