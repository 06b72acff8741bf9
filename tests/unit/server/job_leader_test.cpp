// What is done from time to time, by one process of many.
#include "jobs/job_leader.h"

#include "fakes/memory_job_queue.h"
#include "manual_clock.h"

#include <gtest/gtest.h>

namespace tandem {

namespace {

class NoWork final : public JobHandler {
public:
    Result<void> check(std::string_view) const override { return {}; }
    JobOutcome run(const JobRequest&, JobProgress&) override { return JobResult(); }
};

class JobLeaderTest : public testing::Test {
protected:
    JobLeaderTest() {
        m_types.add({"backup.run", 1, JobAlone::everywhere, 1'000, 3, 0}, std::make_unique<NoWork>());
    }
    std::unique_ptr<JobLeader> process() {
        return std::make_unique<JobLeader>(
            m_queue, m_types, m_clock, m_random, Measures::none(),
            std::vector<PeriodicJob>{{"backup", 60 * 60'000, {"backup.run", "{}", {}, {}}}});
    }
    void passMs(std::int64_t ms, std::vector<JobLeader*> processes) {
        for (const std::int64_t end = m_clock.nowMs + ms; m_clock.nowMs < end; m_clock.nowMs += 1'000) {
            for (JobLeader* process : processes)
                process->tick();
            m_queue.pump();
        }
    }

    ManualClock m_clock;
    SeededRandom m_random{1};
    MemoryJobQueue m_queue;
    JobTypes m_types;
};

} // namespace

TEST_F(JobLeaderTest, OneOfManyLeadsUntilItIsNotHeardOf) {
    const auto first = process();
    const auto second = process();
    passMs(60'000, {first.get(), second.get()});
    ASSERT_NE(first->leads(), second->leads());
    JobLeader& heir = first->leads() ? *second : *first;
    passMs(25'000, {&heir});
    EXPECT_FALSE(heir.leads());
    passMs(20'000, {&heir});
    EXPECT_TRUE(heir.leads());
    // The one of before, should it wake up, sees that.
    passMs(10'000, {first.get(), second.get()});
    EXPECT_NE(first->leads(), second->leads());
    EXPECT_TRUE(heir.leads());
}

TEST_F(JobLeaderTest, APeriodicJobComesOnceInEachPeriodWhoeverLeads) {
    const auto first = process();
    passMs(30 * 60'000, {first.get()});
    const std::size_t begun = m_queue.size();
    const auto second = process();
    passMs(60 * 60'000, {second.get()});
    EXPECT_EQ(m_queue.size(), begun + 1);
}

TEST_F(JobLeaderTest, DocumentsAreLookedAtWhenTheyHaveRested) {
    const auto leader = process();
    passMs(60'000, {leader.get()});
    ASSERT_GE(m_queue.snapshotScans.size(), 3u);
    EXPECT_EQ(m_queue.snapshotScans[0].first, 0);
    for (std::size_t i = 1; i < m_queue.snapshotScans.size(); ++i) {
        // Without a hole, and none that was changed in the last minute.
        EXPECT_EQ(m_queue.snapshotScans[i].first, m_queue.snapshotScans[i - 1].second);
        EXPECT_LE(m_queue.snapshotScans[i].second, m_clock.wallMs() - 60'000);
    }
    EXPECT_GE(m_queue.prunes, 3u);
}

TEST_F(JobLeaderTest, NobodyLeadsWhoCannotSeeTheDatabase) {
    const auto leader = process();
    passMs(10'000, {leader.get()});
    ASSERT_TRUE(leader->leads());
    m_queue.isAway = true;
    passMs(10'000, {leader.get()});
    EXPECT_FALSE(leader->leads());
}

} // namespace tandem
