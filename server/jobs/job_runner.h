// Runs jobs in this process: claims as many as there are threads for, keeps their leases, tells the queue how
// they end, and takes jobs away from processes that died. Lives on the event loop, does no work of a job
// itself; owned by main; borrows the rest, which must outlive it.
// Invariant: what a job did is reported under the lease it was claimed with, or not at all.
#pragma once

#include "base/backoff.h"
#include "jobs/job_types.h"
#include "jobs/lease_watch.h"
#include "metrics/measures.h"

#include <atomic>
#include <list>
#include <mutex>

namespace tandem {

// Where the work is done.
class JobPool {
public:
    virtual ~JobPool() = default;

    // `work` on a thread of the pool, then `done` on the event loop.
    virtual void start(std::function<void()> work, std::function<void()> done) = 0;
};

struct JobRules {
    std::size_t threads = 2;
    std::int64_t pollEveryMs = 1'000; // with a quarter of jitter
    std::int64_t beatEveryMs = 10'000;
    std::int64_t patienceMs = 30'000; // without a beat
    std::int64_t tellEveryMs = 1'000; // progress, at most
    std::int64_t graceMs = 10'000;    // for one that took too long, to end by itself
    std::int64_t shortestPauseMs = 500;
    std::int64_t firstPauseMs = 2'000;
    std::int64_t longestPauseMs = 15 * 60'000;
};

// Before the attempt that follows the `attempt`-th, which failed: exponential, capped, with full jitter.
std::int64_t retryPauseMs(const JobRules& rules, int attempt, Random& random);

class JobRunner {
public:
    JobRunner(JobQueue& queue, const JobTypes& types, JobPool& pool, const Clock& clock, Random& random,
              Measures& measures, JobRules rules = {});
    ~JobRunner();
    JobRunner(const JobRunner&) = delete;
    JobRunner& operator=(const JobRunner&) = delete;

    // Called several times a second.
    void tick();
    // Something is due: claims without waiting for the next look.
    void nudge();

    // From now on nothing is claimed; what runs goes on.
    void stopClaiming() { m_claiming = false; }
    // What still runs is asked to stop, and its leases are given back.
    void letGo();
    // Nothing is claimed or runs, and how all ended is stored.
    bool isIdle() const { return m_runs.empty() && !m_claimUnderway; }
    // Threads still work, perhaps for leases that were given back.
    bool isWorking() const { return m_working > 0; }

private:
    class Run;
    using RunPointer = std::shared_ptr<Run>;

    void claim();
    void take(std::vector<ClaimedJob> claimed);
    void start(ClaimedJob claimed);
    void look(const RunPointer& run);
    void beat(const RunPointer& run);
    void finished(const RunPointer& run);
    void settle(const RunPointer& run);
    void end(const RunPointer& run, JobEnding ending);
    void watchOthers();
    void takeRunning(const std::vector<RunningJob>& running);

    JobQueue& m_queue;
    const JobTypes& m_types;
    JobPool& m_pool;
    const Clock& m_clock;
    Random& m_random;
    Measures& m_measures;
    const JobRules m_rules;
    LeaseWatch m_watch;
    std::list<RunPointer> m_runs; // whose end is not stored yet
    std::map<std::string, std::size_t, std::less<>> m_workingByType;
    std::size_t m_working = 0; // threads
    std::size_t m_turn = 0;    // whose type comes first
    std::int64_t m_nextPollMs = 0;
    bool m_claiming = true;
    bool m_claimUnderway = false;
    bool m_watchUnderway = false;
    std::shared_ptr<bool> m_alive; // guards callbacks
};

} // namespace tandem
