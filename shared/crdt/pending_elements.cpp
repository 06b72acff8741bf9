#include "crdt/pending_elements.h"

namespace tandem {

void PendingElements::add(const Change& change) {
    OpId id{change.replica, change.first};
    for (const Op& op : change.ops) {
        const Counter count = counterCount(op);
        if (std::holds_alternative<InsertOp>(op))
            addElements({id, count});
        id.counter += count;
    }
    m_replicas[change.replica].highest = change.last();
}

// Ranges come in ascending order for each replica.
void PendingElements::addElements(const ElementRange& range) {
    auto& elements = m_replicas[range.first.replica].elements;
    m_elements += range.length;
    if (!elements.empty()) {
        auto& [first, length] = *elements.rbegin();
        if (first + length == range.first.counter) {
            length += range.length;
            return;
        }
    }
    elements.emplace(range.first.counter, range.length);
}

void PendingElements::clear() {
    m_replicas.clear();
    m_elements = 0;
}

Counter PendingElements::highest(ReplicaId replica) const {
    const auto entry = m_replicas.find(replica);
    return entry == m_replicas.end() ? 0 : entry->second.highest;
}

Counter PendingElements::countFrom(OpId first) const {
    const auto entry = m_replicas.find(first.replica);
    if (entry == m_replicas.end())
        return 0;
    const auto& elements = entry->second.elements;
    const auto after = elements.upper_bound(first.counter);
    if (after == elements.begin())
        return 0;
    const auto& [start, length] = *std::prev(after);
    const Counter offset = first.counter - start;
    return offset < length ? length - offset : 0;
}

} // namespace tandem
