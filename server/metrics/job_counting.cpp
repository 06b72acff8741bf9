#include "metrics/job_counting.h"

namespace tandem {

namespace {
constexpr int everyMs = 5'000;
}

JobCounting::JobCounting(JobQueue& queue, PrometheusMeasures& measures)
    : m_alive(std::make_shared<bool>(true)) {
    const auto count = [&queue, &measures, alive = m_alive] {
        queue.stats([&measures, alive](const Result<JobStats>& stats) {
            if (*alive && stats)
                measures.jobsCounted(*stats);
        });
    };
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, count);
    m_timer.start(everyMs);
    count();
}

} // namespace tandem
