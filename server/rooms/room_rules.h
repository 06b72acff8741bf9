// How a server keeps its rooms; the same for all of them.
#pragma once

#include "metrics/measures.h"
#include "protocol/limits.h"
#include "rooms/packed_replica.h"
#include "storage/snapshot_store.h"

#include <string_view>

namespace tandem {

// Where rooms find what spares them the whole log.
struct RoomSnapshots {
    SnapshotStore* store = nullptr; // none: documents are opened from their logs alone
    // Something is wrong that the operator should know and nobody else is harmed by.
    std::function<void(const DocumentId& document, std::string_view event, const Error& error)> warn =
        [](const DocumentId&, std::string_view, const Error&) {};
    // Everyone has left a document that has grown: a snapshot of it spares the next one the wait.
    std::function<void(const DocumentId& document, Seq head)> left = [](const DocumentId&, Seq) {};
};

struct RoomRules {
    RoomSnapshots snapshots = {};
    // What one room may have waiting to be committed, or for the log to be read; one change more at most.
    std::size_t queueBytes = limits::roomQueueBytes;
    Measures& measures = Measures::none();
    // How often the log is asked what other servers did.
    std::int64_t readHeadsEveryMs = 2'000;
    // Packs what joiners get; without it they get it as it is.
    ReplicaPacking packing = {};
};

} // namespace tandem
