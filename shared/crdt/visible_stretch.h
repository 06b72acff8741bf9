// Elements that are there and stand one after another in the text, told range by range, as a deletion names
// them. For what is not of that kind no memory and little time is spent. Borrows the pieces, which must not
// change while it is told.
#pragma once

#include "crdt/op.h"
#include "crdt/piece_tree.h"

namespace tandem {

class VisibleStretch {
public:
    VisibleStretch(const ElementIndex& index, const PieceTree& pieces) : m_index(index), m_pieces(pieces) {}

    // False: some are not here, are deleted, or stand elsewhere than behind those before; or so much deleted
    // text comes between that it is better not to look.
    bool goesOn(const ElementRange& range) {
        const ReplicaIndex replica = m_index.find(range.first.replica);
        if (replica == noReplica)
            return false;
        if (m_length > 0)
            return walk(replica, range);
        m_first = m_at = m_pieces.find(replica, range.first.counter);
        if (!m_at.exists())
            return false;
        const Piece piece = m_pieces.piece(m_at);
        if (!piece.visible() || range.length > piece.length - m_at.offset)
            return walk(replica, range);
        m_length = range.length; // nearly always
        m_at.offset += range.length;
        return true;
    }

    PieceTree::Place first() const { return m_first; }
    std::size_t length() const { return m_length; }
    bool isInOnePiece() const { return m_isInOnePiece; }

private:
    bool walk(ReplicaIndex replica, const ElementRange& range);
    bool reach(Piece& piece);

    const ElementIndex& m_index;
    const PieceTree& m_pieces;
    PieceTree::Place m_first;
    PieceTree::Place m_at; // behind the last one; its offset may be the length of the piece
    std::size_t m_length = 0;
    bool m_isInOnePiece = true;
};

} // namespace tandem
