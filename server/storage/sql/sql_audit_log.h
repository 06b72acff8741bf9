// The audit log in an SQL database. Owned by SqlStorage.
#pragma once

#include "access/audit_log.h"
#include "base/clock.h"
#include "storage/sql/sql_calls.h"

namespace tandem {

// Within a writing transaction, so that there is none without what it tells of.
Result<void> insertAuditEntry(SqlConnection& connection, const AuditEntry& entry);

class SqlAuditLog final : public AuditLog {
public:
    SqlAuditLog(SqlCalls& calls, const Clock& clock) : m_calls(calls), m_clock(clock) {}

    void record(AuditEntry entry, std::function<void(Result<void>)> done) override;
    void read(DocumentId document, std::size_t limit,
              std::function<void(Result<std::vector<AuditEntry>>)> done) override;

private:
    SqlCalls& m_calls;
    const Clock& m_clock;
};

} // namespace tandem
