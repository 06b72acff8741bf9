#include "crdt/piece_tree.h"

#include "base/check.h"

#include <algorithm>

namespace tandem {

PieceTree::PieceTree(ElementIndex& index) : m_index(index) {
    Piece root;
    root.length = 1;
    root.deleted = true;
    root.head = true;
    assign({root});
}

// --- the cursor

void PieceTree::flush() const {
    const std::uint32_t untold = m_cursor.untold();
    if (untold == 0)
        return;
    m_tree.change(m_cursor.leaf, [untold](Sums& sums) { sums.visible += untold; });
    m_told += untold;
    m_cursor.told += untold;
}

void PieceTree::moveTo(LeafHandle to) const {
    if (m_cursor.leaf == to)
        return;
    flush();
    setCursor(to, m_tree.before(to).visible);
}

void PieceTree::moveToSlot(std::uint32_t slot) const {
    const PieceLeaf& in = *m_cursor.pieces;
    if (slot > m_cursor.slot)
        m_cursor.inLeaf += in.shownIn(m_cursor.slot, slot);
    else
        m_cursor.inLeaf -= in.shownIn(slot, m_cursor.slot);
    m_cursor.slot = slot;
    leaveEnd();
}

void PieceTree::seekLeafOf(std::size_t index) const {
    flush();
    // More often than not it is one of the neighbours.
    const bool isBehind = index >= m_cursor.before;
    const LeafHandle beside = isBehind ? m_tree.next(m_cursor.leaf) : m_tree.previous(m_cursor.leaf);
    if (beside != noLeaf) {
        const std::uint32_t length = leaf(beside).visible;
        const std::uint32_t before = m_cursor.before + (isBehind ? m_cursor.pieces->visible : 0 - length);
        if (static_cast<std::uint32_t>(index) - before < length) {
            setCursor(beside, before);
            return;
        }
    }
    std::size_t rest = index;
    const LeafHandle found = m_tree.find(rest, [](const Sums& sums) { return sums.visible; });
    setCursor(found, static_cast<std::uint32_t>(index - rest));
    m_cursor.pieces->prefetch();
}

std::size_t PieceTree::visibleBefore(Place at) const {
    moveTo(at);
    const bool shown = leaf(at.leaf).shown(at.slot) > 0;
    return std::size_t{m_cursor.before} + m_cursor.inLeaf + (shown ? at.offset : 0);
}

PieceTree::Place PieceTree::find(ReplicaIndex replica, Counter counter) const {
    ++m_findCount;
    if (const Place place = findNear({m_cursor.leaf, m_cursor.slot, 0}, replica, counter); place.exists())
        return place;
    Place place = findNear(m_found, replica, counter);
    if (!place.exists())
        place = findByIndex(replica, counter);
    if (place.exists())
        m_found = place;
    return place;
}

PieceTree::Place PieceTree::findByIndex(ReplicaIndex replica, Counter counter) const {
    LeafHandle at = m_index.leafOf(replica, counter);
    if (const Place told = findIn(at, replica, counter); told.exists() || m_untold.empty())
        return told;
    // It has moved, more often than not to one of the next leaves; to look there costs much less than to
    // tell.
    constexpr int few = 32;
    for (int i = 0; i < few && isLeaf(at) && (at = m_tree.next(at)) != noLeaf; ++i) {
        if (leaf(at).isTold)
            continue;
        if (const Place moved = findIn(at, replica, counter); moved.exists())
            return moved;
    }
    while (!m_untold.empty())
        tellNextUntold();
    return findIn(m_index.leafOf(replica, counter), replica, counter);
}

PieceTree::Place PieceTree::findNear(Place at, ReplicaIndex replica, Counter counter) const {
    const PieceLeaf& in = leaf(at.leaf);
    const std::uint32_t slot = in.slotOfInFour(at.slot - (at.slot > 0 ? 1 : 0), replica, counter);
    if (slot == capacity)
        return {};
    return {at.leaf, slot, counter - in.counters[slot]};
}

PieceTree::Place PieceTree::findIn(LeafHandle handle, ReplicaIndex replica, Counter counter) const {
    if (!isLeaf(handle))
        return {};
    const PieceLeaf& in = leaf(handle);
    const std::uint32_t slot = in.slotOf(replica, counter);
    if (slot == capacity)
        return {};
    return {handle, slot, counter - in.counters[slot]};
}

// --- what the index is told

void PieceTree::addUntold(LeafHandle handle) {
    constexpr std::size_t many = 1024; // telling of them all takes about a millisecond
    if (m_untold.size() == many)
        tellNextUntold();
    leaf(handle).isTold = false;
    m_untold.push_back(handle);
}

void PieceTree::tellNextUntold() const {
    const LeafHandle handle = m_untold.front();
    m_untold.pop_front();
    if (!m_leaves[handle] || leaf(handle).isTold)
        return;
    PieceLeaf& in = leaf(handle);
    in.isTold = true;
    for (std::uint32_t slot = 0; slot < in.count;) {
        // What was cut and stands side by side goes at once.
        const ReplicaIndex replica = in.replicas[slot];
        const Counter first = in.counters[slot];
        Counter length = 0;
        do {
            length += in.length(slot++);
        } while (slot < in.count && in.replicas[slot] == replica && in.counters[slot] == first + length);
        if (replica != 0 && length > 0)
            m_index.assign(replica, first, length, handle);
    }
}

// --- levels

PieceTree::Place PieceTree::nextAtMost(Place at, std::uint32_t level) const {
    for (std::uint32_t slot = at.slot + 1; slot < leaf(at.leaf).count; ++slot) {
        if (leaf(at.leaf).level(slot) <= level)
            return {at.leaf, slot, 0};
    }
    const LeafHandle found =
        m_tree.nextWhere(at.leaf, [level](const Sums& sums) { return sums.minLevel <= level; });
    if (found == noLeaf)
        return {};
    std::uint32_t slot = 0;
    while (leaf(found).level(slot) > level)
        ++slot;
    return {found, slot, 0};
}

PieceTree::Place PieceTree::previousAtMost(Place at, std::uint32_t level) const {
    for (std::uint32_t slot = at.slot; slot-- > 0;) {
        if (leaf(at.leaf).level(slot) <= level)
            return {at.leaf, slot, 0};
    }
    const LeafHandle found =
        m_tree.previousWhere(at.leaf, [level](const Sums& sums) { return sums.minLevel <= level; });
    if (found == noLeaf)
        return {};
    std::uint32_t slot = leaf(found).count - 1;
    while (leaf(found).level(slot) > level)
        --slot;
    return {found, slot, 0};
}

void PieceTree::lowerLevel(LeafHandle handle, std::uint32_t level) {
    if (leaf(handle).minLevel <= level)
        return;
    leaf(handle).minLevel = level;
    m_tree.change(handle, [level](Sums& sums) { sums.minLevel = std::min(sums.minLevel, level); });
}

void PieceTree::refreshLevel(LeafHandle handle) {
    PieceLeaf& in = leaf(handle);
    const std::uint32_t before = in.minLevel;
    in.sumUp();
    if (in.minLevel == before)
        return;
    flush();
    m_tree.replace(handle, {in.visible, in.minLevel});
}

// --- structure

LeafHandle PieceTree::addLeaf(LeafHandle after) {
    const LeafHandle handle = m_tree.insertAfter(after, {});
    assert(handle < ElementIndex::maxLeaves);
    if (handle >= m_leaves.size())
        m_leaves.resize(handle + 1);
    m_leaves[handle] = std::unique_ptr<PieceLeaf>(new PieceLeaf);
    return handle;
}

// Moves the pieces of a leaf from `slot` on to the one behind it.
void PieceTree::moveTail(LeafHandle handle, std::uint32_t keep, LeafHandle behind) {
    flush();
    m_cursor.slot = 0;
    m_cursor.inLeaf = 0;
    leaveEnd();
    PieceLeaf& from = leaf(handle);
    PieceLeaf& to = leaf(behind);
    const std::uint32_t visibleBehind = to.visible;
    from.moveTail(keep, to);
    tellLater(behind);
    m_tree.replace(handle, {from.visible, from.minLevel}, behind, {to.visible, to.minLevel});
    if (m_cursor.leaf == behind)
        m_cursor.before -= to.visible - visibleBehind;
    m_cursor.told = m_cursor.pieces->visible;
}

// Makes room for a piece at `at`, whose leaf is full, and gives where that is now.
PieceTree::Place PieceTree::splitLeaf(Place at) {
    // What comes goes on behind what is there more often than not, so the first leaf is left as full as can
    // be.
    const std::uint32_t keep = std::max(at.slot, capacity / 2);
    LeafHandle behind = m_tree.next(at.leaf);
    if (behind == noLeaf || leaf(behind).count + (capacity - keep) >= capacity - capacity / 4)
        behind = addLeaf(at.leaf);
    moveTail(at.leaf, keep, behind);
    return at.slot <= keep && keep < capacity ? at : Place{behind, 0, 0};
}

// A piece comes to the cursor's slot, which is free.
inline void PieceTree::putAtCursor(const Piece& piece) {
    m_cursor.pieces->put(m_cursor.slot, piece);
    leaveEnd();
    ++m_pieceCount;
    if (piece.visible())
        addVisible(piece.length);
    if (const std::uint32_t level = piece.level(); level < m_cursor.pieces->minLevel)
        lowerLevel(m_cursor.leaf, level);
}

// Of a leaf with no room for it.
PieceTree::Place PieceTree::insertInFull(Place where, const Piece& piece) {
    const Place at = splitLeaf({where.leaf, where.slot + 1, 0});
    moveTo(at.leaf);
    moveToSlot(at.slot);
    m_cursor.pieces->open(at.slot, 1);
    putAtCursor(piece);
    return at;
}

inline PieceTree::Place PieceTree::insertAfter(Place where, const Piece& piece) {
    if (leaf(where.leaf).count == capacity)
        return insertInFull(where, piece);
    moveTo(where);
    m_cursor.inLeaf += m_cursor.pieces->shown(m_cursor.slot++);
    m_cursor.pieces->open(m_cursor.slot, 1);
    putAtCursor(piece);
    return {where.leaf, where.slot + 1, 0};
}

PieceTree::Place PieceTree::insertAfter(Place where, const Piece& piece, bool isNew) {
    const Place at = insertAfter(where, piece);
    tellIndex(piece, at.leaf, isNew);
    return at;
}

void PieceTree::insertAllAfter(Place where, std::span<const Piece> pieces, std::vector<LeafHandle>& leaves) {
    if (pieces.size() <= capacity - leaf(where.leaf).count) {
        for (const Piece& piece : pieces) {
            where = insertAfter(where, piece);
            leaves.push_back(where.leaf);
        }
        return;
    }
    if (where.slot + 1 < leaf(where.leaf).count)
        moveTail(where.leaf, where.slot + 1, addLeaf(where.leaf));
    LeafHandle last = where.leaf;
    while (!pieces.empty()) {
        const auto some = pieces.first(std::min(pieces.size(), assignedLeafPieces));
        pieces = pieces.subspan(some.size());
        last = addLeaf(last);
        for (const Piece& piece : some)
            leaf(last).append(piece);
        m_tree.replace(last, {leaf(last).visible, leaf(last).minLevel});
        leaves.insert(leaves.end(), some.size(), last);
        m_told += leaf(last).visible;
        m_pieceCount += some.size();
    }
    // All leaves behind have more before them.
    flush();
    setCursor(where.leaf, m_tree.before(where.leaf).visible);
}

void PieceTree::tellIndex(const Piece& piece, LeafHandle in, bool isNew) {
    if (isNew)
        m_index.assignNew(piece.replica, piece.counter, in);
    else if (!piece.isBorder())
        m_index.assign(piece.replica, piece.counter, piece.length, in);
}

PieceTree::Place PieceTree::insertWithin(Place at, const Piece& piece, bool isNew) {
    PieceLeaf& in = leaf(at.leaf);
    if (in.count + 2 > capacity) {
        split({at.leaf, at.slot, 0}, at.offset);
        return insertAfter(at, piece, isNew);
    }
    // The tree is told of the piece alone: the two parts are what the one was.
    moveTo(at);
    const std::uint32_t slot = at.slot + 1;
    in.open(slot, 2);
    in.cut(at.slot, at.offset, slot + 1);
    m_cursor.inLeaf += in.shown(at.slot);
    m_cursor.slot = slot;
    ++m_pieceCount;
    putAtCursor(piece);
    tellIndex(piece, at.leaf, isNew);
    return {at.leaf, slot, 0};
}

PieceTree::Place PieceTree::split(Place at, std::uint32_t offset) {
    Piece rest = piece(at);
    assert(offset > 0 && offset < rest.length);
    rest.counter += offset;
    rest.depth += offset;
    rest.length -= offset;
    rest.head = false;
    moveTo(at);
    leaf(at.leaf).lengths[at.slot] -= rest.length;
    if (rest.visible())
        addVisible(0 - rest.length);
    const Place second = insertAfter({at.leaf, at.slot, 0}, rest);
    if (second.leaf != at.leaf)
        tellLater(second.leaf);
    return second;
}

void PieceTree::extend(Place at, std::uint32_t length, bool isNew) {
    PieceLeaf& in = leaf(at.leaf);
    if (isNew)
        m_index.assignNew(in.replicas[at.slot], in.counters[at.slot] + in.length(at.slot), at.leaf);
    else
        m_index.assign(in.replicas[at.slot], in.counters[at.slot] + in.length(at.slot), length, at.leaf);
    moveTo(at);
    leaveEnd();
    in.lengths[at.slot] += length;
    if (!in.deleted(at.slot))
        addVisible(length);
}

// Takes out a piece without visible elements.
void PieceTree::erase(Place at) {
    PieceLeaf& in = leaf(at.leaf);
    const std::uint32_t level = in.level(at.slot);
    leaveEnd();
    in.close(at.slot);
    --m_pieceCount;
    if (in.count == 0) {
        if (m_cursor.leaf == at.leaf)
            moveTo(m_tree.previous(at.leaf)); // the root's leaf is first and never empty
        m_tree.remove(at.leaf);
        m_leaves[at.leaf].reset();
        m_found = first();
        return;
    }
    if (m_cursor.leaf == at.leaf && m_cursor.slot > at.slot)
        --m_cursor.slot;
    if (level == in.minLevel)
        refreshLevel(at.leaf);
}

// --- whole trees

void PieceTree::assign(const std::vector<Piece>& pieces) {
    m_leaves.clear();
    m_told = 0;
    m_pieceCount = pieces.size();
    std::vector<Sums> sums;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (i % assignedLeafPieces == 0) {
            m_leaves.push_back(std::unique_ptr<PieceLeaf>(new PieceLeaf));
            sums.emplace_back();
        }
        PieceLeaf& to = *m_leaves.back();
        to.append(pieces[i]);
        sums.back() = {to.visible, to.minLevel};
        m_told += pieces[i].visible() ? pieces[i].length : 0;
    }
    m_tree.assign(sums);
    m_untold = {};
    setCursor(first().leaf, 0);
    m_found = first();
}

void PieceTree::checkInvariants() const {
    flush();
    const End end = m_end;
    if (end.room > 0)
        check(findEnd(end.replica, end.next) && m_end.index == end.index && m_end.room == end.room,
              "the end of the cursor's run is where it was found");
    if (end.spare > 0)
        check(findBorder(end.index - 1) == Border::behind && m_end.spare == end.spare,
              "the end of the cursor's run has deleted elements behind it");
    if (end.ahead > 0)
        check(findBorder(end.index) == Border::before && m_end.ahead == end.ahead,
              "the beginning of the cursor's run has deleted elements before it");
    std::size_t visible = 0;
    std::size_t pieces = 0;
    m_tree.checkInvariants(
        [](bool holds, const char* what) { check(holds, what); },
        [&](LeafHandle handle, const Sums& sums) {
            const PieceLeaf& in = leaf(handle);
            check(in.count > 0 && in.count <= capacity, "a leaf has pieces and is not overfull");
            Sums sum;
            for (std::uint32_t slot = 0; slot < in.count; ++slot) {
                sum.add({in.shown(slot), in.level(slot)});
                check(in.shown(slot) <= maxPieceLength, "pieces with text are bounded");
            }
            check(sum.visible == in.visible && sum.minLevel == in.minLevel, "a leaf sums up its pieces");
            check(sum == sums, "the tree knows the sums of each leaf");
            visible += sum.visible;
            pieces += in.count;
        });
    check(visible == visibleLength(), "the length of the text is known");
    check(pieces == m_pieceCount, "every piece is in the tree");
}

} // namespace tandem
