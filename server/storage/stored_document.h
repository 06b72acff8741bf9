// Everything that a database holds of one document, for the commands of an operator. A plain value.
#pragma once

#include "storage/document_store.h"
#include "storage/snapshot_store.h"

#include <vector>

namespace tandem {

struct StoredDocument {
    DocumentInfo info;
    std::vector<ReplicaBinding> bindings;
    std::vector<LoggedChange> log;         // as it was read, from the first
    std::vector<StoredSnapshot> snapshots; // the newest first
};

} // namespace tandem
