// Asks the queue every few seconds how many jobs there are, for /metrics. Lives on the event loop; owned by
// main; borrows the queue and the measures.
#pragma once

#include "jobs/job_queue.h"
#include "metrics/prometheus_measures.h"

#include <QTimer>

namespace tandem {

class JobCounting {
public:
    JobCounting(JobQueue& queue, PrometheusMeasures& measures);
    ~JobCounting() { *m_alive = false; }
    JobCounting(const JobCounting&) = delete;
    JobCounting& operator=(const JobCounting&) = delete;

private:
    QTimer m_timer;
    std::shared_ptr<bool> m_alive; // guards callbacks of the queue
};

} // namespace tandem
