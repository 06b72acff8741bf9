#include "metrics/measured_op_log.h"

#include "jobs/snapshot_request.h"

namespace tandem {

void MeasuredOpLog::append(DocumentId document, std::string epoch, std::vector<AppendEntry> entries,
                           std::function<void(Result<Appended>)> done) {
    const std::size_t count = entries.size();
    m_log.append(
        std::move(document), std::move(epoch), std::move(entries),
        [this, count, beganUs = m_clock.monotonicUs(), done = std::move(done)](Result<Appended> appended) {
            std::optional<ErrorCode> fault;
            if (!appended.ok())
                fault = appended.error().code;
            if (appended.ok() && appended->asksForSnapshot)
                m_measures.jobEnqueued(snapshotTerms().name);
            m_measures.appended(count, fault, m_clock.monotonicUs() - beganUs);
            done(std::move(appended));
        });
}

} // namespace tandem
