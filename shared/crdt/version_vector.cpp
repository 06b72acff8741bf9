#include "crdt/version_vector.h"

#include <cassert>

namespace tandem {

Counter VersionVector::highest(ReplicaId replica) const {
    const auto entry = m_entries.find(replica);
    return entry == m_entries.end() ? 0 : entry->second;
}

void VersionVector::advance(ReplicaId replica, Counter through) {
    assert(replica != 0 && through > 0 && through >= highest(replica));
    m_entries[replica] = through;
}

} // namespace tandem
