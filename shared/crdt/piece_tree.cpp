#include "crdt/piece_tree.h"

#include "base/check.h"

#include <algorithm>

namespace tandem {

namespace {

template <typename Array>
void openSlot(Array& values, std::uint32_t slot, std::uint32_t count) {
    std::copy_backward(values.begin() + slot, values.begin() + count, values.begin() + count + 1);
}

template <typename Array>
void closeSlot(Array& values, std::uint32_t slot, std::uint32_t count) {
    std::copy(values.begin() + slot + 1, values.begin() + count, values.begin() + slot);
}

} // namespace

PieceTree::PieceTree(ElementIndex& index) : m_index(index) {
    Piece root;
    root.length = 1;
    root.deleted = true;
    root.head = true;
    assign({root});
}

PieceTree::Place PieceTree::previous(Place at) const {
    if (at.slot > 0)
        return {at.leaf, at.slot - 1, 0};
    const LeafHandle before = m_tree.previous(at.leaf);
    return before == noLeaf ? Place{} : Place{before, leaf(before).count - 1, 0};
}

// --- the cursor

void PieceTree::flush() const {
    if (m_cursor.pending == 0)
        return;
    m_tree.change(m_cursor.leaf, [this](Sums& sums) { sums.visible += m_cursor.pending; });
    m_cursor.pending = 0;
}

void PieceTree::moveTo(LeafHandle to) const {
    if (m_cursor.leaf == to)
        return;
    flush();
    m_cursor = {to, 0, m_tree.before(to).visible, 0, 0};
}

void PieceTree::moveToSlot(std::uint32_t slot) const {
    const Leaf& in = leaf(m_cursor.leaf);
    while (m_cursor.slot < slot)
        m_cursor.inLeaf += in.shown(m_cursor.slot++);
    while (m_cursor.slot > slot)
        m_cursor.inLeaf -= in.shown(--m_cursor.slot);
}

PieceTree::Place PieceTree::atIndex(std::size_t index) const {
    assert(index < m_visible);
    const auto wanted = static_cast<std::uint32_t>(index);
    if (wanted < m_cursor.before || wanted - m_cursor.before >= leaf(m_cursor.leaf).visible) {
        flush();
        std::size_t rest = index;
        Sums before;
        const LeafHandle found =
            m_tree.find(rest, before, [](const Sums& sums) { return std::size_t{sums.visible}; });
        m_cursor = {found, 0, before.visible, 0, 0};
    }
    const std::uint32_t inLeaf = wanted - m_cursor.before;
    const Leaf& in = leaf(m_cursor.leaf);
    while (inLeaf < m_cursor.inLeaf)
        m_cursor.inLeaf -= in.shown(--m_cursor.slot);
    while (inLeaf - m_cursor.inLeaf >= in.shown(m_cursor.slot))
        m_cursor.inLeaf += in.shown(m_cursor.slot++);
    return {m_cursor.leaf, m_cursor.slot, inLeaf - m_cursor.inLeaf};
}

std::size_t PieceTree::visibleBefore(Place at) const {
    moveTo(at.leaf);
    moveToSlot(at.slot);
    const bool shown = leaf(at.leaf).shown(at.slot) > 0;
    return std::size_t{m_cursor.before} + m_cursor.inLeaf + (shown ? at.offset : 0);
}

PieceTree::Place PieceTree::find(ReplicaIndex replica, Counter counter) const {
    const auto holds = [&](const Leaf& in, std::uint32_t slot) {
        return counter - in.counters[slot] < in.length(slot) && in.replicas[slot] == replica;
    };
    const Leaf& near = leaf(m_cursor.leaf);
    for (std::uint32_t slot = m_cursor.slot; slot < near.count && slot < m_cursor.slot + 2; ++slot) {
        if (holds(near, slot))
            return {m_cursor.leaf, slot, counter - near.counters[slot]};
    }
    const LeafHandle handle = m_index.leafOf(replica, counter);
    if (handle >= m_leaves.size() || !m_leaves[handle])
        return {};
    const Leaf& in = leaf(handle);
    // Without a way out of the loop, so that several slots are looked at at once.
    std::uint32_t found = capacity;
    for (std::uint32_t slot = 0; slot < in.count; ++slot) {
        const std::uint32_t isHere = counter - in.counters[slot] < (in.lengths[slot] & lengthMask) ? 1u : 0u;
        const std::uint32_t isItsReplica = in.replicas[slot] == replica ? 1u : 0u;
        found = (isHere & isItsReplica) != 0 ? slot : found;
    }
    if (found == capacity)
        return {};
    return {handle, found, counter - in.counters[found]};
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
    Leaf& in = leaf(handle);
    std::uint32_t level = ~0u;
    for (std::uint32_t slot = 0; slot < in.count; ++slot)
        level = std::min(level, in.level(slot));
    if (level == in.minLevel)
        return;
    in.minLevel = level;
    flush();
    m_tree.replace(handle, {in.visible, level});
}

// --- structure

void PieceTree::put(Leaf& at, std::uint32_t slot, const Piece& piece) {
    at.lengths[slot] = piece.length | (piece.deleted ? deletedFlag : 0) | (piece.head ? headFlag : 0);
    at.counters[slot] = piece.counter;
    at.replicas[slot] = piece.replica;
    at.depths[slot] = piece.depth;
}

LeafHandle PieceTree::addLeaf(LeafHandle after) {
    const LeafHandle handle = m_tree.insertAfter(after, {});
    assert(handle < ElementIndex::maxLeaves);
    if (handle >= m_leaves.size())
        m_leaves.resize(handle + 1);
    m_leaves[handle] = std::make_unique_for_overwrite<Leaf>();
    return handle;
}

// Appends pieces to a leaf; the tree is not told.
void PieceTree::fill(Leaf& to, std::span<const Piece> pieces) {
    for (const Piece& piece : pieces) {
        put(to, to.count++, piece);
        to.visible += piece.visible() ? piece.length : 0;
        to.minLevel = std::min(to.minLevel, piece.level());
    }
}

// Moves the pieces of a leaf from `slot` on to a new leaf behind it.
void PieceTree::moveTail(LeafHandle handle, std::uint32_t keep) {
    flush();
    m_cursor.slot = 0;
    m_cursor.inLeaf = 0;
    const LeafHandle added = addLeaf(handle);
    Leaf& from = leaf(handle);
    Leaf& to = leaf(added);
    for (std::uint32_t slot = keep; slot < from.count; ++slot) {
        const Piece moved = piece({handle, slot, 0});
        fill(to, {&moved, 1});
        if (!moved.isBorder() && moved.replica != 0)
            m_index.assign(moved.replica, moved.counter, moved.length, added);
    }
    from.count = keep;
    from.visible -= to.visible;
    from.minLevel = ~0u;
    for (std::uint32_t slot = 0; slot < keep; ++slot)
        from.minLevel = std::min(from.minLevel, from.level(slot));
    m_tree.replace(handle, {from.visible, from.minLevel});
    m_tree.replace(added, {to.visible, to.minLevel});
}

// Makes room for a piece at `at`, whose leaf is full, and gives where that is now.
PieceTree::Place PieceTree::splitLeaf(Place at) {
    // What comes goes on behind what is there more often than not, so the first leaf is left as full as can
    // be.
    const std::uint32_t keep = std::max(at.slot, leaf(at.leaf).count / 2);
    moveTail(at.leaf, keep);
    return at.slot <= keep && keep < capacity ? at : Place{m_tree.next(at.leaf), 0, 0};
}

void PieceTree::insertAllAfter(Place where, std::span<const Piece> pieces, std::vector<LeafHandle>& leaves) {
    if (pieces.size() <= capacity - leaf(where.leaf).count) {
        for (const Piece& piece : pieces) {
            where = insertAt({where.leaf, where.slot + 1, 0}, piece);
            leaves.push_back(where.leaf);
        }
        return;
    }
    if (where.slot + 1 < leaf(where.leaf).count)
        moveTail(where.leaf, where.slot + 1);
    LeafHandle last = where.leaf;
    while (!pieces.empty()) {
        const auto some = pieces.first(std::min(pieces.size(), assignedLeafPieces));
        pieces = pieces.subspan(some.size());
        last = addLeaf(last);
        fill(leaf(last), some);
        m_tree.replace(last, {leaf(last).visible, leaf(last).minLevel});
        leaves.insert(leaves.end(), some.size(), last);
        m_visible += leaf(last).visible;
        m_pieceCount += some.size();
    }
    // All leaves behind have more before them.
    flush();
    m_cursor = {where.leaf, 0, m_tree.before(where.leaf).visible, 0, 0};
}

PieceTree::Place PieceTree::insertAt(Place at, const Piece& piece) {
    if (leaf(at.leaf).count == capacity)
        at = splitLeaf(at);
    moveTo(at.leaf);
    moveToSlot(at.slot);
    Leaf& in = leaf(at.leaf);
    openSlot(in.lengths, at.slot, in.count);
    openSlot(in.counters, at.slot, in.count);
    openSlot(in.replicas, at.slot, in.count);
    openSlot(in.depths, at.slot, in.count);
    put(in, at.slot, piece);
    ++in.count;
    ++m_pieceCount;
    if (piece.visible())
        addVisible(piece.length);
    lowerLevel(at.leaf, piece.level());
    return at;
}

PieceTree::Place PieceTree::insertAfter(Place where, const Piece& piece, bool isNew) {
    const Place at = insertAt({where.leaf, where.slot + 1, 0}, piece);
    if (isNew)
        m_index.assignNew(piece.replica, piece.counter, at.leaf);
    else if (!piece.isBorder())
        m_index.assign(piece.replica, piece.counter, piece.length, at.leaf);
    return at;
}

PieceTree::Place PieceTree::split(Place at, std::uint32_t offset) {
    Piece rest = piece(at);
    assert(offset > 0 && offset < rest.length);
    rest.counter += offset;
    rest.depth += offset;
    rest.length -= offset;
    rest.head = false;
    moveTo(at.leaf);
    moveToSlot(at.slot);
    leaf(at.leaf).lengths[at.slot] -= rest.length;
    if (rest.visible())
        addVisible(0 - rest.length);
    const Place second = insertAt({at.leaf, at.slot + 1, 0}, rest);
    if (second.leaf != at.leaf)
        m_index.assign(rest.replica, rest.counter, rest.length, second.leaf);
    return second;
}

void PieceTree::extend(Place at, std::uint32_t length, bool isNew) {
    Leaf& in = leaf(at.leaf);
    if (isNew)
        m_index.assignNew(in.replicas[at.slot], in.counters[at.slot] + in.length(at.slot), at.leaf);
    else
        m_index.assign(in.replicas[at.slot], in.counters[at.slot] + in.length(at.slot), length, at.leaf);
    moveTo(at.leaf);
    moveToSlot(at.slot);
    in.lengths[at.slot] += length;
    if (!in.deleted(at.slot))
        addVisible(length);
}

// Takes out a piece without visible elements.
void PieceTree::erase(Place at) {
    Leaf& in = leaf(at.leaf);
    const std::uint32_t level = in.level(at.slot);
    closeSlot(in.lengths, at.slot, in.count);
    closeSlot(in.counters, at.slot, in.count);
    closeSlot(in.replicas, at.slot, in.count);
    closeSlot(in.depths, at.slot, in.count);
    --in.count;
    --m_pieceCount;
    if (in.count == 0) {
        if (m_cursor.leaf == at.leaf)
            moveTo(m_tree.previous(at.leaf)); // the root's leaf is first and never empty
        m_tree.remove(at.leaf);
        m_leaves[at.leaf].reset();
        return;
    }
    if (m_cursor.leaf == at.leaf && m_cursor.slot > at.slot)
        --m_cursor.slot;
    if (level == in.minLevel)
        refreshLevel(at.leaf);
}

// --- deleting

bool PieceTree::joins(Place first, Place second) const {
    if (!first.exists() || !second.exists())
        return false;
    const Leaf& a = leaf(first.leaf);
    const Leaf& b = leaf(second.leaf);
    return (b.lengths[second.slot] & (deletedFlag | headFlag)) == deletedFlag && a.deleted(first.slot) &&
           a.replicas[first.slot] == b.replicas[second.slot] &&
           a.counters[first.slot] + a.length(first.slot) == b.counters[second.slot] &&
           std::uint64_t{a.length(first.slot)} + b.length(second.slot) <= maxDeletedLength;
}

void PieceTree::joinWithNext(Place at, Place following) {
    const Piece joined = piece(following);
    leaf(at.leaf).lengths[at.slot] += joined.length;
    if (following.leaf != at.leaf)
        m_index.assign(joined.replica, joined.counter, joined.length, at.leaf);
    erase(following);
}

void PieceTree::joinAround(Place at) {
    if (const Place following = next(at); joins(at, following))
        joinWithNext(at, following);
    if (const Place before = previous(at); joins(before, at))
        joinWithNext(before, at);
}

void PieceTree::markDeleted(Place at, std::uint32_t length) {
    moveTo(at.leaf);
    moveToSlot(at.slot);
    Leaf& in = leaf(at.leaf);
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
    if (end == whole && goesOnDeleted(in, at.slot, length)) {
        shortenRun(length);
        return;
    }
    if (at.offset == 0 && at.slot > 0 && !in.head(at.slot)) {
        const std::uint32_t before = at.slot - 1;
        const bool goesOn = in.deleted(before) && in.replicas[before] == in.replicas[at.slot] &&
                            in.counters[before] + in.length(before) == in.counters[at.slot] &&
                            in.length(before) > 0 && in.length(before) + length <= maxDeletedLength;
        if (goesOn) {
            addVisible(0 - length);
            in.lengths[before] += length;
            in.lengths[at.slot] -= length;
            in.counters[at.slot] += length;
            in.depths[at.slot] += length;
            return;
        }
    }
    if (end < whole)
        split({at.leaf, at.slot, 0}, end);
    Place gone{at.leaf, at.slot, 0};
    if (at.offset > 0)
        gone = split(gone, at.offset);
    gone.offset = 0;
    markDeleted(gone, length);
}

// --- whole trees

void PieceTree::assign(const std::vector<Piece>& pieces) {
    m_leaves.clear();
    m_visible = 0;
    m_pieceCount = pieces.size();
    std::vector<Sums> sums;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (i % assignedLeafPieces == 0) {
            m_leaves.push_back(std::make_unique_for_overwrite<Leaf>());
            sums.emplace_back();
        }
        Leaf& to = *m_leaves.back();
        fill(to, {&pieces[i], 1});
        sums.back() = {to.visible, to.minLevel};
        m_visible += pieces[i].visible() ? pieces[i].length : 0;
    }
    m_tree.assign(sums);
    m_cursor = {};
}

void PieceTree::checkInvariants() const {
    flush();
    std::size_t visible = 0;
    std::size_t pieces = 0;
    m_tree.checkInvariants(
        [](bool holds, const char* what) { check(holds, what); },
        [&](LeafHandle handle, const Sums& sums) {
            const Leaf& in = leaf(handle);
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
    check(visible == m_visible, "the length of the text is known");
    check(pieces == m_pieceCount, "every piece is in the tree");
}

} // namespace tandem
