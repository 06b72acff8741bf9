#include "jobs/job_leader.h"

namespace tandem {

namespace {
constexpr std::size_t prunedAtOnce = 100;
constexpr std::size_t snapshotsAtOnce = 200;
} // namespace

JobLeader::JobLeader(JobQueue& queue, const JobTypes& types, const Clock& clock, Random& random,
                     Measures& measures, std::vector<PeriodicJob> periodic, LeaderRules rules)
    : m_queue(queue)
    , m_types(types)
    , m_clock(clock)
    , m_random(random)
    , m_measures(measures)
    , m_periodic(std::move(periodic))
    , m_rules(rules)
    , m_name(makeRandomId(random))
    , m_watch(clock, rules.patienceMs)
    , m_alive(std::make_shared<bool>(true)) {}

void JobLeader::tick() {
    const std::int64_t now = m_clock.monotonicMs();
    if (now >= m_nextLookMs) {
        m_nextLookMs = now + m_rules.lookEveryMs;
        look();
    }
    if (m_leads && now >= m_nextTidyMs) {
        m_nextTidyMs = now + m_rules.tidyEveryMs;
        tidy();
    }
}

void JobLeader::look() {
    m_queue.leader([this, alive = m_alive](const Result<Leadership>& seen) {
        if (!*alive)
            return;
        if (seen.ok())
            takeLeader(*seen);
        else
            m_leads = false; // others may take over, and this one does not see it
    });
}

void JobLeader::takeLeader(const Leadership& seen) {
    if (seen.holder != m_name && !seen.holder.empty() && !m_watch.isUnheard(seen)) {
        m_leads = false;
        return;
    }
    m_queue.lead(seen, m_name, [this, alive = m_alive](const Result<bool>& leads) {
        if (*alive)
            m_leads = leads.ok() && *leads;
    });
}

void JobLeader::tidy() {
    m_queue.repairClock([](const Result<std::size_t>&) {});
    m_queue.prune(prunedAtOnce, [this, alive = m_alive](const Result<std::size_t>& pruned) {
        if (*alive && pruned.ok() && *pruned == prunedAtOnce)
            m_nextTidyMs = 0;
    });
    enqueuePeriodic();
    askForSnapshots(m_clock.wallMs() - m_rules.restMs, {});
}

void JobLeader::enqueuePeriodic() {
    for (const PeriodicJob& periodic : m_periodic) {
        const std::int64_t period = m_clock.wallMs() / periodic.everyMs;
        if (m_enqueuedPeriods[periodic.name] == period)
            continue;
        JobTypes::Wanted wanted = periodic.wanted;
        wanted.key = periodic.name + ":" + std::to_string(period);
        auto job = m_types.request(wanted, m_random);
        if (!job.ok())
            continue; // it is the program's own: there is none that is wrong
        m_queue.enqueue(std::move(*job), [this, alive = m_alive, name = periodic.name, period,
                                          type = wanted.type](const Result<JobQueue::Enqueued>& enqueued) {
            if (!*alive || !enqueued.ok())
                return; // else asked again soon
            m_enqueuedPeriods[name] = period;
            if (enqueued->how == JobQueue::Enqueuing::added)
                m_measures.jobEnqueued(type);
        });
    }
}

// A clock that goes back makes it look again at what it has seen, which adds nothing.
void JobLeader::askForSnapshots(std::int64_t untilMs, const DocumentId& after) {
    const std::int64_t sinceMs = std::min(m_scannedToMs, untilMs);
    m_queue.enqueueSnapshots(sinceMs, untilMs, after, snapshotsAtOnce,
                             [this, alive = m_alive, untilMs](const Result<DocumentId>& last) {
                                 if (!*alive || !last.ok())
                                     return;
                                 if (last->empty())
                                     m_scannedToMs = untilMs;
                                 else
                                     askForSnapshots(untilMs, *last);
                             });
}

} // namespace tandem
