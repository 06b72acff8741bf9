// The database: its lock if it is a file, its threads for reading, for writing and for slow work, and the
// stores that use them. Made and used on the event-loop thread; owned by main.
#pragma once

#include "storage/sql/database_lock.h"
#include "storage/sql/sql_answer_store.h"
#include "storage/sql/sql_audit_log.h"
#include "storage/sql/sql_document_catalog.h"
#include "storage/sql/sql_document_past.h"
#include "storage/sql/sql_document_store.h"
#include "storage/sql/sql_link_store.h"
#include "storage/sql/sql_op_log.h"
#include "storage/sql/sql_snapshot_store.h"
#include "storage/sql/write_health.h"

namespace tandem {

class SqlStorage {
public:
    // What the operator should hear: when writing begins to fail and when it works again, and sentences.
    struct Hearer {
        WriteHealth::Report writing;
        std::function<void(const std::string& sentence)> notice;
    };
    // Makes the folder and the tables where they are missing. A database server that cannot be reached is
    // waited for, for `patience`; what `use` excludes counts for a file only. The error is a sentence for the
    // operator.
    static Result<std::unique_ptr<SqlStorage>> open(const DatabaseAddress& address, const Clock& clock,
                                                    Hearer hearer = {},
                                                    const std::function<bool()>& waitsOn = {},
                                                    DatabaseUse use = DatabaseUse::serving);
    ~SqlStorage();

    OpLog& log() { return m_log; }
    DocumentStore& documents() { return m_documents; }
    AnswerStore& answers() { return m_answers; }
    DocumentCatalog& catalog() { return m_catalog; }
    SnapshotStore& snapshots() { return m_snapshots; }
    DocumentPast& past() { return m_past; }
    LinkStore& links() { return m_links; }
    AuditLog& audit() { return m_audit; }

    // Soon: what the connections keep in memory of what they have read goes.
    void releaseMemory();
    // Commits what waits; what comes later is refused.
    void stop();

private:
    SqlStorage(std::unique_ptr<DatabaseLock> lock, const Clock& clock, WriteHealth::Report report);

    std::unique_ptr<DatabaseLock> m_lock;
    WriteHealth m_health;
    SqlThread m_reader;
    SqlThread m_writer;
    SqlThread m_slow;
    SqlCalls m_calls;
    SqlOpLog m_log;
    SqlDocumentStore m_documents;
    SqlAnswerStore m_answers;
    SqlDocumentCatalog m_catalog;
    SqlSnapshotStore m_snapshots;
    SqlDocumentPast m_past;
    SqlLinkStore m_links;
    SqlAuditLog m_audit;
};

} // namespace tandem
