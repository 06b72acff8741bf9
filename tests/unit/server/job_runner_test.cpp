// How jobs are claimed, kept, stopped and reported, by a queue, threads and a clock of the test's own.
#include "jobs/job_runner.h"

#include "fakes/memory_job_queue.h"
#include "manual_clock.h"

#include <gtest/gtest.h>

namespace tandem {

namespace {

// Runs nothing before it is told to.
class WaitingPool final : public JobPool {
public:
    void start(std::function<void()> work, std::function<void()> done) override {
        m_waiting.push_back({std::move(work), std::move(done)});
    }
    std::size_t size() const { return m_waiting.size(); }
    void runOne() {
        beginOne();
        endOne();
    }
    void beginOne() { m_waiting.front().first(); }
    void endOne() {
        const auto next = std::move(m_waiting.front());
        m_waiting.pop_front();
        next.second();
    }

private:
    std::deque<std::pair<std::function<void()>, std::function<void()>>> m_waiting;
};

class TestHandler final : public JobHandler {
public:
    explicit TestHandler(std::function<JobOutcome(const JobRequest&, JobProgress&)> work)
        : m_work(std::move(work)) {}
    Result<void> check(std::string_view) const override { return {}; }
    JobOutcome run(const JobRequest& request, JobProgress& progress) override {
        return m_work(request, progress);
    }

private:
    std::function<JobOutcome(const JobRequest&, JobProgress&)> m_work;
};

class CountingMeasures final : public Measures {
public:
    void jobEnded(std::string_view, JobEnding ending, std::int64_t) override { endings.push_back(ending); }
    void jobExpired() override { ++expired; }

    std::vector<JobEnding> endings;
    int expired = 0;
};

class JobRunnerTest : public testing::Test {
protected:
    JobRunnerTest() {
        add("plain", 10, [this](const JobRequest&, JobProgress& progress) {
            m_stopped = progress.shouldStop();
            return m_outcome;
        });
        add("single", 1, [](const JobRequest&, JobProgress&) { return JobResult(); });
    }
    void add(const std::string& name, std::size_t atOnce,
             std::function<JobOutcome(const JobRequest&, JobProgress&)> work) {
        m_types.add({name, atOnce, JobAlone::no, 60'000, 3, 0}, std::make_unique<TestHandler>(work));
    }
    void enqueue(const std::string& id, const std::string& type = "plain") {
        NewJob job;
        job.id = id;
        job.type = type;
        m_queue.add(std::move(job));
    }
    void passMs(std::int64_t ms) {
        for (const std::int64_t end = m_clock.nowMs + ms; m_clock.nowMs < end;) {
            m_clock.nowMs += std::min<std::int64_t>(250, end - m_clock.nowMs);
            m_runner->tick();
            m_queue.pump();
        }
    }
    void runOne() {
        m_pool.runOne();
        m_queue.pump();
    }

    ManualClock m_clock;
    SeededRandom m_random{1};
    MemoryJobQueue m_queue;
    JobTypes m_types;
    WaitingPool m_pool;
    CountingMeasures m_measures;
    JobOutcome m_outcome = JobResult();
    bool m_stopped = false;
    const JobRules m_rules{3};
    std::unique_ptr<JobRunner> m_runner =
        std::make_unique<JobRunner>(m_queue, m_types, m_pool, m_clock, m_random, m_measures, m_rules);
};

} // namespace

TEST_F(JobRunnerTest, RunsAsManyAtOnceAsThereAreThreadsAndTheTypeAllows) {
    for (const char* id : {"a", "b", "c", "d", "e"})
        enqueue(id, id[0] < 'c' ? "single" : "plain");
    passMs(2'000);
    EXPECT_EQ(m_pool.size(), 3u);
    EXPECT_EQ(m_queue.at("a").state, JobState::available); // they have their turn later
    // Each that ends makes room for the next one at once.
    for (int i = 0; i < 5; ++i) {
        EXPECT_FALSE(m_queue.at("a").state == JobState::executing &&
                     m_queue.at("b").state == JobState::executing);
        runOne();
    }
    for (const char* id : {"a", "b", "c", "d", "e"})
        EXPECT_EQ(m_queue.at(id).state, JobState::completed) << id;
    EXPECT_TRUE(m_runner->isIdle());
}

TEST_F(JobRunnerTest, ANudgeClaimsWithoutWaiting) {
    passMs(2'000);
    enqueue("a");
    m_runner->nudge();
    m_queue.pump();
    EXPECT_EQ(m_pool.size(), 1u);
}

TEST_F(JobRunnerTest, ALongRunKeepsItsLeaseByBeats) {
    enqueue("a");
    passMs(2'000);
    passMs(25'000);
    EXPECT_GE(m_queue.at("a").beat, 2);
    EXPECT_LE(m_queue.at("a").beat, 3);
    EXPECT_EQ(m_measures.expired, 0);
}

TEST_F(JobRunnerTest, ProgressIsToldButNotTooOften) {
    JobProgress* progress = nullptr;
    add("telling", 1, [&progress](const JobRequest&, JobProgress& own) {
        progress = &own;
        return JobResult();
    });
    enqueue("a", "telling");
    passMs(2'000);
    m_pool.beginOne();
    ASSERT_TRUE(progress);
    for (int percent = -5; percent <= 150; ++percent) {
        progress->report(percent, "at " + std::to_string(percent));
        passMs(20);
    }
    EXPECT_GE(m_queue.at("a").beat, 2);
    EXPECT_LE(m_queue.at("a").beat, 4);
    passMs(1'500);
    EXPECT_EQ(m_queue.at("a").progress, 100);
    EXPECT_EQ(m_queue.at("a").message, "at 150");
    m_pool.endOne();
}

TEST_F(JobRunnerTest, AFailureSaysWhyAndWhenToTryAgain) {
    m_outcome = JobFailure{"no paper", JobRetry::later, 7'000};
    enqueue("a");
    passMs(2'000);
    runOne();
    EXPECT_EQ(m_queue.at("a").state, JobState::retryable);
    EXPECT_EQ(m_queue.at("a").error, "no paper");
    EXPECT_EQ(m_queue.at("a").pauseMs, 7'000);
    m_outcome = JobFailure{"no printer", JobRetry::never, std::nullopt};
    enqueue("b");
    passMs(2'000);
    runOne();
    EXPECT_EQ(m_queue.at("b").state, JobState::discarded);
}

TEST_F(JobRunnerTest, WhatComesTooEarlyIsPutOffAndWasNoAttempt) {
    m_outcome = JobPostponement{5'000};
    enqueue("a");
    passMs(2'000);
    runOne();
    EXPECT_EQ(m_queue.at("a").pauseMs, 5'000);
    EXPECT_EQ(m_queue.at("a").attempt, 0);
    EXPECT_EQ(m_measures.endings, (std::vector<JobEnding>{JobEnding::postponed}));
}

TEST_F(JobRunnerTest, OneThatThrowsHasFailed) {
    add("throwing", 1,
        [](const JobRequest&, JobProgress&) -> JobOutcome { throw std::runtime_error("out of ink"); });
    enqueue("a", "throwing");
    passMs(2'000);
    runOne();
    EXPECT_EQ(m_queue.at("a").error, "It broke off: out of ink");
}

TEST_F(JobRunnerTest, ACancelledRunIsToldToStop) {
    m_outcome = JobFailure{"stopped half-way", JobRetry::later, std::nullopt};
    enqueue("a");
    passMs(2'000);
    m_queue.at("a").cancelAsked = true;
    passMs(2'000);
    runOne();
    EXPECT_TRUE(m_stopped);
    EXPECT_EQ(m_queue.at("a").error, "It was cancelled.");
    EXPECT_EQ(m_measures.endings, (std::vector<JobEnding>{JobEnding::cancelled}));
}

TEST_F(JobRunnerTest, OneThatTakesTooLongIsToldToStopAndThenNotWaitedFor) {
    enqueue("a");
    passMs(2'000);
    passMs(61'000);
    EXPECT_EQ(m_queue.at("a").state, JobState::executing);
    passMs(11'000);
    EXPECT_EQ(m_queue.at("a").state, JobState::retryable);
    EXPECT_EQ(m_queue.at("a").error, "It took longer than 60 seconds.");
    EXPECT_TRUE(m_runner->isIdle());
    EXPECT_TRUE(m_runner->isWorking());
    // What it says in the end counts no more.
    runOne();
    EXPECT_TRUE(m_stopped);
    EXPECT_EQ(m_queue.at("a").state, JobState::retryable);
    EXPECT_FALSE(m_runner->isWorking());
}

TEST_F(JobRunnerTest, WhoeverLostTheLeaseStopsAndReportsNothing) {
    enqueue("a");
    passMs(2'000);
    ++m_queue.at("a").lease; // another process took it
    passMs(11'000);
    runOne();
    EXPECT_TRUE(m_stopped);
    EXPECT_EQ(m_queue.at("a").state, JobState::executing);
    EXPECT_EQ(m_measures.endings, (std::vector<JobEnding>{JobEnding::lost}));
}

TEST_F(JobRunnerTest, AnOutcomeIsToldAgainUntilTheDatabaseIsBack) {
    enqueue("a");
    passMs(2'000);
    m_queue.isAway = true;
    runOne();
    passMs(5'000);
    EXPECT_FALSE(m_runner->isIdle());
    m_queue.isAway = false;
    passMs(2'000);
    EXPECT_EQ(m_queue.at("a").state, JobState::completed);
    EXPECT_TRUE(m_runner->isIdle());
}

TEST_F(JobRunnerTest, WhatADeadProcessHeldIsTakenAwayAndRunHere) {
    enqueue("a");
    m_queue.at("a").state = JobState::executing;
    m_queue.at("a").lease = 4;
    passMs(29'000);
    EXPECT_EQ(m_pool.size(), 0u);
    passMs(4'000);
    EXPECT_EQ(m_measures.expired, 1);
    EXPECT_EQ(m_pool.size(), 1u);
    EXPECT_EQ(m_queue.at("a").lease, 5);
}

TEST_F(JobRunnerTest, WhoeverBeatsIsLeftAlone) {
    enqueue("a");
    m_queue.at("a").state = JobState::executing;
    m_queue.at("a").lease = 4;
    for (int i = 0; i < 10; ++i) {
        passMs(10'000);
        ++m_queue.at("a").beat;
    }
    EXPECT_EQ(m_measures.expired, 0);
}

TEST_F(JobRunnerTest, AJumpOfTheWallClockTakesNothingAway) {
    enqueue("a");
    m_queue.at("a").state = JobState::executing;
    passMs(5'000);
    m_clock.wallOffsetMs += 24 * 60 * 60'000;
    passMs(10'000);
    EXPECT_EQ(m_measures.expired, 0);
}

TEST_F(JobRunnerTest, AtTheEndNothingIsClaimedAndWhatRunsGoesOn) {
    enqueue("a");
    passMs(2'000);
    m_runner->stopClaiming();
    enqueue("b");
    passMs(5'000);
    EXPECT_EQ(m_pool.size(), 1u);
    EXPECT_FALSE(m_runner->isIdle());
    runOne();
    EXPECT_EQ(m_queue.at("a").state, JobState::completed);
    EXPECT_TRUE(m_runner->isIdle());
}

TEST_F(JobRunnerTest, WhatIsClaimedAtTheLastMomentIsGivenBack) {
    enqueue("a");
    m_runner->nudge();
    m_runner->stopClaiming();
    m_queue.pump();
    EXPECT_EQ(m_pool.size(), 0u);
    EXPECT_EQ(m_queue.at("a").state, JobState::retryable);
    EXPECT_EQ(m_queue.at("a").attempt, 0);
}

TEST_F(JobRunnerTest, WhatIsLetGoIsGivenBackAtOnce) {
    enqueue("a");
    passMs(2'000);
    m_runner->letGo();
    m_queue.pump();
    EXPECT_EQ(m_queue.at("a").state, JobState::retryable);
    EXPECT_EQ(m_queue.at("a").attempt, 0);
    EXPECT_TRUE(m_runner->isIdle());
    EXPECT_TRUE(m_runner->isWorking());
    runOne();
    EXPECT_TRUE(m_stopped);
    EXPECT_EQ(m_queue.at("a").state, JobState::retryable);
}

TEST(JobPauses, GrowUpToACapWithJitter) {
    SeededRandom random(7);
    const JobRules rules;
    std::int64_t before = 0;
    for (const int attempt : {1, 3, 5, 7}) {
        std::int64_t longest = 0;
        std::int64_t shortest = rules.longestPauseMs;
        for (int i = 0; i < 300; ++i) {
            const std::int64_t pauseMs = retryPauseMs(rules, attempt, random);
            longest = std::max(longest, pauseMs);
            shortest = std::min(shortest, pauseMs);
            ASSERT_LE(pauseMs, rules.firstPauseMs << (attempt - 1));
            ASSERT_GE(pauseMs, rules.shortestPauseMs);
        }
        EXPECT_GT(longest, 2 * before);
        EXPECT_LT(shortest, longest / 3); // full jitter
        before = longest;
    }
    for (int i = 0; i < 300; ++i)
        ASSERT_LE(retryPauseMs(rules, 1'000, random), rules.longestPauseMs);
}

} // namespace tandem
