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

// The changes that a version of a document has which no server has: the last counter of each author. It stays
// what it was when changes are lost, or come in another order.
using PastState = std::map<ReplicaId, Counter>;

struct PastNames {
    std::map<PastState, std::string> states;      // while no server has the document
    std::map<std::int64_t, std::string> versions; // for the server that takes it, as it numbers them
    std::map<ReplicaId, std::string> authors;     // as they were called when they began

    friend bool operator==(const PastNames&, const PastNames&) = default;
    bool empty() const { return states.empty() && versions.empty() && authors.empty(); }
};

// As the store writes it.
std::string encodeState(const PastState& state);
PastState decodeState(const std::string& text);

// When own changes were made, by their replica and last counter, in ms since 1970.
using PastTimes = std::map<std::pair<ReplicaId, Counter>, std::int64_t>;

// Errors as of StoreDatabase, here and there.
Result<PastTimes> readPastTimes(StoreDatabase& database, const std::string& key);
Result<PastNames> readPastNames(StoreDatabase& database, const std::string& key);

} // namespace tandem
