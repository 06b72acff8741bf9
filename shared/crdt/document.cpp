#include "crdt/document.h"

#include "base/utf8.h"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <optional>
#include <span>
#include <utility>

namespace tandem {

// Where the pieces of each run begin, and then each piece in turn.
std::vector<std::uint32_t> Subtree::byCounter() const {
    const auto [least, most] = std::minmax_element(runs.begin(), runs.end());
    std::vector<std::uint32_t> next(*most - *least + 2);
    for (const std::uint32_t run : runs)
        ++next[run - *least + 1];
    std::partial_sum(next.begin(), next.end(), next.begin());
    std::vector<std::uint32_t> sorted(pieces.size());
    for (std::uint32_t i = 0; i < pieces.size(); ++i)
        sorted[next[runs[i] - *least]++] = i;
    return sorted;
}

Document::Place Document::find(OpId element) const {
    if (element.isRoot())
        return m_pieces.first();
    const ReplicaIndex replica = m_index.find(element.replica);
    return replica == noReplica ? Place{} : m_pieces.find(replica, element.counter);
}

Document::Position Document::positionAfter(Place element) const {
    const PositionOrder::Spot spot = m_order.after(element);
    return {idOf(spot.parent), spot.side};
}

Document::Position Document::positionOf(Place piece) const {
    const PositionOrder::Spot spot = m_order.positionOf(piece);
    return {idOf(spot.parent), spot.side};
}

// Puts elements where they belong, with the fate of `fate`; gives the place of the first.
Document::Place Document::putRun(Place parent, Side side, OpId first, Piece fate, std::uint64_t length,
                                 bool isNew) {
    m_elements += length;
    if (!fate.deleted)
        m_index.expect(fate.replica, length);
    const Piece before = m_pieces.piece(parent);
    const std::uint32_t longest = fate.deleted ? maxDeletedLength : maxPieceLength;
    const bool continues = side == Side::right && before.replica == fate.replica &&
                           before.counter + parent.offset + 1 == first.counter;
    std::optional<Place> begin;
    Place last = parent;
    fate.counter = first.counter;
    // Goes into the piece that it continues, as far as there is room.
    if (continues && before.deleted == fate.deleted && parent.offset + 1 == before.length &&
        before.length < longest && !m_order.hasRightChild(parent)) {
        const auto taken =
            static_cast<std::uint32_t>(std::min<std::uint64_t>(longest - before.length, length));
        m_pieces.extend(parent, taken, isNew);
        begin = Place{parent.leaf, parent.slot, before.length};
        if (taken == length)
            return *begin;
        fate.counter += taken;
        fate.depth = before.depth + before.length + taken;
        length -= taken;
    }
    while (length > 0) {
        fate.length = static_cast<std::uint32_t>(std::min<std::uint64_t>(longest, length));
        if (begin) {
            fate.head = false;
            last = m_pieces.insertAfter(last, fate, isNew);
        } else {
            fate.head = !continues;
            last = m_order.insert(parent, side, fate, isNew);
            begin = last;
            fate.depth = m_pieces.levelAt(last) / 2;
        }
        fate.counter += fate.length;
        fate.depth += fate.length;
        length -= fate.length;
    }
    return *begin;
}

// --- keys

void Document::settleKeys() {
    m_keys.room = 0;
    if (m_keys.count == 0)
        return;
    m_pieces.extendRun(m_keys.count);
    m_text.takeFromGap(m_keys.count);
    m_elements += std::exchange(m_keys.count, 0);
}

// --- local edits

// Puts a new run right after the visible element before `index`. There are no siblings.
[[gnu::always_inline]] inline void Document::putNext(std::size_t index, OpId first, std::size_t length,
                                                     LocalEdit& made) {
    const Place left = leftOf(index);
    const PositionOrder::Spot spot = m_order.after(left);
    made.parent = idOf(spot.parent);
    made.side = spot.side;
    Piece piece;
    piece.replica = m_index.indexFor(first.replica);
    if (length > maxPieceLength) {
        putRun(spot.parent, spot.side, first, piece, length, true);
        return;
    }
    piece.counter = first.counter;
    piece.length = static_cast<std::uint32_t>(length);
    piece.head = true;
    piece.depth = m_pieces.levelAt(spot.parent) / 2 + spot.parent.offset + 1;
    m_elements += length;
    m_index.expect(piece.replica, length);
    if (spot.side == Side::left && spot.parent.offset > 0) {
        m_pieces.insertWithin(spot.parent, piece, true);
    } else {
        const bool continues = spot.side == Side::right && made.parent.counter + 1 == first.counter &&
                               made.parent.replica == first.replica;
        if (continues && m_pieces.canGrow(left, piece.length)) {
            m_pieces.extend(left, piece.length, true);
        } else {
            piece.head = !continues;
            m_pieces.insertAfter(left, piece, true);
        }
    }
    m_pieces.expectRun();
}

void Document::replaceAt(std::size_t index, std::size_t count, std::u32string_view text, LocalEdit& made) {
    // Text and pieces are far apart in memory: what each needs is on its way while the other is looked for.
    m_text.approach(index + (count > 0 ? 1 : 0));
    if (index + count > 0)
        m_pieces.approach(index - (count > 0 ? 0 : 1));
    made.deletedAt = m_deleted.units().size();
    m_text.replace(index, count, text, m_deleted.units());
    if (count > 0) {
        made.isOneUnitEach = m_deleted.units().size() - made.deletedAt == count;
        erasePieces(index, count, &made.deleted);
    }
    if (!text.empty())
        putNext(index, made.firstInserted(), text.size(), made);
}

namespace {

template <typename Ranges>
inline void appendRange(Ranges& ranges, OpId first, Counter length) {
    if (!ranges.empty()) {
        ElementRange& last = ranges.back();
        if (last.first.replica == first.replica && last.first.counter + last.length == first.counter) {
            last.length += length;
            return;
        }
    }
    ranges.push_back({first, length});
}

} // namespace

// Deletes elements whose text is in the log already; appends to `ranges`, if given.
void Document::erasePieces(std::size_t index, std::size_t count, ElementRanges* ranges) {
    m_pieces.deleteAt(index, count, [&](ReplicaIndex replica, Counter first, Counter length) {
        if (ranges)
            appendRange(*ranges, {m_index.idOf(replica), first}, length);
        m_deleted.note(replica, first, length, m_deleted.unitsOfNext(length, count));
        count -= length;
    });
}

void Document::appendRanges(std::size_t index, std::size_t count, std::vector<ElementRange>& ranges) const {
    if (count == 0)
        return;
    Place place = m_pieces.atIndex(index);
    for (;;) {
        const Piece piece = m_pieces.piece(place);
        if (piece.visible()) {
            const auto taken =
                static_cast<Counter>(std::min<std::size_t>(count, piece.length - place.offset));
            appendRange(ranges, {m_index.idOf(piece.replica), piece.counter + place.offset}, taken);
            count -= taken;
            if (count == 0)
                return;
        }
        place = m_pieces.next(place);
    }
}

// --- others' edits

Document::TextPlace Document::insertRun(OpId first, Place parent, Side side, std::u32string_view text) {
    Piece fate;
    fate.replica = m_index.indexFor(first.replica);
    const Place at = putRun(parent, side, first, fate, text.size(), true);
    const std::size_t index = m_pieces.visibleBefore(at);
    return {index, m_text.insert(index, text)};
}

void Document::insertSubtree(ReplicaId replica, Position position, Subtree subtree, bool isLast,
                             TextEdits* edits) {
    const Place parent = find(position.parent);
    const std::uint32_t depth = m_pieces.levelAt(parent) / 2 + parent.offset + 1;
    const ReplicaIndex index = m_index.indexFor(replica);
    for (Piece& piece : subtree.pieces) {
        piece.replica = index;
        piece.depth += depth;
        m_elements += piece.length;
    }
    m_index.expect(index, subtree.text.size()); // twice as many where they are surrogates
    const std::span<const Piece> pieces = subtree.pieces;
    const Piece top = pieces[subtree.top];
    std::vector<LeafHandle> leaves;
    const Place place = m_order.insert(parent, position.side, top, false);
    const Place before = m_pieces.previous(place);
    m_pieces.insertAllAfter(before, pieces.first(subtree.top), leaves);
    leaves.push_back(noLeaf);
    m_pieces.insertAllAfter(m_pieces.find(index, top.counter), pieces.subspan(subtree.top + 1), leaves);
    leaves[subtree.top] = m_pieces.find(index, top.counter).leaf;
    if (isLast) {
        for (const std::uint32_t i : subtree.byCounter())
            m_index.assignNew(index, pieces[i].counter, leaves[i]);
    } else {
        for (std::size_t i = 0; i < pieces.size(); ++i)
            m_index.assign(index, pieces[i].counter, pieces[i].length, leaves[i]);
    }
    if (subtree.text.empty())
        return;
    const std::size_t at = m_pieces.visibleBefore(m_pieces.next(before));
    const std::size_t utf16Index = m_text.insert(at, subtree.text);
    if (edits)
        appendInsertion(*edits, at, utf16Index, fromUtf16(subtree.text));
}

void Document::deleteRange(const ElementRange& range, TextEdits* edits) {
    const ReplicaIndex replica = m_index.find(range.first.replica);
    Counter next = range.first.counter;
    const std::uint64_t end = std::uint64_t{next} + range.length;
    while (next < end) {
        const Place place = m_pieces.find(replica, next);
        const auto taken = static_cast<Counter>(
            std::min<std::uint64_t>(end - next, m_pieces.piece(place).length - place.offset));
        deletePart(place, taken, edits);
        next += taken;
    }
}

// Of one piece.
void Document::deletePart(Place place, Counter length, TextEdits* edits) {
    const Piece piece = m_pieces.piece(place);
    if (piece.deleted)
        return;
    const std::size_t index = m_pieces.visibleBefore(place);
    const TextBuffer::Erased gone = m_text.erase(index, length, m_deleted.units());
    m_deleted.note(piece.replica, piece.counter + place.offset, length,
                   static_cast<std::uint32_t>(gone.utf16Length));
    m_pieces.markDeleted(place, length);
    if (edits)
        appendDeletion(*edits, index, length, gone.utf16Index, gone.utf16Length);
}

void Document::deleteStretch(const VisibleStretch& stretch, TextEdits* edits) {
    if (stretch.isInOnePiece()) {
        deletePart(stretch.first(), static_cast<Counter>(stretch.length()), edits);
        return;
    }
    const std::size_t index = m_pieces.visibleBefore(stretch.first());
    const TextBuffer::Erased gone = m_text.erase(index, stretch.length(), m_deleted.units());
    erasePieces(index, stretch.length(), nullptr);
    if (edits)
        appendDeletion(*edits, index, stretch.length(), gone.utf16Index, gone.utf16Length);
}

// --- loading

void Document::load(const LoadedRun& run) {
    Piece fate;
    fate.replica = m_index.indexFor(run.first.replica);
    fate.deleted = run.text.empty();
    const std::uint64_t length = fate.deleted ? run.deletedLength : run.text.size();
    const Place at = putRun(find(run.position.parent), run.position.side, run.first, fate, length, false);
    if (!fate.deleted)
        m_text.insert(m_pieces.visibleBefore(at), run.text);
}

void Document::loadAll(const std::vector<Piece>& pieces, const std::vector<std::uint32_t>& byCounter,
                       std::string_view utf8) {
    m_pieces.assign(pieces);
    for (const Piece& piece : pieces) {
        if (piece.visible())
            m_index.expect(piece.replica, piece.length);
    }
    for (const std::uint32_t i : byCounter) {
        m_index.assignNew(pieces[i].replica, pieces[i].counter,
                          static_cast<LeafHandle>(i / PieceTree::assignedLeafPieces));
        m_elements += pieces[i].length;
    }
    m_text.assign(utf8);
}

} // namespace tandem
