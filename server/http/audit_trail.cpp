#include "http/audit_trail.h"

namespace tandem {

void AuditTrail::record(const HttpRequest& request, const DocumentId& document, std::string event,
                        std::string detail, std::function<void()> answer) {
    AuditEntry entry;
    entry.document = document;
    entry.event = std::move(event);
    entry.actor = nameOf(request.grant);
    entry.detail = std::move(detail);
    entry.requestId = request.id;
    m_log.info(entry.event, {{"document", document},
                             {"by", entry.actor},
                             {"detail", entry.detail},
                             {"request", entry.requestId}});
    m_audit.record(entry, [this, entry, answer = std::move(answer)](const Result<void>& written) {
        if (!written)
            m_log.error(
                "the audit log cannot be written",
                {{"event", entry.event}, {"document", entry.document}, {"detail", written.error().detail}});
        answer();
    });
}

} // namespace tandem
