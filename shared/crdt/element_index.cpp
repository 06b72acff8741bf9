#include "crdt/element_index.h"

namespace tandem {

ElementIndex::ElementIndex() {
    indexFor(OpId::root().replica);
}

ReplicaIndex ElementIndex::indexFor(ReplicaId replica) {
    const auto [entry, isNew] = m_indexes.try_emplace(replica, static_cast<ReplicaIndex>(m_ids.size()));
    if (isNew) {
        m_ids.push_back(replica);
        m_blocks.emplace_back();
    }
    return entry->second;
}

std::optional<ReplicaIndex> ElementIndex::find(ReplicaId replica) const {
    const auto entry = m_indexes.find(replica);
    if (entry == m_indexes.end())
        return std::nullopt;
    return entry->second;
}

ElementIndex::Blocks::const_iterator ElementIndex::at(ReplicaIndex replica, Counter counter) const {
    const Blocks& blocks = m_blocks[replica];
    const auto after = blocks.upper_bound(counter);
    return after == blocks.begin() ? blocks.end() : std::prev(after);
}

} // namespace tandem
