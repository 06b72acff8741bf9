#include "metrics/prometheus_measures.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/summary.h>
#include <prometheus/text_serializer.h>

namespace tandem {

namespace {

using Buckets = prometheus::Histogram::BucketBoundaries; // seconds

const Buckets commitBuckets = {0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10};
const Buckets broadcastBuckets = {0.00001, 0.00002, 0.00005, 0.0001, 0.0002, 0.0005, 0.001,
                                  0.002,   0.005,   0.01,    0.02,   0.05,   0.1};
const Buckets loadBuckets = {0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10};

const Buckets jobBuckets = {0.005, 0.02, 0.1, 0.5, 1, 2, 5, 10, 30, 60, 300, 1'800};

const char* wordFor(JobEnding ending) {
    switch (ending) {
    case JobEnding::completed:
        return "completed";
    case JobEnding::failed:
        return "failed";
    case JobEnding::cancelled:
        return "cancelled";
    case JobEnding::postponed:
        return "postponed";
    case JobEnding::lost:
        return "lost";
    }
    return "lost";
}

double seconds(std::int64_t us) {
    return static_cast<double>(us) / 1e6;
}

prometheus::Counter& counter(prometheus::Registry& registry, const char* name, const char* help) {
    return prometheus::BuildCounter().Name(name).Help(help).Register(registry).Add({});
}

prometheus::Histogram& histogram(prometheus::Registry& registry, const char* name, const char* help,
                                 const Buckets& buckets) {
    return prometheus::BuildHistogram().Name(name).Help(help).Register(registry).Add({}, buckets);
}

} // namespace

PrometheusMeasures::PrometheusMeasures(const std::string& version)
    : m_changes(prometheus::BuildCounter()
                    .Name("tandem_changes_total")
                    .Help("Changes by what became of them; one that was not written comes again.")
                    .Register(m_registry))
    , m_committed(m_changes.Add({{"result", "committed"}}))
    , m_known(m_changes.Add({{"result", "known"}}))
    , m_refused(m_changes.Add({{"result", "refused"}}))
    , m_notWritten(m_changes.Add({{"result", "not_written"}}))
    , m_commitSeconds(histogram(m_registry, "tandem_commit_seconds",
                                "From handing changes to the log until they are durable.", commitBuckets))
    , m_broadcastSeconds(histogram(m_registry, "tandem_broadcast_seconds",
                                   "To tell all members of a document what was committed.", broadcastBuckets))
    , m_loadSeconds(histogram(m_registry, "tandem_document_load_seconds", "To load a document.", loadBuckets))
    , m_loadsFailed(counter(m_registry, "tandem_document_load_failures_total",
                            "Documents that were asked for and could not be loaded."))
    , m_slowClients(counter(m_registry, "tandem_slow_client_disconnects_total",
                            "Connections closed since their client read too slowly."))
    , m_jobsEnqueued(prometheus::BuildCounter()
                         .Name("tandem_jobs_enqueued_total")
                         .Help("Jobs that this process has added.")
                         .Register(m_registry))
    , m_jobsFinished(prometheus::BuildCounter()
                         .Name("tandem_jobs_finished_total")
                         .Help("Runs of jobs in this process by how they ended.")
                         .Register(m_registry))
    , m_jobRuns(prometheus::BuildHistogram()
                    .Name("tandem_job_run_duration_seconds")
                    .Help("How long jobs ran.")
                    .Register(m_registry))
    , m_jobWaits(prometheus::BuildHistogram()
                     .Name("tandem_job_wait_seconds")
                     .Help("How long jobs were due before someone began them.")
                     .Register(m_registry))
    , m_jobRunSeconds(prometheus::BuildSummary()
                          .Name("tandem_job_run_seconds")
                          .Help("How long jobs ran, in the last ten minutes.")
                          .Register(m_registry)
                          .Add({}, prometheus::Summary::Quantiles{{0.5, 0.05}, {0.95, 0.005}, {0.99, 0.001}},
                               std::chrono::milliseconds(10 * 60'000)))
    , m_jobsExpired(counter(m_registry, "tandem_job_leases_expired_total",
                            "Jobs that were taken away from processes that were not heard of any more."))
    , m_jobsByState(prometheus::BuildGauge()
                        .Name("tandem_jobs")
                        .Help("Jobs in the queue by their state.")
                        .Register(m_registry))
    , m_oldestJob(prometheus::BuildGauge()
                      .Name("tandem_jobs_oldest_available_seconds")
                      .Help("How long the oldest job has been due that nobody has begun.")
                      .Register(m_registry)
                      .Add({})) {
    auto& resyncs = prometheus::BuildCounter()
                        .Name("tandem_resyncs_total")
                        .Help("Clients that got the whole document though they had a part of it.")
                        .Register(m_registry);
    m_resyncs = {{Resync::farBehind, &resyncs.Add({{"reason", "far_behind"}})},
                 {Resync::otherLog, &resyncs.Add({{"reason", "other_log"}})},
                 {Resync::oldVersion, &resyncs.Add({{"reason", "old_version"}})}};
    auto& requests = prometheus::BuildCounter()
                         .Name("tandem_http_requests_total")
                         .Help("HTTP requests by the class of their status.")
                         .Register(m_registry);
    for (int digit = 1; digit <= 5; ++digit)
        m_requests[digit] = &requests.Add({{"status", std::to_string(digit) + "xx"}});
    prometheus::BuildGauge()
        .Name("tandem_build_info")
        .Help("Always 1; the label says which version runs.")
        .Register(m_registry)
        .Add({{"version", version}})
        .Set(1);
}

void PrometheusMeasures::addGauge(const std::string& name, const std::string& help,
                                  std::function<double()> value) {
    prometheus::Gauge& gauge = prometheus::BuildGauge().Name(name).Help(help).Register(m_registry).Add({});
    m_gauges.emplace_back(&gauge, std::move(value));
}

std::string PrometheusMeasures::text() {
    for (const auto& [gauge, value] : m_gauges)
        gauge->Set(value());
    return prometheus::TextSerializer().Serialize(m_registry.Collect());
}

void PrometheusMeasures::appended(std::size_t changes, std::optional<ErrorCode> fault, std::int64_t tookUs) {
    if (!fault) {
        m_committed.Increment(static_cast<double>(changes));
        m_commitSeconds.Observe(seconds(tookUs));
    } else if (*fault != ErrorCode::alreadyExists && *fault != ErrorCode::conditionFailed) {
        // Those two are appended again behind what another server has written.
        m_notWritten.Increment(static_cast<double>(changes));
    }
}

void PrometheusMeasures::changesKnown(std::size_t changes) {
    m_known.Increment(static_cast<double>(changes));
}

void PrometheusMeasures::changeRefused() {
    m_refused.Increment();
}

void PrometheusMeasures::broadcast(std::int64_t tookUs) {
    m_broadcastSeconds.Observe(seconds(tookUs));
}

void PrometheusMeasures::roomLoaded(bool isWhole, std::int64_t tookUs) {
    if (isWhole)
        m_loadSeconds.Observe(seconds(tookUs));
    else
        m_loadsFailed.Increment();
}

void PrometheusMeasures::resynced(Resync reason) {
    m_resyncs.at(reason)->Increment();
}

void PrometheusMeasures::slowClientClosed() {
    m_slowClients.Increment();
}

void PrometheusMeasures::jobEnqueued(std::string_view type) {
    m_jobsEnqueued.Add({{"type", std::string(type)}}).Increment();
}

void PrometheusMeasures::jobBegun(std::string_view type, std::int64_t waitedMs) {
    m_jobWaits.Add({{"type", std::string(type)}}, jobBuckets).Observe(seconds(waitedMs * 1'000));
}

void PrometheusMeasures::jobEnded(std::string_view type, JobEnding ending, std::int64_t ranMs) {
    m_jobsFinished.Add({{"type", std::string(type)}, {"outcome", wordFor(ending)}}).Increment();
    m_jobRuns.Add({{"type", std::string(type)}}, jobBuckets).Observe(seconds(ranMs * 1'000));
    m_jobRunSeconds.Observe(seconds(ranMs * 1'000));
}

void PrometheusMeasures::jobExpired() {
    m_jobsExpired.Increment();
}

void PrometheusMeasures::jobsCounted(const JobStats& stats) {
    for (const JobState state : allJobStates) {
        double count = 0;
        for (const JobCount& one : stats.counts)
            count += one.state == state ? static_cast<double>(one.count) : 0;
        m_jobsByState.Add({{"state", std::string(tandem::wordFor(state))}}).Set(count);
    }
    m_oldestJob.Set(seconds(stats.oldestAvailableMs * 1'000));
}

void PrometheusMeasures::requestAnswered(int status) {
    if (const auto found = m_requests.find(status / 100); found != m_requests.end())
        found->second->Increment();
}

} // namespace tandem
