// All types of jobs that this server knows: the one place that lists them.
#pragma once

#include "jobs/backup_run.h"
#include "jobs/event_loop_calls.h"
#include "jobs/job_leader.h"
#include "jobs/job_types.h"
#include "storage/sql/sql_storage.h"

namespace tandem {

// What the handlers work with; outlives them.
struct JobSurroundings {
    SqlStorage& storage;
    EventLoopCalls& loop;
    const Clock& clock;
    BackupPlace backups;
};

void addAllJobs(JobTypes& types, const JobSurroundings& around);
// What comes by itself; 0: no backups.
std::vector<PeriodicJob> periodicJobs(std::int64_t backupEveryMs);

} // namespace tandem
