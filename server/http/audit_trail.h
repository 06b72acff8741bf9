// Writes down what a request did before it is answered. Lives on the event loop; owned by main, which also
// owns what it borrows.
#pragma once

#include "access/audit_log.h"
#include "http/http_message.h"
#include "log/log.h"

namespace tandem {

class AuditTrail {
public:
    AuditTrail(AuditLog& audit, const Log& log) : m_audit(audit), m_log(log) {}

    // Calls `answer` once the entry is durable. What was done is done: also when the entry cannot be written,
    // which the server's log then says. `detail` holds no secret.
    void record(const HttpRequest& request, const DocumentId& document, std::string event, std::string detail,
                std::function<void()> answer);

private:
    AuditLog& m_audit;
    const Log& m_log;
};

} // namespace tandem
