#include "crdt/version_vector.h"

#include <cassert>

namespace tandem {

const VersionVector::Entry* VersionVector::search(ReplicaId replica) const {
    const auto entry = m_entries.find(replica);
    if (entry == m_entries.end())
        return nullptr;
    m_last = &*entry;
    return m_last;
}

void VersionVector::advanceOther(ReplicaId replica, Counter through) {
    assert(replica != 0 && through > 0 && through >= highest(replica));
    m_last = &*m_entries.insert_or_assign(replica, through).first;
}

} // namespace tandem
