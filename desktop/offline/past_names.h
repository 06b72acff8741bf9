// What has a name in the past of a document that is kept on this computer: versions that no server knows yet,
// and who wrote what. A plain value.
#pragma once

#include "base/result.h"
#include "crdt/op_id.h"

#include <cstdint>
#include <map>
#include <string>

namespace tandem {

class StoreDatabase;

struct PastNames {
    std::map<std::int64_t, std::string> versions; // as numbers of changes
    std::map<ReplicaId, std::string> authors;     // as they were called when they began

    friend bool operator==(const PastNames&, const PastNames&) = default;
    bool empty() const { return versions.empty() && authors.empty(); }
};

// When own changes were made, by their replica and last counter, in ms since 1970.
using PastTimes = std::map<std::pair<ReplicaId, Counter>, std::int64_t>;

// Errors as of StoreDatabase, here and there.
Result<PastTimes> readPastTimes(StoreDatabase& database, const std::string& key);
Result<PastNames> readPastNames(StoreDatabase& database, const std::string& key);

} // namespace tandem
