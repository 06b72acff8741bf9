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
    void stopClaiming() { m_runner.stopClaiming(); }
    void letGo() { m_runner.letGo(); }
    bool isIdle() const { return m_runner.isIdle(); }
    // Threads that nobody waits for still work.
    bool isWorking() const { return m_runner.isWorking(); }

private:
    JobRunner m_runner;
    JobLeader m_leader;
    QTimer m_timer;
};

} // namespace tandem
