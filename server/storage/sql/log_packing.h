// Moves old rows of a log into segments, and reads segments. Plain functions on a connection: the slow part,
// plan, only reads; the quick part, move, belongs into a writing transaction. Rows of a log never change, so
// what was planned from them stays right. Invariant: a change is in one segment or in one row, never in both.
#pragma once

#include "storage/imported_log.h"
#include "storage/sql/sql_connection.h"

#include <map>

namespace tandem {

struct PlannedSegment {
    Seq first = 0;
    Seq last = 0;
    std::string bytes; // deflated
    std::map<ReplicaId, Counter> highest;
};

// The oldest rows up to `through`, in whole segments only, and not too many at once.
Result<std::vector<PlannedSegment>> planPacking(SqlConnection& connection, const DocumentId& document,
                                                Seq through);

// Stores a segment in place of its rows, unless another server did so. internal: the rows are not those of
// the plan.
Result<void> moveToSegment(SqlConnection& connection, const DocumentId& document,
                           const PlannedSegment& segment);

// Stores the log of a document that has none yet.
Result<void> insertSegments(SqlConnection& connection, const DocumentId& document, const ImportedLog& log);

// Appends the packed changes after `after` to `changes`, in order, until there are `limit`.
Result<void> readSegments(SqlConnection& connection, const DocumentId& document, Seq after, std::size_t limit,
                          std::vector<LoggedChange>& changes);

// The highest counter of a replica that is in a segment; 0 when none is.
Result<Counter> highestPacked(SqlConnection& connection, const DocumentId& document, ReplicaId replica);

// alreadyExists: a plain edit with this id is in a segment.
Result<void> refusePackedEdit(SqlConnection& connection, const DocumentId& document, ReplicaId replica,
                              const std::string& editId);

} // namespace tandem
