// All types of jobs that this server knows: the one place that lists them. Owned by main; borrows the
// storage, the loop and the clock, and must outlive whoever runs jobs.
#pragma once

#include "jobs/event_loop_calls.h"
#include "jobs/job_leader.h"
#include "jobs/job_types.h"
#include "jobs/queued_jobs.h"
#include "jobs/stored_documents.h"
#include "jobs/types/backup_run_job.h"
#include "mail/mail_transport.h"
#include "mail/smtp_server.h"
#include "storage/sql/sql_storage.h"

namespace tandem {

// As the settings say.
struct JobPlaces {
    BackupPlace backups;
    std::optional<SmtpServer> smtp; // without it letters are files in
    std::string outboxFolder;
    std::string mailFrom;
};

class AllJobs {
public:
    AllJobs(SqlStorage& storage, EventLoopCalls& loop, const Clock& clock, JobPlaces places);

    const JobTypes& types() const { return m_types; }

private:
    StoredDocuments m_documents;
    std::unique_ptr<MailTransport> m_mail;
    JobTypes m_types;
    QueuedJobs m_sender;
};

// What comes by itself; 0: no backups.
std::vector<PeriodicJob> periodicJobs(std::int64_t backupEveryMs);

} // namespace tandem
