#include "jobs/all_jobs.h"

#include "jobs/snapshot_creation.h"
#include "jobs/snapshot_request.h"

namespace tandem {

void addAllJobs(JobTypes& types, const JobSurroundings& around) {
    const SnapshotStores stores{around.storage.documents(), around.storage.log(), around.storage.snapshots()};
    types.add(snapshotTerms(), std::make_unique<SnapshotCreation>(stores, around.loop, around.clock));
}

} // namespace tandem
