// Deleting: pieces are marked and cut, and what is deleted and goes together is joined.
#include "crdt/piece_tree.h"

#include <cassert>

namespace tandem {

bool PieceTree::joins(Place first, Place second) const {
    if (!first.exists() || !second.exists())
        return false;
    return joins(leaf(first.leaf), first.slot, leaf(second.leaf), second.slot);
}

void PieceTree::joinWithNext(Place at, Place following) {
    const Piece joined = piece(following);
    leaf(at.leaf).lengths[at.slot] += joined.length;
    if (following.leaf != at.leaf)
        tellLater(at.leaf);
    erase(following);
}

void PieceTree::joinAround(Place at) {
    if (const Place following = next(at); joins(at, following))
        joinWithNext(at, following);
    if (const Place before = previous(at); joins(before, at))
        joinWithNext(before, at);
}

// Joins the first or the last piece of a leaf, or each, with what is beside it in another leaf; the last one
// first, for the leaf may go away with the other.
void PieceTree::joinEnds(LeafHandle handle, bool first, bool last) {
    if (last) {
        const Place at{handle, leaf(handle).count - 1, 0};
        if (const Place following = next(at); joins(at, following))
            joinWithNext(at, following);
    }
    if (first) {
        const Place at{handle, 0, 0};
        if (const Place before = previous(at); joins(before, at))
            joinWithNext(before, at);
    }
}

void PieceTree::markDeleted(Place at, std::uint32_t length) {
    moveTo(at);
    markDeletedAtCursor(at.offset, length);
}

void PieceTree::markDeletedAtCursor(std::uint32_t offset, std::uint32_t length) {
    leaveEnd();
    const Place at{m_cursor.leaf, m_cursor.slot, offset};
    PieceLeaf& in = *m_cursor.pieces;
    const std::uint32_t whole = in.length(at.slot);
    const std::uint32_t end = at.offset + length;
    assert(!in.deleted(at.slot) && end <= whole);
    if (length == whole) {
        addVisible(0 - length);
        in.lengths[at.slot] |= deletedFlag;
        joinAround({at.leaf, at.slot, 0});
        return;
    }
    // At an end of the piece, beside what is deleted of the same run, only the border between the two moves.
    if (end == whole && isDeletedEnd(in, at.slot, length)) {
        giveBehind(length);
        return;
    }
    if (at.offset == 0 && isDeletedBeginning(in, at.slot, length)) {
        giveBefore(length);
        return;
    }
    if (const std::uint32_t more = (at.offset > 0 ? 1 : 0) + (end < whole ? 1 : 0);
        in.count + more <= capacity) {
        std::uint32_t slot = at.slot;
        in.open(slot + 1, more);
        if (end < whole)
            in.cut(slot, end, slot + more);
        if (at.offset > 0) {
            in.cut(slot, at.offset, slot + 1);
            ++slot;
        }
        in.lengths[slot] |= deletedFlag;
        m_pieceCount += more;
        addVisible(0 - length);
        // What comes before or behind may be deleted where the piece was not cut: in another leaf, or it was
        // found above.
        if (slot == 0 || slot + 1 == in.count)
            joinAround({at.leaf, slot, 0});
        return;
    }
    if (end < whole)
        split({at.leaf, at.slot, 0}, end);
    Place gone{at.leaf, at.slot, 0};
    if (at.offset > 0)
        gone = split(gone, at.offset);
    gone.offset = 0;
    markDeleted(gone, length);
}

} // namespace tandem
