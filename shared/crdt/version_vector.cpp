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

void VersionVector::advance(ReplicaId replica, Counter through) {
    assert(replica != 0 && through > 0 && through >= highest(replica));
    if (m_last && m_last->first == replica) {
        const_cast<Entry*>(m_last)->second = through; // an entry of our own map
        return;
    }
    m_last = &*m_entries.insert_or_assign(replica, through).first;
}

} // namespace tandem
