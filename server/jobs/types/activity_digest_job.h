// The job `activity.digest`: {doc_id?, since, until?, email?} tells who changed what, of one document or of
// all that changed. Reads only; with `email` it enqueues one `email.notify`, however often it runs. Runs on
// several threads.
#pragma once

#include "base/clock.h"
#include "jobs/document_source.h"
#include "jobs/job_handler.h"
#include "jobs/job_sender.h"

namespace tandem {

class ActivityDigestJob final : public JobHandler {
public:
    // All must outlive this.
    ActivityDigestJob(DocumentSource& documents, JobSender& sender, const Clock& clock)
        : m_documents(documents), m_sender(sender), m_clock(clock) {}

    Result<void> check(std::string_view payload) const override;
    JobOutcome run(const JobRequest& request, JobProgress& progress) override;

private:
    DocumentSource& m_documents;
    JobSender& m_sender;
    const Clock& m_clock;
};

} // namespace tandem
