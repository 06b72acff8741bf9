// Finds out whose holder is dead, by one clock that never jumps: who has given no sign of life for as long as
// this object has patience. Whoever begins to watch is patient anew. A plain value.
#pragma once

#include "base/clock.h"
#include "jobs/job_queue.h"

#include <map>

namespace tandem {

class LeaseWatch {
public:
    LeaseWatch(const Clock& clock, std::int64_t patienceMs) : m_clock(clock), m_patienceMs(patienceMs) {}

    // `running`: all there are now. Those that were seen with the same beat for too long.
    std::vector<RunningJob> unheard(const std::vector<RunningJob>& running);
    // The leader as it is seen now: has it been so for too long?
    bool isUnheard(const Leadership& leader);

private:
    struct Seen {
        std::int64_t beat = 0;
        std::int64_t sinceMs = 0;
    };

    const Clock& m_clock;
    const std::int64_t m_patienceMs;
    std::map<JobLease, Seen> m_jobs;
    Leadership m_leader;
    std::int64_t m_leaderSinceMs = 0;
};

} // namespace tandem
