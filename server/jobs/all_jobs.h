// All types of jobs that this server knows: the one place that lists them.
#pragma once

#include "jobs/event_loop_calls.h"
#include "jobs/job_types.h"
#include "storage/sql/sql_storage.h"

namespace tandem {

// What the handlers work with; outlives them.
struct JobSurroundings {
    SqlStorage& storage;
    EventLoopCalls& loop;
    const Clock& clock;
};

void addAllJobs(JobTypes& types, const JobSurroundings& around);

} // namespace tandem
