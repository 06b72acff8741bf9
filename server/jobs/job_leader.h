// Does, in one process of all that work on a database, what is to be done from time to time: enqueues
// periodic jobs and snapshots of documents at rest, deletes jobs that were kept long enough, mends what a
// clock has put off. Should two lead for a moment nothing is done twice: what they enqueue has keys. Lives on
// the event loop; owned by main; borrows the rest.
#pragma once

#include "base/random.h"
#include "jobs/job_types.h"
#include "jobs/lease_watch.h"
#include "metrics/measures.h"

namespace tandem {

struct LeaderRules {
    std::int64_t lookEveryMs = 5'000;
    std::int64_t patienceMs = 30'000; // without a sign of life of the leader
    std::int64_t tidyEveryMs = 15'000;
    std::int64_t restMs = 60'000; // a document that was not changed for so long rests
};

// A job that comes again and again, at the same moments of wall clock whoever leads.
struct PeriodicJob {
    std::string name; // of its keys
    std::int64_t everyMs = 0;
    JobTypes::Wanted wanted; // without a key
};

class JobLeader {
public:
    JobLeader(JobQueue& queue, const JobTypes& types, const Clock& clock, Random& random, Measures& measures,
              std::vector<PeriodicJob> periodic, LeaderRules rules = {});
    ~JobLeader() { *m_alive = false; }
    JobLeader(const JobLeader&) = delete;
    JobLeader& operator=(const JobLeader&) = delete;

    // Called about once a second.
    void tick();
    bool leads() const { return m_leads; }

private:
    void look();
    void takeLeader(const Leadership& seen);
    void tidy();
    void enqueuePeriodic();
    void askForSnapshots(std::int64_t untilMs, const DocumentId& after);

    JobQueue& m_queue;
    const JobTypes& m_types;
    const Clock& m_clock;
    Random& m_random;
    Measures& m_measures;
    const std::vector<PeriodicJob> m_periodic;
    const LeaderRules m_rules;
    const std::string m_name; // of this process
    LeaseWatch m_watch;
    bool m_leads = false;
    std::int64_t m_nextLookMs = 0;
    std::int64_t m_nextTidyMs = 0;
    std::int64_t m_scannedToMs = 0; // documents that were changed until then were looked at
    std::map<std::string, std::int64_t> m_enqueuedPeriods;
    std::shared_ptr<bool> m_alive; // guards callbacks
};

} // namespace tandem
