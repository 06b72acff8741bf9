// The database: its lock if it is a file, its threads for reading, for writing, for slow work and for
// checkpoints, and the stores that use them. Made and used on the event-loop thread; owned by main.
#pragma once

#include "storage/sql/database_lock.h"
#include "storage/sql/sql_answer_store.h"
#include "storage/sql/sql_audit_log.h"
#include "storage/sql/sql_checkpoints.h"
#include "storage/sql/sql_document_catalog.h"
#include "storage/sql/sql_document_past.h"
#include "storage/sql/sql_document_store.h"
#include "storage/sql/sql_job_queue.h"
#include "storage/sql/sql_link_store.h"
#include "storage/sql/sql_op_log.h"
#include "storage/sql/sql_snapshot_store.h"
#include "storage/sql/write_health.h"

namespace tandem {

struct SqlStorageOptions {
    DatabaseUse use = DatabaseUse::serving; // what it excludes counts for a file only
    Seq snapshotInterval = 0;               // changes for which a job for a snapshot comes; 0: never
};

class SqlStorage {
public:
    // What the operator should hear: when writing begins to fail and when it works again, and sentences.
    struct Hearer {
        WriteHealth::Report writing;
        std::function<void(const std::string& sentence)> notice;
    };
    // Makes the folder and the tables where they are missing. A database server that cannot be reached is
    // waited for, as long as `waitsOn` says so. The error is a sentence for the operator.
    static Result<std::unique_ptr<SqlStorage>> open(const DatabaseAddress& address, const Clock& clock,
                                                    Hearer hearer = {},
                                                    const std::function<bool()>& waitsOn = {},
                                                    const SqlStorageOptions& options = {});
    ~SqlStorage();

    OpLog& log() { return m_log; }
    DocumentStore& documents() { return m_documents; }
    AnswerStore& answers() { return m_answers; }
    DocumentCatalog& catalog() { return m_catalog; }
    SnapshotStore& snapshots() { return m_snapshots; }
    DocumentPast& past() { return m_past; }
    LinkStore& links() { return m_links; }
    AuditLog& audit() { return m_audit; }
    JobQueue& jobs() { return m_jobs; }

    // Soon: what the connections keep in memory of what they have read goes.
    void releaseMemory();
    // Commits what waits; what comes later is refused.
    void stop();

private:
    SqlStorage(std::unique_ptr<DatabaseLock> lock, const Clock& clock, WriteHealth::Report report,
               const SqlDialect& dialect, Seq snapshotInterval);

    std::unique_ptr<DatabaseLock> m_lock;
    WriteHealth m_health;
    SqlThread m_reader;
    SqlThread m_writer;
    SqlCheckpoints m_checkpoints;
    SqlThread m_slow;
    SqlThread
        m_jobWriter; // of a database server, so that no append waits for a job's row; a file has one writer
    SqlCalls m_calls;
    SqlOpLog m_log;
    SqlDocumentStore m_documents;
    SqlAnswerStore m_answers;
    SqlDocumentCatalog m_catalog;
    SqlSnapshotStore m_snapshots;
    SqlDocumentPast m_past;
    SqlLinkStore m_links;
    SqlAuditLog m_audit;
    SqlJobQueue m_jobs;
};

} // namespace tandem
