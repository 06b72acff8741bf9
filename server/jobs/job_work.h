// The part of a process that works: what runs jobs, what leads, and the timer that drives both. Lives on the
// event loop; owned by main; borrows the rest.
#pragma once

#include "jobs/job_leader.h"
#include "jobs/job_threads.h"

#include <QTimer>

namespace tandem {

class JobWork {
public:
    JobWork(JobQueue& queue, const JobTypes& types, JobThreads& threads, const Clock& clock, Random& random,
            Measures& measures, const JobRules& rules, std::vector<PeriodicJob> periodic);

    // Something may be due that this process has enqueued itself.
    void nudge() { m_runner.nudge(); }
    // Begins no more jobs.
    void beginStop();
    // After beginStop(), asked again and again: what runs has ended and is stored, or had 23 seconds and its
    // leases were given back.
    bool hasStopped();
    // Threads that nobody waits for still work.
    bool isWorking() const { return m_runner.isWorking(); }

private:
    const Clock& m_clock;
    std::int64_t m_stopBeganAtMs = 0;
    JobRunner m_runner;
    JobLeader m_leader;
    QTimer m_timer;
};

} // namespace tandem
