// The snapshots in an SQL database. Storing one packs the log behind it: a thread of its own reads and
// compresses, the writing thread only puts the pieces in. Owned by SqlStorage.
#pragma once

#include "base/clock.h"
#include "storage/snapshot_store.h"
#include "storage/sql/sql_calls.h"

namespace tandem {

// The newest snapshot at or before `upTo`; without bytes when it is damaged.
Result<std::optional<StoredSnapshot>> readSnapshot(SqlConnection& connection, const DocumentId& document,
                                                   Seq upTo);

class SqlSnapshotStore final : public SnapshotStore {
public:
    SqlSnapshotStore(SqlThread& packer, SqlThread& writer, const Clock& clock)
        : m_calls(packer, writer, SqlCalls::Health::told, SqlCalls::Turn::behindOthers), m_clock(clock) {}

    void store(DocumentId document, std::string epoch, Seq seq, std::shared_ptr<const std::string> bytes,
               std::function<void(Result<void>)> done) override;
    void latest(DocumentId document, Seq upTo,
                std::function<void(Result<std::optional<StoredSnapshot>>)> done) override;

private:
    SqlCalls m_calls;     // apart from the log's, whose answers must not wait for these
    const Clock& m_clock; // asked on the writing thread
};

} // namespace tandem
