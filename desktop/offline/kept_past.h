// What a LocalStore has of the past of a document that a server has: the changes since the copy that the
// server or a compaction left here, or all of them where none is missing. A plain value.
#pragma once

#include "base/result.h"
#include "crdt/op_id.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tandem {

class StoreDatabase;

struct KeptPast {
    struct Step {
        ReplicaId replica = 0;
        Counter last = 0;
        std::int64_t timeMs = 0; // since 1970; 0: not known
        std::string change;
    };

    std::string base;        // Replica::encode() of what was before the steps; empty: nothing was
    std::vector<Step> steps; // in the order in which they came into the document here

    bool isWhole() const { return base.empty(); }
};

// Nothing: there is none, or only own changes are known. Costs the document's size. Errors as of
// readStored().
Result<std::optional<KeptPast>> readKeptPast(StoreDatabase& database, const std::string& key);

} // namespace tandem
