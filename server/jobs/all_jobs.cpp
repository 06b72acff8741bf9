#include "jobs/all_jobs.h"

#include "jobs/snapshot_creation.h"
#include "jobs/snapshot_request.h"

namespace tandem {

namespace {
constexpr std::int64_t minuteMs = 60'000;
constexpr std::int64_t dayMs = 24 * 60 * minuteMs;
constexpr const char* backupType = "backup.run";
} // namespace

void addAllJobs(JobTypes& types, const JobSurroundings& around) {
    const SnapshotStores stores{around.storage.documents(), around.storage.log(), around.storage.snapshots()};
    types.add(snapshotTerms(), std::make_unique<SnapshotCreation>(stores, around.loop, around.clock));
    types.add({backupType, 1, JobAlone::everywhere, 60 * minuteMs, 5, 14 * dayMs},
              std::make_unique<BackupRun>(around.backups, around.clock));
}

std::vector<PeriodicJob> periodicJobs(std::int64_t backupEveryMs) {
    if (backupEveryMs == 0)
        return {};
    return {{"backup", backupEveryMs, {backupType, "{}", {}, {}}}};
}

} // namespace tandem
