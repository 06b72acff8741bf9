// How a server keeps its rooms; the same for all of them.
#pragma once

#include "metrics/measures.h"
#include "protocol/limits.h"
#include "rooms/packed_replica.h"
#include "rooms/snapshot_keeper.h"

namespace tandem {

struct RoomRules {
    SnapshotRules snapshots = {};
    // What one room may have waiting to be committed, or for the log to be read; one change more at most.
    std::size_t queueBytes = limits::roomQueueBytes;
    Measures& measures = Measures::none();
    // How often the log is asked what other servers did.
    std::int64_t readHeadsEveryMs = 2'000;
    // Packs what joiners get; without it they get it as it is.
    ReplicaPacking packing = {};
};

} // namespace tandem
