// The job `backup.run`: a backup of the whole database (backup/) as a file in a folder, checked before it
// gets its name, of which so many of the newest stay. A run that comes again takes the place of what it made
// before. Owned by JobTypes; runs on a job's thread, one at a time.
#pragma once

#include "base/clock.h"
#include "jobs/job_handler.h"
#include "storage/sql/database_address.h"

namespace tandem {

struct BackupPlace {
    DatabaseAddress database;
    std::string folder; // made if missing
    std::string program;
    std::size_t keep = 1;
};

class BackupRunJob final : public JobHandler {
public:
    BackupRunJob(BackupPlace place, const Clock& clock) : m_place(std::move(place)), m_clock(clock) {}

    Result<void> check(std::string_view payload) const override;
    JobOutcome run(const JobRequest& request, JobProgress& progress) override;

private:
    const BackupPlace m_place;
    const Clock& m_clock;
};

} // namespace tandem
