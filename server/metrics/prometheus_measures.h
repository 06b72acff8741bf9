// Counts the server's work and tells it in Prometheus' text format. No label names a document or a person.
// Lives on the event loop; owned by main.
#pragma once

#include "jobs/job.h"
#include "metrics/measures.h"

#include <prometheus/registry.h>

#include <functional>
#include <map>
#include <string>

namespace prometheus {
class Counter;
class Gauge;
class Histogram;
class Summary;
} // namespace prometheus

namespace tandem {

class PrometheusMeasures final : public Measures {
public:
    explicit PrometheusMeasures(const std::string& version);

    // What is asked each time: `value` is called on the event loop.
    void addGauge(const std::string& name, const std::string& help, std::function<double()> value);
    std::string text();

    void appended(std::size_t changes, std::optional<ErrorCode> fault, std::int64_t tookUs) override;
    void changesKnown(std::size_t changes) override;
    void changeRefused() override;
    void broadcast(std::int64_t tookUs) override;
    void roomLoaded(bool isWhole, std::int64_t tookUs) override;
    void resynced(Resync reason) override;
    void slowClientClosed() override;
    void requestAnswered(int status) override;
    void jobEnqueued(std::string_view type) override;
    void jobBegun(std::string_view type, std::int64_t waitedMs) override;
    void jobEnded(std::string_view type, JobEnding ending, std::int64_t ranMs) override;
    void jobExpired() override;
    // What the queue holds; told from time to time.
    void jobsCounted(const JobStats& stats);

private:
    prometheus::Registry m_registry;
    prometheus::Family<prometheus::Counter>& m_changes;
    prometheus::Counter& m_committed;
    prometheus::Counter& m_known;
    prometheus::Counter& m_refused;
    prometheus::Counter& m_notWritten;
    prometheus::Histogram& m_commitSeconds;
    prometheus::Histogram& m_broadcastSeconds;
    prometheus::Histogram& m_loadSeconds;
    prometheus::Counter& m_loadsFailed;
    std::map<Resync, prometheus::Counter*> m_resyncs;
    prometheus::Counter& m_slowClients;
    std::map<int, prometheus::Counter*> m_requests; // by the first digit of the status
    prometheus::Family<prometheus::Counter>& m_jobsEnqueued;
    prometheus::Family<prometheus::Counter>& m_jobsFinished;
    prometheus::Family<prometheus::Histogram>& m_jobRuns;
    prometheus::Family<prometheus::Histogram>& m_jobWaits;
    prometheus::Summary& m_jobRunSeconds;
    prometheus::Counter& m_jobsExpired;
    prometheus::Family<prometheus::Gauge>& m_jobsByState;
    prometheus::Gauge& m_oldestJob;
    std::vector<std::pair<prometheus::Gauge*, std::function<double()>>> m_gauges;
};

} // namespace tandem
