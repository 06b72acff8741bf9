#include "jobs/all_jobs.h"

#include "jobs/snapshot_request.h"
#include "jobs/types/activity_digest_job.h"
#include "jobs/types/doc_export_job.h"
#include "jobs/types/email_notify_job.h"
#include "jobs/types/snapshot_create_job.h"
#include "mail/outbox_folder.h"
#include "mail/smtp_transport.h"

namespace tandem {

namespace {

constexpr std::int64_t minuteMs = 60'000;
constexpr std::int64_t dayMs = 24 * 60 * minuteMs;
constexpr const char* backupType = "backup.run";

std::unique_ptr<MailTransport> mailTransport(const JobPlaces& places) {
    if (places.smtp)
        return std::make_unique<SmtpTransport>(*places.smtp);
    return std::make_unique<OutboxFolder>(places.outboxFolder);
}

} // namespace

AllJobs::AllJobs(SqlStorage& storage, EventLoopCalls& loop, const Clock& clock, JobPlaces places)
    : m_documents({storage.documents(), storage.catalog(), storage.past(), storage.log()}, loop)
    , m_mail(mailTransport(places))
    , m_sender(storage.jobs(), m_types, loop) {
    m_types.add(snapshotTerms(),
                std::make_unique<SnapshotCreateJob>(
                    SnapshotStores{storage.documents(), storage.log(), storage.snapshots()}, loop, clock));
    m_types.add({backupType, 1, JobAlone::everywhere, 60 * minuteMs, 5, 14 * dayMs},
                std::make_unique<BackupRunJob>(std::move(places.backups), clock));
    m_types.add({"doc.export", 2, JobAlone::no, 10 * minuteMs, 5, dayMs},
                std::make_unique<DocExportJob>(m_documents));
    m_types.add({"activity.digest", 1, JobAlone::no, 10 * minuteMs, 5, dayMs},
                std::make_unique<ActivityDigestJob>(m_documents, m_sender, clock));
    m_types.add({"email.notify", 2, JobAlone::no, 2 * minuteMs, 12, dayMs},
                std::make_unique<EmailNotifyJob>(*m_mail, std::move(places.mailFrom), clock));
}

std::vector<PeriodicJob> periodicJobs(std::int64_t backupEveryMs) {
    if (backupEveryMs == 0)
        return {};
    return {{"backup", backupEveryMs, {backupType, "{}", {}, {}}}};
}

} // namespace tandem
