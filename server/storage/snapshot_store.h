// Whole documents at a version: they make opening quick and let the log behind them be packed. Nothing is
// true because it stands here: the log is. Threads and callbacks as in op_log.h, except that the order of
// callbacks is that of the calls to this store only, so that no append waits for a snapshot.
#pragma once

#include "base/ids.h"
#include "base/result.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace tandem {

struct StoredSnapshot {
    Seq seq = 0;
    std::string bytes; // FORMAT.md; empty when what is stored is damaged
};

class SnapshotStore {
public:
    virtual ~SnapshotStore() = default;

    // Keeps the document's bytes at `seq`, which is in the log of `epoch`, and the snapshot before it; older
    // ones go, but for the first of every History::checkpointInterval versions. In the same transaction the
    // log up to `seq` may be packed, which no reader of it notices. On an error nothing has changed.
    // notFound, logReplaced as in OpLog::append.
    virtual void store(DocumentId document, std::string epoch, Seq seq,
                       std::shared_ptr<const std::string> bytes, std::function<void(Result<void>)> done) = 0;

    // The newest snapshot at or before `upTo`. None is not an error.
    virtual void latest(DocumentId document, Seq upTo,
                        std::function<void(Result<std::optional<StoredSnapshot>>)> done) = 0;
};

} // namespace tandem
