// The log of changes in an SQL database. Owned by SqlStorage.
#pragma once

#include "base/clock.h"
#include "storage/op_log.h"
#include "storage/sql/sql_calls.h"

namespace tandem {

// The last seq of a log. notFound, logReplaced.
Result<Seq> readHead(SqlConnection& connection, const DocumentId& document, const std::string& epoch);

// Changes after `after`, those in segments and the others, at most `limit`; within a transaction. notFound,
// logReplaced, internal.
Result<std::vector<LoggedChange>> readLoggedChanges(SqlConnection& connection, const DocumentId& document,
                                                    const std::string& epoch, Seq after, std::size_t limit);

class SqlOpLog final : public OpLog {
public:
    // A job for a snapshot comes with each so many changes; 0: never.
    SqlOpLog(SqlCalls& calls, const Clock& clock, Seq snapshotInterval)
        : m_calls(calls), m_clock(clock), m_snapshotInterval(snapshotInterval) {}

    void append(DocumentId document, std::string epoch, std::vector<AppendEntry> entries,
                std::function<void(Result<Appended>)> done) override;
    void readAfter(DocumentId document, std::string epoch, Seq after, std::size_t limit,
                   std::function<void(Result<std::vector<LoggedChange>>)> done) override;
    void readHeads(std::vector<DocumentId> documents,
                   std::function<void(Result<std::vector<LogHead>>)> done) override;
    void readBindings(DocumentId document,
                      std::function<void(Result<std::vector<ReplicaBinding>>)> done) override;
    void readEditIds(DocumentId document, ReplicaId replica,
                     std::function<void(Result<std::vector<EditId>>)> done) override;

private:
    SqlCalls& m_calls;
    const Clock& m_clock; // asked on the writing thread
    const Seq m_snapshotInterval;
};

} // namespace tandem
