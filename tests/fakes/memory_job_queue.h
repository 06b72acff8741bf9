// A queue of jobs in memory, as far as the runner and the leader need one, for tests without a database or
// threads. Every callback waits until pump(). Can be away, as databases are.
#pragma once

#include "jobs/job_queue.h"

#include <deque>
#include <map>

namespace tandem {

class MemoryJobQueue final : public JobQueue {
public:
    struct Entry {
        NewJob job;
        JobState state = JobState::available;
        std::int64_t lease = 0;
        std::int64_t beat = 0;
        int attempt = 0;
        int progress = 0;
        std::string message;
        std::string error;
        std::int64_t pauseMs = 0; // of the last failure or release
        bool cancelAsked = false;
    };

    Entry& add(NewJob job) {
        Entry& entry = m_entries[job.id];
        entry.job = std::move(job);
        return entry;
    }
    Entry& at(const std::string& id) { return m_entries.at(id); }
    std::size_t size() const { return m_entries.size(); }
    // Nothing is reached: every call is answered `unavailable`.
    bool isAway = false;
    Leadership leadership;
    std::vector<std::pair<std::int64_t, std::int64_t>> snapshotScans; // since, until
    std::size_t prunes = 0;

    // Runs what waits, and what comes of it, until nothing waits.
    void pump() {
        while (!m_waiting.empty()) {
            const auto next = std::move(m_waiting.front());
            m_waiting.pop_front();
            next();
        }
    }

    void enqueue(NewJob job, Done<Enqueued> done) override {
        answer<Enqueued>(std::move(done), [this, job] {
            for (const auto& [id, entry] : m_entries) {
                if (job.key && entry.job.key == job.key && entry.job.type == job.type)
                    return Enqueued{Enqueuing::known, {}};
            }
            add(job);
            return Enqueued{Enqueuing::added, {}};
        });
    }
    void find(std::string, Done<Job>) override {}
    void list(JobQuery, Done<JobPage>) override {}
    void stats(Done<JobStats>) override {}
    void file(std::string, Done<JobFile>) override {}
    void cancel(std::string, Done<Job>) override {}
    void retry(std::string, Done<Job>) override {}
    void discard(std::string, Done<Job>) override {}

    void claim(std::vector<ClaimWish> wishes, std::size_t most, Done<std::vector<ClaimedJob>> done) override {
        answer<std::vector<ClaimedJob>>(std::move(done), [this, wishes, most] {
            std::vector<ClaimedJob> claimed;
            for (const ClaimWish& wish : wishes) {
                std::size_t count = 0;
                for (auto& [id, entry] : m_entries) {
                    if (entry.job.type != wish.type || entry.state != JobState::available ||
                        count == wish.most || claimed.size() == most)
                        continue;
                    ++count;
                    entry.state = JobState::executing;
                    claimed.push_back(
                        {{id, ++entry.lease}, entry.job.type, {id, entry.job.payload, ++entry.attempt}, 0});
                }
            }
            return claimed;
        });
    }
    void beat(JobLease lease, int progress, std::string message, Done<bool> done) override {
        settle(lease, std::move(done), [progress, message](Entry& entry) {
            ++entry.beat;
            entry.progress = progress;
            entry.message = message;
        });
    }
    void complete(JobLease lease, JobResult, Done<bool> done) override {
        settle(lease, std::move(done), [](Entry& entry) { entry.state = JobState::completed; });
    }
    void fail(JobLease lease, std::string error, JobRetry retry, std::int64_t pauseMs,
              Done<bool> done) override {
        settle(lease, std::move(done), [error, retry, pauseMs](Entry& entry) {
            entry.error = error;
            entry.pauseMs = pauseMs;
            entry.state = retry == JobRetry::never ? JobState::discarded : JobState::retryable;
        });
    }
    void release(JobLease lease, std::int64_t pauseMs, Done<bool> done) override {
        settle(lease, std::move(done), [pauseMs](Entry& entry) {
            entry.pauseMs = pauseMs;
            --entry.attempt;
            entry.state = JobState::retryable;
        });
    }
    void running(Done<std::vector<RunningJob>> done) override {
        answer<std::vector<RunningJob>>(std::move(done), [this] {
            std::vector<RunningJob> all;
            for (const auto& [id, entry] : m_entries) {
                if (entry.state == JobState::executing)
                    all.push_back({{id, entry.lease}, entry.beat, entry.cancelAsked});
            }
            return all;
        });
    }
    void expire(RunningJob seen, Done<bool> done) override {
        settle(seen.lease, std::move(done), [](Entry& entry) { entry.state = JobState::available; });
    }
    void leader(Done<Leadership> done) override {
        answer<Leadership>(std::move(done), [this] { return leadership; });
    }
    void lead(Leadership seen, std::string holder, Done<bool> done) override {
        answer<bool>(std::move(done), [this, seen, holder] {
            if (!(leadership == seen))
                return false;
            leadership = {holder, leadership.beat + 1};
            return true;
        });
    }
    void prune(std::size_t, Done<std::size_t> done) override {
        answer<std::size_t>(std::move(done), [this] {
            ++prunes;
            return std::size_t{0};
        });
    }
    void repairClock(Done<std::size_t> done) override {
        answer<std::size_t>(std::move(done), [] { return std::size_t{0}; });
    }
    void enqueueSnapshots(std::int64_t sinceMs, std::int64_t untilMs, DocumentId, std::size_t,
                          Done<DocumentId> done) override {
        answer<DocumentId>(std::move(done), [this, sinceMs, untilMs] {
            snapshotScans.emplace_back(sinceMs, untilMs);
            return DocumentId();
        });
    }

private:
    template <typename T>
    void answer(Done<T> done, std::function<T()> make) {
        m_waiting.push_back([this, done = std::move(done), make = std::move(make)] {
            done(isAway ? Result<T>(Error{ErrorCode::unavailable, "away"}) : Result<T>(make()));
        });
    }
    void settle(const JobLease& lease, Done<bool> done, std::function<void(Entry&)> change) {
        answer<bool>(std::move(done), [this, lease, change = std::move(change)] {
            const auto found = m_entries.find(lease.job);
            if (found == m_entries.end() || found->second.lease != lease.number ||
                found->second.state != JobState::executing)
                return false;
            change(found->second);
            return true;
        });
    }

    std::map<std::string, Entry> m_entries;
    std::deque<std::function<void()>> m_waiting;
};

} // namespace tandem
