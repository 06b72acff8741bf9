// The job `snapshot.create`: reads a document from its newest good snapshot and the log behind it, and stores
// the whole as a snapshot, behind which the log is packed. Does not look at rooms, so it does as well where
// nobody has the document open. Owned by JobTypes; runs on several threads; borrows the stores, which it asks
// through the event loop.
#pragma once

#include "base/clock.h"
#include "jobs/event_loop_calls.h"
#include "jobs/job_handler.h"
#include "storage/document_store.h"
#include "storage/snapshot_store.h"

#include <map>
#include <mutex>

namespace tandem {

struct SnapshotStores {
    DocumentStore& documents;
    OpLog& log;
    SnapshotStore& snapshots;
};

struct MadeSnapshot {
    std::string epoch;
    Seq version = 0;
    std::shared_ptr<const std::string> bytes; // null: the newest version is stored already
};
// notFound, logReplaced, unavailable; internal: the log is damaged.
Result<MadeSnapshot> makeSnapshot(const SnapshotStores& stores, EventLoopCalls& loop,
                                  const DocumentId& document);

class SnapshotCreateJob final : public JobHandler {
public:
    SnapshotCreateJob(const SnapshotStores& stores, EventLoopCalls& loop, const Clock& clock)
        : m_stores(stores), m_loop(loop), m_clock(clock) {}

    Result<void> check(std::string_view payload) const override;
    JobOutcome run(const JobRequest& request, JobProgress& progress) override;

private:
    // Snapshots of one document take at most about a fifth of the time.
    std::int64_t restMs(const DocumentId& document);
    void noteCost(const DocumentId& document, std::int64_t tookMs);

    const SnapshotStores m_stores;
    EventLoopCalls& m_loop;
    const Clock& m_clock;
    std::mutex m_mutex;
    std::map<DocumentId, std::int64_t> m_notBeforeMs; // by m_mutex
};

} // namespace tandem
