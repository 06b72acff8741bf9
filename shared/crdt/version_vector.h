// The highest counter used by each replica: what a copy of a document has seen.
// Invariant: no entry is zero, and counters up to an entry have no holes.
#pragma once

#include "crdt/op_id.h"

#include <map>

namespace tandem {

class VersionVector {
public:
    // 0 when nothing of the replica is known.
    Counter highest(ReplicaId replica) const;
    bool covers(OpId id) const { return id.isRoot() || id.counter <= highest(id.replica); }

    // Precondition: `through` is not below the present entry.
    void advance(ReplicaId replica, Counter through);

    const std::map<ReplicaId, Counter>& entries() const { return m_entries; }

    friend bool operator==(const VersionVector&, const VersionVector&) = default;

private:
    std::map<ReplicaId, Counter> m_entries;
};

} // namespace tandem
