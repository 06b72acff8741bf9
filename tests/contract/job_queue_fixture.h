// A queue of jobs in a database of its own, whose clock stands still. For tests.
#pragma once

#include "contract/sql_fixture.h"
#include "jobs/snapshot_request.h"

#include <set>

namespace tandem {

// Says what the test wants it to be.
class SetClock final : public Clock {
public:
    std::int64_t monotonicMs() const override { return nowMs; }
    std::int64_t wallMs() const override { return nowMs; }

    std::atomic<std::int64_t> nowMs = 1'000'000;
};

inline NewJob job(std::string id, std::string type = "test") {
    NewJob made;
    made.id = std::move(id);
    made.type = std::move(type);
    made.payload = "{}";
    made.maxAttempts = 3;
    made.keptMs = 1'000;
    return made;
}

inline std::vector<std::string> idsOf(const std::vector<ClaimedJob>& claimed) {
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
        auto answer = wait<std::vector<ClaimedJob>>([&](auto done) {
            queue.claim({{type, most}}, most, done);
        });
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

} // namespace tandem
