// Makes a replica of a snapshot and the log behind it, or of the log alone, as they come from the stores. Any
// bytes are safe: a snapshot counts only if it ends with the change that the log has at its version and takes
// every later one as new. A plain value.
#pragma once

#include "crdt/replica.h"
#include "storage/op_log.h"
#include "storage/snapshot_store.h"

namespace tandem {

class LogReplay {
public:
    // False: it is damaged. Precondition: nothing was taken so far.
    bool begin(const StoredSnapshot& snapshot);
    // The log is to be read behind this version; with a snapshot its last change comes again, to compare.
    Seq readTo() const { return m_readTo; }
    // The next one of the log. False: it does not fit, and this object is of no use any more.
    bool take(const LoggedChange& logged);

    // The version of the snapshot it began with; 0: none.
    Seq snapshot() const { return m_snapshot; }
    // Precondition: at least one change was taken behind a snapshot.
    Replica takeReplica() { return std::move(m_replica); }

private:
    bool endsWith(const Change& change) const;

    Replica m_replica;
    Seq m_readTo = 0;
    Seq m_snapshot = 0;
    bool m_checked = true; // the snapshot ends with the change that the log has there
};

} // namespace tandem
