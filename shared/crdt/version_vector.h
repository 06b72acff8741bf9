// The highest counter used by each replica: what a copy of a document has seen.
// Invariant: no entry is zero, and counters up to an entry have no holes.
#pragma once

#include "crdt/op_id.h"

#include <map>

namespace tandem {

class VersionVector {
public:
    VersionVector() = default;
    VersionVector(const VersionVector& other) : m_entries(other.m_entries) {}
    VersionVector& operator=(const VersionVector& other) {
        m_entries = other.m_entries;
        m_last = nullptr;
        return *this;
    }

    // 0 when nothing of the replica is known.
    Counter highest(ReplicaId replica) const {
        const Entry* entry = find(replica);
        return entry ? entry->second : 0;
    }
    bool covers(OpId id) const { return id.isRoot() || id.counter <= highest(id.replica); }

    // The entry of the last question, if it was about this replica, to be raised in place.
    Counter* recent(ReplicaId replica) {
        return m_last && m_last->first == replica ? &m_last->second : nullptr;
    }

    // Precondition: `through` is not below the present entry.
    void advance(ReplicaId replica, Counter through) {
        if (m_last && m_last->first == replica)
            m_last->second = through;
        else
            advanceOther(replica, through);
    }

    const std::map<ReplicaId, Counter>& entries() const { return m_entries; }

    friend bool operator==(const VersionVector& a, const VersionVector& b) {
        return a.m_entries == b.m_entries;
    }

private:
    using Entry = std::pair<const ReplicaId, Counter>;

    // The one of the last question is looked at first: most come many times in a row.
    const Entry* find(ReplicaId replica) const {
        if (m_last && m_last->first == replica)
            return m_last;
        return search(replica);
    }
    const Entry* search(ReplicaId replica) const;
    void advanceOther(ReplicaId replica, Counter through);

    mutable std::map<ReplicaId, Counter> m_entries; // changed through m_last as well
    mutable Entry* m_last = nullptr;
};

} // namespace tandem
