// What changes that are accepted but not applied yet will bring: their counters and elements. Lets a later
// change be checked that builds on them.
#pragma once

#include "crdt/change.h"

#include <map>

namespace tandem {

class PendingElements {
public:
    void add(const Change& change);
    void addElements(const ElementRange& range);
    void clear();

    // The highest counter of a replica among the changes added; 0 when there is none.
    Counter highest(ReplicaId replica) const;
    // How many elements from `first` on, with successive counters, are among them.
    Counter countFrom(OpId first) const;
    std::uint64_t elementCount() const { return m_elements; }

private:
    struct Entry {
        Counter highest = 0;
        std::map<Counter, Counter> elements; // first counter -> length, not touching each other
    };

    std::map<ReplicaId, Entry> m_replicas;
    std::uint64_t m_elements = 0;
};

} // namespace tandem
