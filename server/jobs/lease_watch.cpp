#include "jobs/lease_watch.h"

#include <utility>

namespace tandem {

std::vector<RunningJob> LeaseWatch::unheard(const std::vector<RunningJob>& running) {
    const std::int64_t now = m_clock.monotonicMs();
    const auto before = std::exchange(m_jobs, {});
    std::vector<RunningJob> silent;
    for (const RunningJob& job : running) {
        const auto known = before.find(job.lease);
        const bool same = known != before.end() && known->second.beat == job.beat;
        const Seen seen = same ? known->second : Seen{job.beat, now};
        m_jobs[job.lease] = seen;
        if (now - seen.sinceMs >= m_patienceMs)
            silent.push_back(job);
    }
    return silent;
}

bool LeaseWatch::isUnheard(const Leadership& leader) {
    const std::int64_t now = m_clock.monotonicMs();
    if (!(leader == m_leader)) {
        m_leader = leader;
        m_leaderSinceMs = now;
    }
    return now - m_leaderSinceMs >= m_patienceMs;
}

} // namespace tandem
