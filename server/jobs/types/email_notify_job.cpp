#include "jobs/types/email_notify_job.h"

#include "jobs/types/job_answers.h"
#include "mail/mail_address.h"

namespace tandem {

namespace {

constexpr std::size_t subjectBytes = 1'000;
constexpr std::size_t textBytes = 64 * 1'024;

Result<Mail> readMail(std::string_view payload) {
    const auto object = parseJsonObject(payload, limits::nesting);
    if (!object)
        return object.error();
    JsonFields in(*object);
    Mail mail;
    mail.to = in.string("to", limits::bodyBytes);
    mail.subject = in.string("subject", subjectBytes);
    mail.text = in.string("text", textBytes);
    if (in.ok() && !isMailAddress(mail.to))
        in.fail("to", "the address of one person, like name@example.org");
    if (in.error())
        return *in.error();
    return mail;
}

} // namespace

Result<void> EmailNotifyJob::check(std::string_view payload) const {
    const auto mail = readMail(payload);
    return mail ? Result<void>() : Result<void>(mail.error());
}

JobOutcome EmailNotifyJob::run(const JobRequest& request, JobProgress& progress) {
    auto mail = readMail(request.payload);
    if (!mail)
        return failureOf(mail.error());
    mail->id = request.id;
    mail->from = m_from;
    mail->dateMs = m_clock.wallMs();
    progress.report(0, "Sending");
    const auto refusal = m_transport.send(*mail, [&progress] { return progress.shouldStop(); });
    if (refusal)
        return JobFailure{refusal->why, refusal->isForGood ? JobRetry::never : JobRetry::later, std::nullopt};
    JobResult result;
    result.json = jsonText({{"message_id", messageId(*mail)}});
    result.mustLast = true;
    return result;
}

} // namespace tandem
