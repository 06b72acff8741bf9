#include "jobs/job_work.h"

namespace tandem {

namespace {
constexpr int tickMs = 200;
constexpr std::int64_t finishingMs = 23'000;
constexpr std::int64_t givingBackMs = 2'000;
} // namespace

JobWork::JobWork(JobQueue& queue, const JobTypes& types, JobThreads& threads, const Clock& clock,
                 Random& random, Measures& measures, const JobRules& rules, std::vector<PeriodicJob> periodic)
    : m_clock(clock)
    , m_runner(queue, types, threads, clock, random, measures, rules)
    , m_leader(queue, types, clock, random, measures, std::move(periodic)) {
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] {
        m_runner.tick();
        m_leader.tick();
    });
    m_timer.start(tickMs);
}

void JobWork::beginStop() {
    m_stopBeganAtMs = m_clock.monotonicMs();
    m_runner.stopClaiming();
}

bool JobWork::hasStopped() {
    const std::int64_t tookMs = m_clock.monotonicMs() - m_stopBeganAtMs;
    if (m_runner.isIdle())
        return true;
    if (tookMs > finishingMs)
        m_runner.letGo();
    return tookMs > finishingMs + givingBackMs;
}

} // namespace tandem
