// How changes get into the tables. Plain functions on a connection, within a writing transaction.
#pragma once

#include "base/clock.h"
#include "storage/op_log.h"
#include "storage/sql/sql_connection.h"

#include <span>

namespace tandem {

// One append, and what became of it. Owned by its task.
struct LogAppend {
    DocumentId document;
    std::string epoch;
    std::vector<AppendEntry> entries;
    Seq snapshotInterval = 0; // a job for a snapshot is added for each so many changes; 0: never
    Appended appended = {};
};

// Does all of them, of as many documents as there are, in few statements. The errors are those of
// OpLog::append; on an error nothing may be kept, and which of them is at fault only trying each alone tells.
Result<void> appendTogether(SqlConnection& connection, std::span<LogAppend* const> appends,
                            std::int64_t timeMs);

// replicaConflict: the replica id is bound to another key.
Result<void> bindReplica(SqlConnection& connection, const DocumentId& document,
                         const ReplicaBinding& binding);
// Stores `entries` as the changes from `first` on, with the bindings they bring. alreadyExists,
// replicaConflict, conditionFailed, unavailable.
Result<void> insertChanges(SqlConnection& connection, const DocumentId& document, Seq first,
                           std::int64_t timeMs, const std::vector<AppendEntry>& entries);

} // namespace tandem
