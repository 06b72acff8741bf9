// The job `email.notify`: {to, subject, text} sends a letter. Its id is the job's, so whoever gets it twice,
// since the server's answer was lost, can tell. Runs on several threads.
#pragma once

#include "base/clock.h"
#include "jobs/job_handler.h"
#include "mail/mail_transport.h"

namespace tandem {

class EmailNotifyJob final : public JobHandler {
public:
    // `from` is isMailAddress(). The others must outlive this.
    EmailNotifyJob(MailTransport& transport, std::string from, const Clock& clock)
        : m_transport(transport), m_from(std::move(from)), m_clock(clock) {}

    Result<void> check(std::string_view payload) const override;
    JobOutcome run(const JobRequest& request, JobProgress& progress) override;

private:
    MailTransport& m_transport;
    std::string m_from;
    const Clock& m_clock;
};

} // namespace tandem
