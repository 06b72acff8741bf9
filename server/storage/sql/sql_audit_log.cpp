#include "storage/sql/sql_audit_log.h"

namespace tandem {

namespace {

Result<std::vector<AuditEntry>> readEntries(SqlConnection& connection, const DocumentId& document,
                                            std::size_t limit) {
    auto rows = connection.run("SELECT time_ms, document_id, event, actor, detail, request_id FROM audit "
                               "WHERE document_id = ? OR ? = '' ORDER BY id DESC LIMIT ?",
                               {sqlText(document), sqlText(document), sqlInteger(limit)});
    if (!rows)
        return rows.error();
    std::vector<AuditEntry> entries;
    while (rows->next())
        entries.push_back(
            {rows->integer(0), rows->text(1), rows->text(2), rows->text(3), rows->text(4), rows->text(5)});
    if (auto fault = rows->fault(); !fault)
        return fault.error();
    return entries;
}

} // namespace

Result<void> insertAuditEntry(SqlConnection& connection, const AuditEntry& entry) {
    auto stored = connection.run("INSERT INTO audit (time_ms, document_id, event, actor, detail, request_id) "
                                 "VALUES (?, ?, ?, ?, ?, ?)",
                                 {sqlTime(entry.timeMs), sqlText(entry.document), sqlText(entry.event),
                                  sqlText(entry.actor), sqlText(entry.detail), sqlText(entry.requestId)});
    return stored ? Result<void>() : stored.error();
}

void SqlAuditLog::record(AuditEntry entry, std::function<void(Result<void>)> done) {
    entry.timeMs = m_clock.wallMs();
    m_calls.write<void>(
        entry.document, [entry](SqlConnection& connection) { return insertAuditEntry(connection, entry); },
        std::move(done));
}

void SqlAuditLog::read(DocumentId document, std::size_t limit,
                       std::function<void(Result<std::vector<AuditEntry>>)> done) {
    m_calls.read<std::vector<AuditEntry>>(
        document,
        [document, limit](SqlConnection& connection) { return readEntries(connection, document, limit); },
        std::move(done));
}

} // namespace tandem
