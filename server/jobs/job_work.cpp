#include "jobs/job_work.h"

namespace tandem {

namespace {
constexpr int tickMs = 200;
} // namespace

JobWork::JobWork(JobQueue& queue, const JobTypes& types, JobThreads& threads, const Clock& clock,
                 Random& random, Measures& measures, const JobRules& rules, std::vector<PeriodicJob> periodic)
    : m_runner(queue, types, threads, clock, random, measures, rules)
    , m_leader(queue, types, clock, random, measures, std::move(periodic)) {
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] {
        m_runner.tick();
        m_leader.tick();
    });
    m_timer.start(tickMs);
}

} // namespace tandem
