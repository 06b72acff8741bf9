// From an element's id to the block that holds it. Owned by Document, which keeps it in step with the
// TextTree.
#pragma once

#include "crdt/text_tree.h"

#include <map>
#include <optional>
#include <unordered_map>

namespace tandem {

class ElementIndex {
public:
    using Blocks = std::map<Counter, BlockHandle>; // by first counter

    // Knows the root's replica, 0, from the start.
    ElementIndex();

    // The number of a replica id, made at first use.
    ReplicaIndex indexFor(ReplicaId replica);
    std::optional<ReplicaIndex> find(ReplicaId replica) const;
    ReplicaId idOf(ReplicaIndex replica) const { return m_ids[replica]; }
    std::size_t replicaCount() const { return m_ids.size(); }

    void add(ReplicaIndex replica, Counter first, BlockHandle block) {
        m_blocks[replica].emplace(first, block);
    }
    void remove(ReplicaIndex replica, Counter first) { m_blocks[replica].erase(first); }

    // The last block of the replica that begins at or before `counter`; end() when there is none.
    Blocks::const_iterator at(ReplicaIndex replica, Counter counter) const;
    const Blocks& blocksOf(ReplicaIndex replica) const { return m_blocks[replica]; }

private:
    std::vector<ReplicaId> m_ids;
    std::unordered_map<ReplicaId, ReplicaIndex> m_indexes;
    std::vector<Blocks> m_blocks;
};

} // namespace tandem
