// Keys at the cursor: where the run of the last one ends.
#include "crdt/piece_tree.h"

namespace tandem {

bool PieceTree::findEnd(ReplicaIndex replica, Counter counter) const {
    const std::uint32_t slot = m_cursor.slot;
    const PieceLeaf& in = *m_cursor.pieces;
    const std::uint32_t length = in.lengths[slot] & ~headFlag; // more than any piece's, if it is deleted
    const bool goesOn = length - 1 < maxPieceLength - 1 && in.counters[slot] + length == counter &&
                        in.replicas[slot] == replica && m_index.tailOf(replica) == m_cursor.leaf;
    if (!goesOn)
        return false;
    // Has the last element a right child?
    const std::uint32_t lastLevel = (in.depths[slot] + length - 1) * 2;
    if (slot + 1 < in.count) {
        if (in.level(slot + 1) > lastLevel)
            return false;
    } else if (const Place following = next({m_cursor.leaf, slot, 0});
               following.exists() && levelAt(following) > lastLevel) {
        return false;
    }
    expectRun();
    return true;
}

// Is the next slot, of the same leaf, what is deleted of the same run, with room for more?
bool PieceTree::isDeletedEnd(const PieceLeaf& in, std::uint32_t slot, std::uint32_t more) {
    const std::uint32_t after = slot + 1;
    return after < in.count && (in.lengths[after] & (deletedFlag | headFlag)) == deletedFlag &&
           in.replicas[after] == in.replicas[slot] &&
           in.counters[after] == in.counters[slot] + in.length(slot) && in.length(after) > 0 &&
           in.length(after) + more <= maxDeletedLength;
}

// Is the slot before it?
bool PieceTree::isDeletedBeginning(const PieceLeaf& in, std::uint32_t slot, std::uint32_t more) {
    if (slot == 0 || in.head(slot))
        return false;
    const std::uint32_t before = slot - 1;
    return in.deleted(before) && in.replicas[before] == in.replicas[slot] &&
           in.counters[before] + in.length(before) == in.counters[slot] && in.length(before) > 0 &&
           in.length(before) + more <= maxDeletedLength;
}

PieceTree::Border PieceTree::findBorder(std::size_t index) const {
    const PieceLeaf& in = *m_cursor.pieces;
    leaveEnd();
    const std::size_t begin = std::size_t{m_cursor.before} + m_cursor.inLeaf;
    if (index < begin) { // the piece before, or the one before what is deleted
        if (m_cursor.slot > 0)
            m_cursor.inLeaf -= in.shown(--m_cursor.slot);
        if (in.deleted(m_cursor.slot) && m_cursor.slot > 0)
            m_cursor.inLeaf -= in.shown(--m_cursor.slot);
    }
    for (int i = 0; i < 2 && m_cursor.slot + 1 < in.count;
         ++i) { // the next one, or the one behind what is deleted
        const std::uint32_t shown = in.shown(m_cursor.slot);
        if (index < std::size_t{m_cursor.before} + m_cursor.inLeaf + shown)
            break;
        m_cursor.inLeaf += shown;
        ++m_cursor.slot;
    }
    const std::uint32_t slot = m_cursor.slot;
    const std::uint32_t length = in.shown(slot);
    const std::size_t first = std::size_t{m_cursor.before} + m_cursor.inLeaf;
    if (length <= 1)
        return Border::none;
    if (index + 1 == first + length && isDeletedEnd(in, slot, 1)) {
        m_end = {0, std::min(length - 1, maxDeletedLength - in.length(slot + 1)), 0, 0, 0, first + length};
        return Border::behind;
    }
    if (index == first && isDeletedBeginning(in, slot, 1)) {
        m_end = {0, 0, std::min(length - 1, maxDeletedLength - in.length(slot - 1)), 0, 0, first};
        return Border::before;
    }
    return Border::none;
}

} // namespace tandem
