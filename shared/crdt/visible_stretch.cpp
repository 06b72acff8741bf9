#include "crdt/visible_stretch.h"

namespace tandem {

// The piece at m_at, or the first visible one behind it; false when it is too far, or there is none.
bool VisibleStretch::reach(Piece& piece) {
    constexpr int few = 64; // deleted pieces: the text may hold any number
    for (int passed = 0; passed <= few && m_at.exists(); ++passed) {
        piece = m_pieces.piece(m_at);
        if (piece.visible() && m_at.offset < piece.length)
            return true;
        m_at = m_pieces.next(m_at);
    }
    return false;
}

bool VisibleStretch::walk(ReplicaIndex replica, const ElementRange& range) {
    Counter next = range.first.counter;
    for (Counter left = range.length; left > 0;) {
        Piece piece;
        if (!reach(piece) || piece.replica != replica || piece.counter + m_at.offset != next)
            return false;
        m_isInOnePiece = m_isInOnePiece && m_at.leaf == m_first.leaf && m_at.slot == m_first.slot;
        const Counter taken = std::min(left, piece.length - m_at.offset);
        m_length += taken;
        next += taken;
        left -= taken;
        m_at.offset += taken;
    }
    return true;
}

} // namespace tandem
