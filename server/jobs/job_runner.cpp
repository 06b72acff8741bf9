#include "jobs/job_runner.h"

#include <algorithm>
#include <exception>

namespace tandem {

std::int64_t retryPauseMs(const JobRules& rules, int attempt, Random& random) {
    Backoff backoff(rules.shortestPauseMs, rules.firstPauseMs, rules.longestPauseMs);
    std::int64_t pauseMs = rules.shortestPauseMs;
    for (int i = 0; i < attempt; ++i)
        pauseMs = backoff.nextDelayMs(random);
    return pauseMs;
}

// One attempt. What its thread and the event loop share is atomic or behind the mutex.
class JobRunner::Run final : public JobProgress {
public:
    Run(ClaimedJob job, const JobType& claimedType, std::int64_t nowMs)
        : claimed(std::move(job)), type(claimedType), startedMs(nowMs), beatAtMs(nowMs) {}

    // --- on its thread

    void work() {
        try {
            m_made = type.handler->run(claimed.request, *this);
        } catch (const std::exception& fault) {
            m_made = JobFailure{std::string("It broke off: ") + fault.what(), JobRetry::later, std::nullopt};
        }
    }
    bool shouldStop() const override { return m_stop; }
    void report(int percent, std::string_view message) override {
        const std::lock_guard lock(m_mutex);
        m_percent = std::clamp(percent, 0, 100);
        m_message = message.substr(0, longestMessage);
        m_news = true;
    }

    // --- on the event loop

    void stop() { m_stop = true; }
    bool hasNews() const {
        const std::lock_guard lock(m_mutex);
        return m_news;
    }
    std::pair<int, std::string> takeNews() {
        const std::lock_guard lock(m_mutex);
        m_news = false;
        return {m_percent, m_message};
    }

    enum class Stopped { no, cancelled, tookTooLong, released, lost };

    const ClaimedJob claimed;
    const JobType& type;
    const std::int64_t startedMs;
    std::int64_t beatAtMs;
    bool beating = false; // one is under way
    Stopped why = Stopped::no;
    bool isSettling = false; // its end is being stored
    std::int64_t settleAtMs = 0;
    std::optional<JobOutcome> outcome; // its thread has ended, or is not waited for
    // Precondition: its thread has ended.
    JobOutcome takeMade() { return std::move(m_made); }

private:
    static constexpr std::size_t longestMessage = 1'000;

    JobOutcome m_made; // by its thread
    std::atomic<bool> m_stop = false;
    mutable std::mutex m_mutex;
    int m_percent = 0;     // by m_mutex
    std::string m_message; // by m_mutex
    bool m_news = false;   // by m_mutex
};

JobRunner::JobRunner(JobQueue& queue, const JobTypes& types, JobPool& pool, const Clock& clock,
                     Random& random, Measures& measures, JobRules rules)
    : m_queue(queue)
    , m_types(types)
    , m_pool(pool)
    , m_clock(clock)
    , m_random(random)
    , m_measures(measures)
    , m_rules(rules)
    , m_watch(clock, rules.patienceMs)
    , m_alive(std::make_shared<bool>(true)) {}

JobRunner::~JobRunner() {
    *m_alive = false;
    for (const RunPointer& run : m_runs)
        run->stop();
}

void JobRunner::tick() {
    const std::vector<RunPointer> runs(m_runs.begin(), m_runs.end());
    for (const RunPointer& run : runs) {
        if (run->outcome)
            settle(run);
        else
            look(run);
    }
    const std::int64_t now = m_clock.monotonicMs();
    if (now < m_nextPollMs)
        return;
    const std::int64_t jitter = m_rules.pollEveryMs / 2;
    m_nextPollMs = now + m_rules.pollEveryMs * 3 / 4 +
                   static_cast<std::int64_t>(m_random.below(static_cast<std::uint64_t>(jitter) + 1));
    claim();
    watchOthers();
}

void JobRunner::nudge() {
    claim();
}

// --- claiming

void JobRunner::claim() {
    if (!m_claiming || m_claimUnderway || m_working >= m_rules.threads)
        return;
    std::vector<ClaimWish> wishes;
    const std::size_t free = m_rules.threads - m_working;
    for (const auto& [name, type] : m_types.all()) {
        const auto found = m_workingByType.find(name);
        const std::size_t working = found == m_workingByType.end() ? 0 : found->second;
        if (working < type.terms.atOnce)
            wishes.push_back({name, std::min(free, type.terms.atOnce - working)});
    }
    if (wishes.empty())
        return;
    // No type waits behind another one for ever.
    std::rotate(wishes.begin(), wishes.begin() + static_cast<std::ptrdiff_t>(m_turn++ % wishes.size()),
                wishes.end());
    m_claimUnderway = true;
    m_queue.claim(std::move(wishes), free, [this, alive = m_alive](Result<std::vector<ClaimedJob>> claimed) {
        if (!*alive)
            return;
        m_claimUnderway = false;
        if (claimed.ok()) // else the next look may find the database well
            take(std::move(*claimed));
    });
}

void JobRunner::take(std::vector<ClaimedJob> claimed) {
    for (ClaimedJob& job : claimed) {
        if (m_claiming)
            start(std::move(job));
        else
            m_queue.release(job.lease, 0, [](Result<bool>) {});
    }
}

void JobRunner::start(ClaimedJob claimed) {
    const JobType& type = *m_types.find(claimed.type);
    m_measures.jobBegun(claimed.type, claimed.waitedMs);
    const auto run = std::make_shared<Run>(std::move(claimed), type, m_clock.monotonicMs());
    m_runs.push_back(run);
    ++m_working;
    ++m_workingByType[run->claimed.type];
    m_pool.start([run] { run->work(); },
                 [this, alive = m_alive, run] {
                     if (*alive)
                         finished(run);
                 });
}

// --- while they run

void JobRunner::look(const RunPointer& run) {
    const std::int64_t now = m_clock.monotonicMs();
    const std::int64_t lateMs = now - run->startedMs - run->type.terms.timeoutMs;
    if (lateMs >= 0 && run->why == Run::Stopped::no) {
        run->why = Run::Stopped::tookTooLong;
        run->stop();
    }
    // Its thread is lost to us, the job is not.
    if (lateMs >= m_rules.graceMs && run->why == Run::Stopped::tookTooLong) {
        run->outcome = JobFailure{};
        return settle(run);
    }
    const bool isTelling = run->hasNews() && now - run->beatAtMs >= m_rules.tellEveryMs;
    if (!run->beating && (isTelling || now - run->beatAtMs >= m_rules.beatEveryMs))
        beat(run);
}

void JobRunner::beat(const RunPointer& run) {
    const auto [percent, message] = run->takeNews();
    run->beating = true;
    run->beatAtMs = m_clock.monotonicMs();
    m_queue.beat(run->claimed.lease, percent, message, [run](const Result<bool>& counts) {
        run->beating = false;
        if (counts.ok() && !*counts) {
            run->why = Run::Stopped::lost;
            run->stop();
        }
    });
}

// --- how they end

void JobRunner::finished(const RunPointer& run) {
    --m_working;
    --m_workingByType[run->claimed.type];
    if (!run->outcome) {
        run->outcome = run->takeMade();
        settle(run);
    }
    claim();
}

void JobRunner::settle(const RunPointer& run) {
    const std::int64_t now = m_clock.monotonicMs();
    if (run->isSettling || now < run->settleAtMs)
        return;
    run->isSettling = true;
    const JobLease& lease = run->claimed.lease;
    const auto stored = [this, alive = m_alive, run](JobEnding ending) {
        return [this, alive, run, ending](const Result<bool>& counted) {
            if (!*alive)
                return;
            run->isSettling = false;
            run->settleAtMs = m_clock.monotonicMs() + m_rules.pollEveryMs;
            if (counted.ok())
                end(run, *counted ? ending : JobEnding::lost);
        };
    };
    if (const auto* result = std::get_if<JobResult>(&*run->outcome))
        return m_queue.complete(lease, *result, stored(JobEnding::completed));
    if (run->why == Run::Stopped::released)
        return m_queue.release(lease, 0, stored(JobEnding::postponed));
    if (const auto* postponed = std::get_if<JobPostponement>(&*run->outcome);
        postponed && run->why == Run::Stopped::no)
        return m_queue.release(lease, std::min(postponed->afterMs, longestJobPauseMs),
                               stored(JobEnding::postponed));
    const JobFailure* failure = std::get_if<JobFailure>(&*run->outcome);
    JobFailure told = failure ? *failure : JobFailure{"It was stopped.", JobRetry::later, std::nullopt};
    if (run->why == Run::Stopped::tookTooLong)
        told = {"It took longer than " + std::to_string(run->type.terms.timeoutMs / 1'000) + " seconds.",
                JobRetry::later, std::nullopt};
    if (run->why == Run::Stopped::cancelled)
        told.error = "It was cancelled.";
    const std::int64_t ownPauseMs = retryPauseMs(m_rules, run->claimed.request.attempt, m_random);
    const std::int64_t pauseMs =
        std::min(std::max<std::int64_t>(told.afterMs.value_or(ownPauseMs), 0), longestJobPauseMs);
    m_queue.fail(lease, told.error, told.retry, pauseMs,
                 stored(run->why == Run::Stopped::cancelled ? JobEnding::cancelled : JobEnding::failed));
}

void JobRunner::end(const RunPointer& run, JobEnding ending) {
    m_measures.jobEnded(run->claimed.type, ending, m_clock.monotonicMs() - run->startedMs);
    m_runs.remove(run);
}

void JobRunner::letGo() {
    m_claiming = false;
    for (const RunPointer& run : m_runs) {
        if (run->outcome)
            continue;
        run->why = Run::Stopped::released;
        run->outcome = JobPostponement{};
        run->stop();
        settle(run);
    }
}

// --- other processes

void JobRunner::watchOthers() {
    if (m_watchUnderway)
        return;
    m_watchUnderway = true;
    m_queue.running([this, alive = m_alive](const Result<std::vector<RunningJob>>& running) {
        if (!*alive)
            return;
        m_watchUnderway = false;
        if (running.ok())
            takeRunning(*running);
    });
}

void JobRunner::takeRunning(const std::vector<RunningJob>& running) {
    std::map<JobLease, RunPointer> mine;
    for (const RunPointer& run : m_runs)
        mine[run->claimed.lease] = run;
    std::vector<RunningJob> others;
    for (const RunningJob& job : running) {
        const auto own = mine.find(job.lease);
        if (own == mine.end()) {
            others.push_back(job);
        } else if (job.cancelAsked && own->second->why == Run::Stopped::no) {
            own->second->why = Run::Stopped::cancelled;
            own->second->stop();
        }
    }
    for (const RunningJob& silent : m_watch.unheard(others)) {
        m_queue.expire(silent, [this, alive = m_alive](const Result<bool>& expired) {
            if (*alive && expired.ok() && *expired)
                m_measures.jobExpired();
        });
    }
}

} // namespace tandem
