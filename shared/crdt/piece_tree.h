// The order of all elements, deleted ones too: pieces in text order, in leaves below a SumTree. Knows
// lengths, ids and depths, nothing of the text itself or of why a piece stands where it does. Owned by
// Document.
//
// A leaf keeps its pieces as a structure of arrays: a search reads the one array that it needs. Pieces have
// no handles; a Place names leaf, slot and offset, and holds until the next change of the tree. The cursor
// remembers the leaf and slot of the last edit or question, and what the tree has not been told of its leaf:
// going on where the last edit was costs no search. Of what moved to another leaf the index is told when such
// an element is not in the next ones, or when many wait: one that is cut again and again is told of once.
//
// Invariants (checkInvariants): a leaf's sums are those of its pieces; the tree's, but for the cursor's leaf,
// those of the leaves; the index knows all elements of the leaves that are told of. Costs: O(log n) for n
// pieces; O(1) at the cursor.
#pragma once

#include "crdt/element_index.h"
#include "crdt/piece_leaf.h"
#include "crdt/sum_tree.h"
#include "crdt/vector_queue.h"

#include <algorithm>
#include <memory>

namespace tandem {

class PieceTree {
public:
    struct Place {
        LeafHandle leaf = noLeaf;
        std::uint32_t slot = 0;
        std::uint32_t offset = 0; // of an element in the piece

        bool exists() const { return leaf != noLeaf; }
        friend bool operator==(const Place&, const Place&) = default;
    };

    // Holds the root's piece. Tells `index` which leaf holds what.
    explicit PieceTree(ElementIndex& index);

    std::size_t visibleLength() const { return std::uint32_t{m_told + m_cursor.untold()}; }
    std::size_t pieceCount() const { return m_pieceCount; }

    Piece piece(Place at) const;
    // The pieces before and after, offset 0; one that does not exist at the end.
    Place first() const { return {m_tree.first(), 0, 0}; }
    Place last() const { return {m_tree.last(), leaf(m_tree.last()).count - 1, 0}; }
    Place next(Place at) const;
    Place previous(Place at) const;

    // The visible element at an index, which the cursor goes to. Precondition: index < visibleLength().
    Place atIndex(std::size_t index) const {
        assert(index < visibleLength());
        approach(index);
        const std::uint32_t inLeaf = static_cast<std::uint32_t>(index) - m_cursor.before;
        if (inLeaf < m_cursor.inLeaf)
            stepBack(inLeaf);
        std::uint32_t rest = inLeaf - m_cursor.inLeaf;
        m_cursor.slot = m_cursor.pieces->slotAt(m_cursor.slot, rest);
        m_cursor.inLeaf = inLeaf - rest;
        leaveEnd();
        return {m_cursor.leaf, m_cursor.slot, rest};
    }
    // The cursor goes to the leaf of a visible element, whose memory is asked for while something else is
    // done.
    void approach(std::size_t index) const {
        if (static_cast<std::uint32_t>(index) - m_cursor.before >= m_cursor.pieces->visible)
            seekLeafOf(index);
    }
    // Visible elements before an element; the cursor goes to its piece.
    std::size_t visibleBefore(Place at) const;
    // The element, if it is here. The cursor's place is looked at first, then that of the last question.
    Place find(ReplicaIndex replica, Counter counter) const;
    // How often that was asked: a measure of work, for tests.
    std::uint64_t findCount() const { return m_findCount; }

    // The level of a piece's first element.
    std::uint32_t levelAt(Place at) const;
    std::uint32_t lengthAt(Place at) const { return leaf(at.leaf).length(at.slot); }
    ReplicaIndex replicaAt(Place at) const { return leaf(at.leaf).replicas[at.slot]; }
    // Of the element.
    Counter counterAt(Place at) const { return leaf(at.leaf).counters[at.slot] + at.offset; }

    // The nearest piece after or before `at` whose level is at most `level`; one that does not exist when
    // there is none.
    Place nextAtMost(Place at, std::uint32_t level) const;
    Place previousAtMost(Place at, std::uint32_t level) const;

    // Puts a piece right after the one at `where`, and gives its place. `isNew`: its counters are its
    // replica's highest.
    Place insertAfter(Place where, const Piece& piece, bool isNew);
    // Cuts a piece before `at.offset` and puts another one between its parts. Precondition: 0 < offset <
    // length.
    Place insertWithin(Place at, const Piece& piece, bool isNew);
    // Puts many pieces after the one at `where`, and appends the leaf of each to `leaves`. The index is not
    // told.
    void insertAllAfter(Place where, std::span<const Piece> pieces, std::vector<LeafHandle>& leaves);
    // Cuts a piece before `offset`: gives the place of the second part, a continuation. The first part stays
    // in its place. Precondition: 0 < offset < length.
    Place split(Place at, std::uint32_t offset);
    // Adds new elements to the end of a piece.
    bool canGrow(Place at, std::uint32_t length) const {
        const std::uint32_t now = leaf(at.leaf).lengths[at.slot] & ~headFlag; // large, if it is deleted
        return now + length <= maxPieceLength;
    }
    void extend(Place at, std::uint32_t length, bool isNew);
    // Marks elements [at.offset, at.offset + length) of a visible piece as deleted, and joins what is deleted
    // and goes together.
    void markDeleted(Place at, std::uint32_t length);

    // Deletes visible elements from an index on, and calls `visit(replica, counter, length)` for each run of
    // them that stood in one piece. Precondition: they are there.
    template <typename Visit>
    void deleteAt(std::size_t index, std::size_t count, Visit&& visit);

    // --- at the cursor, without a search

    // The visible elements before a new element that goes on with the cursor's piece, as the right child of
    // its last one; nowhere when it does not.
    static constexpr std::size_t nowhere = ~std::size_t{0};
    std::size_t indexAfterRun(ReplicaIndex replica, Counter counter) const {
        return endsRun(replica, counter) || findEnd(replica, counter) ? m_end.index : nowhere;
    }
    // So many may come at the end of the run of the last key, if that is at `index` and known.
    std::uint32_t roomAtEnd(std::size_t index) const { return m_end.index == index ? m_end.room : 0; }
    // Adds so many.
    void extendRun(std::uint32_t count);
    // Such an element may come next: the cursor's piece has just come in, or has just grown, with its
    // replica's highest counters.
    void expectRun() const {
        const PieceLeaf& in = *m_cursor.pieces;
        const std::uint32_t length = in.length(m_cursor.slot);
        m_end = {maxPieceLength - length,
                 0,
                 0,
                 in.replicas[m_cursor.slot],
                 in.counters[m_cursor.slot] + length,
                 std::size_t{m_cursor.before} + m_cursor.inLeaf + length};
    }
    // The visible elements before one of the cursor's piece, which is visible; nowhere when it is not there.
    std::size_t indexAtCursor(ReplicaIndex replica, Counter counter) const {
        const PieceLeaf& in = *m_cursor.pieces;
        if (in.deleted(m_cursor.slot) || !in.holds(m_cursor.slot, replica, counter))
            return nowhere;
        return std::size_t{m_cursor.before} + m_cursor.inLeaf + (counter - in.counters[m_cursor.slot]);
    }
    // Can the element at `index` be deleted by moving the border between a piece with other elements and the
    // same run's deleted ones: is it the last of the piece at the cursor, with those behind it, or the first,
    // with those before it?
    enum class Border { none, behind, before };
    Border borderAt(std::size_t index) const {
        if (m_end.spare > 0 && index + 1 == m_end.index)
            return Border::behind;
        if (m_end.ahead > 0 && index == m_end.index)
            return Border::before;
        return findBorder(index);
    }
    // Deletes that element; gives its counter.
    Counter moveBorder(Border border);
    ReplicaIndex replicaAtCursor() const { return m_cursor.pieces->replicas[m_cursor.slot]; }

    // Replaces everything by pieces in order, the root's first, into leaves with some room. The index is not
    // told: the n-th piece, from 0, is in leaf n / assignedLeafPieces.
    void assign(const std::vector<Piece>& pieces);
    static constexpr std::size_t assignedLeafPieces = PieceLeaf::capacity - PieceLeaf::capacity / 8;

    // Calls `visit(Place, Piece)` for every piece in order.
    template <typename Visit>
    void forEach(Visit&& visit) const {
        for (Place at = first(); at.exists(); at = next(at))
            visit(at, piece(at));
    }
    void checkInvariants() const;

private:
    static constexpr std::uint32_t capacity = PieceLeaf::capacity;
    static constexpr std::uint32_t deletedFlag = PieceLeaf::deletedFlag;
    static constexpr std::uint32_t headFlag = PieceLeaf::headFlag;
    struct Sums {
        std::uint32_t visible = 0;
        std::uint32_t minLevel = ~0u;

        void add(const Sums& other) {
            visible += other.visible;
            minLevel = minLevel < other.minLevel ? minLevel : other.minLevel;
        }
        friend bool operator==(const Sums&, const Sums&) = default;
    };
    struct Cursor {
        PieceLeaf* pieces = nullptr; // of the leaf
        LeafHandle leaf = 0;
        std::uint32_t slot = 0;
        std::uint32_t before = 0; // visible elements before the leaf
        std::uint32_t inLeaf = 0; // visible elements of the leaf before the slot
        std::uint32_t told = 0;   // what the tree knows of the leaf

        std::uint32_t untold() const { return pieces->visible - told; } // modulo 2^32
    };

    // What is known of the end of the cursor's piece, so that the next key asks nothing. Nothing is, once the
    // cursor or a piece beside it has moved.
    struct End {
        std::uint32_t room = 0;  // so many elements may come, of `replica`, from `next` on
        std::uint32_t spare = 0; // so many may go, to the deleted ones of its run behind it
        std::uint32_t ahead = 0; // so many may go from its beginning, to the deleted ones before it
        ReplicaIndex replica = 0;
        Counter next = 0;
        std::size_t index = 0; // of its end; with `ahead`, of its beginning
    };

    PieceLeaf& leaf(LeafHandle handle) const { return *m_leaves[handle]; }
    bool isLeaf(LeafHandle handle) const { return handle < m_leaves.size() && m_leaves[handle]; }
    // Precondition: the tree knows of the cursor's leaf.
    void setCursor(LeafHandle handle, std::uint32_t before) const {
        PieceLeaf& in = leaf(handle);
        m_cursor = {&in, handle, 0, before, 0, in.visible};
        leaveEnd();
    }
    void seekLeafOf(std::size_t index) const;
    // To a slot with no more of the leaf's visible elements before it: a little before, or the first.
    void stepBack(std::uint32_t inLeaf) const {
        constexpr std::uint32_t few = PieceLeaf::some;
        if (m_cursor.slot >= few) {
            m_cursor.slot -= few;
            m_cursor.inLeaf -= m_cursor.pieces->shownInEight(m_cursor.slot);
        }
        if (m_cursor.slot < few || inLeaf < m_cursor.inLeaf)
            m_cursor.slot = m_cursor.inLeaf = 0;
    }
    // The cursor goes to a piece.
    void moveTo(Place piece) const {
        if (m_cursor.leaf != piece.leaf)
            moveTo(piece.leaf);
        if (m_cursor.slot != piece.slot)
            moveToSlot(piece.slot);
    }
    void flush() const;
    bool endsRun(ReplicaIndex replica, Counter counter) const {
        return m_end.room > 0 && m_end.next == counter && m_end.replica == replica;
    }
    bool findEnd(ReplicaIndex replica, Counter counter) const;
    Border findBorder(std::size_t index) const;
    void markDeletedAtCursor(std::uint32_t offset, std::uint32_t length);
    void leaveEnd() const { m_end.room = m_end.spare = m_end.ahead = 0; }
    void giveBehind(std::uint32_t deleted);
    void giveBefore(std::uint32_t deleted);
    static bool isDeletedEnd(const PieceLeaf& in, std::uint32_t slot, std::uint32_t more);
    static bool isDeletedBeginning(const PieceLeaf& in, std::uint32_t slot, std::uint32_t more);
    void moveTo(LeafHandle leaf) const;
    void moveToSlot(std::uint32_t slot) const;
    void addVisible(std::uint32_t delta); // in the cursor's leaf
    Place insertAfter(Place where, const Piece& piece);
    Place insertInFull(Place where, const Piece& piece);
    void putAtCursor(const Piece& piece);
    void tellIndex(const Piece& piece, LeafHandle in, bool isNew);
    // Something came to a leaf from another one.
    void tellLater(LeafHandle handle) {
        if (leaf(handle).isTold)
            addUntold(handle);
    }
    void addUntold(LeafHandle handle);
    void tellNextUntold() const;
    Place findNear(Place at, ReplicaIndex replica, Counter counter) const;
    Place findByIndex(ReplicaIndex replica, Counter counter) const;
    Place findIn(LeafHandle handle, ReplicaIndex replica, Counter counter) const;
    Place splitLeaf(Place at);
    void moveTail(LeafHandle from, std::uint32_t slot, LeafHandle behind);
    void erase(Place at);
    void lowerLevel(LeafHandle handle, std::uint32_t level);
    void refreshLevel(LeafHandle handle);
    bool joins(Place first, Place second) const;
    static bool joins(const PieceLeaf& a, std::uint32_t first, const PieceLeaf& b, std::uint32_t second);
    void joinAround(Place at);
    void joinEnds(LeafHandle handle, bool first, bool last);
    void joinWithNext(Place at, Place next);
    LeafHandle addLeaf(LeafHandle after);

    ElementIndex& m_index;
    mutable SumTree<Sums> m_tree;
    std::vector<std::unique_ptr<PieceLeaf>> m_leaves;
    mutable Cursor m_cursor;
    mutable End m_end;
    // Where the last element was that was asked for: what is checked first and then done is found at once,
    // and so are ranges one after another. May be any slot, of a leaf that is there.
    mutable Place m_found{0, 0, 0};
    mutable std::uint64_t m_findCount = 0;
    mutable VectorQueue<LeafHandle> m_untold; // leaves, some perhaps gone or told of since
    mutable std::uint32_t m_told = 0;         // visible elements, without what the tree does not know yet
    std::size_t m_pieceCount = 0;
};

inline std::uint32_t PieceTree::levelAt(Place at) const {
    return leaf(at.leaf).level(at.slot);
}

inline Piece PieceTree::piece(Place at) const {
    return leaf(at.leaf).piece(at.slot);
}

inline void PieceTree::extendRun(std::uint32_t count) {
    m_cursor.pieces->lengths[m_cursor.slot] += count;
    addVisible(count);
    m_end.room -= count;
    m_end.next += count;
    m_end.index += count;
}

inline Counter PieceTree::moveBorder(Border border) {
    const PieceLeaf& in = *m_cursor.pieces;
    m_end.room = 0;
    if (border == Border::behind) {
        giveBehind(1);
        --m_end.spare;
        --m_end.index;
        return in.counters[m_cursor.slot + 1];
    }
    giveBefore(1);
    --m_end.ahead;
    return in.counters[m_cursor.slot] - 1;
}

// Deletes the last elements of the cursor's piece: they go to the deleted ones behind it.
inline void PieceTree::giveBehind(std::uint32_t deleted) {
    PieceLeaf& in = *m_cursor.pieces;
    const std::uint32_t after = m_cursor.slot + 1;
    in.lengths[m_cursor.slot] -= deleted;
    in.lengths[after] += deleted;
    in.depths[after] -= deleted;
    in.counters[after] -= deleted;
    addVisible(0 - deleted);
}

// The first ones: to the deleted ones before it.
inline void PieceTree::giveBefore(std::uint32_t deleted) {
    PieceLeaf& in = *m_cursor.pieces;
    const std::uint32_t slot = m_cursor.slot;
    in.lengths[slot - 1] += deleted;
    in.lengths[slot] -= deleted;
    in.counters[slot] += deleted;
    in.depths[slot] += deleted;
    addVisible(0 - deleted);
}

inline void PieceTree::addVisible(std::uint32_t delta) {
    m_cursor.pieces->visible += delta;
}

inline PieceTree::Place PieceTree::next(Place at) const {
    if (at.slot + 1 < leaf(at.leaf).count)
        return {at.leaf, at.slot + 1, 0};
    return {m_tree.next(at.leaf), 0, 0};
}

inline PieceTree::Place PieceTree::previous(Place at) const {
    if (at.slot > 0)
        return {at.leaf, at.slot - 1, 0};
    const LeafHandle before = m_tree.previous(at.leaf);
    return before == noLeaf ? Place{} : Place{before, leaf(before).count - 1, 0};
}

inline bool PieceTree::joins(const PieceLeaf& a, std::uint32_t first, const PieceLeaf& b,
                             std::uint32_t second) {
    // One question in place of several, for no one could foresee them.
    const bool areDeleted = (b.lengths[second] & (deletedFlag | headFlag)) == deletedFlag;
    const bool goOn = a.counters[first] + a.length(first) == b.counters[second];
    const bool areOneReplicas = a.replicas[first] == b.replicas[second];
    const bool isRoom = a.length(first) + b.length(second) <= maxDeletedLength;
    return areDeleted & goOn & areOneReplicas & a.deleted(first) & isRoom;
}

template <typename Visit>
void PieceTree::deleteAt(std::size_t index, std::size_t count, Visit&& visit) {
    while (count > 0) {
        const Place at = atIndex(index);
        PieceLeaf& in = leaf(at.leaf);
        if (at.offset > 0 || count < in.length(at.slot)) { // a part of a piece
            const auto taken =
                static_cast<std::uint32_t>(std::min<std::size_t>(count, in.length(at.slot) - at.offset));
            visit(in.replicas[at.slot], in.counters[at.slot] + at.offset, taken);
            markDeletedAtCursor(at.offset, taken);
            count -= taken;
            continue;
        }
        // Whole pieces, as many as are of this leaf, each joined at once with the one before it.
        leaveEnd();
        std::uint32_t last = at.slot - 1; // of those that stay; none, where the leaf begins
        if (at.slot > 0)
            m_cursor.inLeaf -= in.shown(m_cursor.slot = last);
        std::uint32_t gone = 0;
        std::uint32_t slot = at.slot;
        for (bool isBehind = false; slot < in.count && !isBehind; ++slot) {
            const std::uint32_t shown = in.shown(slot);
            if (shown > count)
                break;
            isBehind = count == 0;
            if (shown > 0) {
                visit(in.replicas[slot], in.counters[slot], shown);
                in.lengths[slot] |= deletedFlag;
                gone += shown;
                count -= shown;
            }
            const bool isJoined = last < slot && joins(in, last, in, slot);
            in.lengths[isJoined ? last : slot] += isJoined ? in.length(slot) : 0;
            const std::uint32_t kept = isJoined ? last : slot; // no branch, for no one could foresee it
            last += isJoined ? 0 : 1;
            in.copy(kept, last);
        }
        addVisible(0 - gone);
        const bool endsLeaf = slot == in.count;
        if (const std::uint32_t less = slot - (last + 1); less > 0) {
            in.close(last + 1, less);
            m_pieceCount -= less;
        }
        if (endsLeaf || at.slot == 0)
            joinEnds(at.leaf, at.slot == 0, endsLeaf);
    }
}

} // namespace tandem
