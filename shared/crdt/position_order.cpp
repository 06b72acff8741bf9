#include "crdt/position_order.h"

#include <cassert>

namespace tandem {

namespace {

// Levels, as Piece::level(): of elements at a depth, and of the borders between their children.
constexpr std::uint32_t elementLevel(std::uint32_t depth) {
    return depth * 2;
}
constexpr std::uint32_t borderLevel(std::uint32_t parentDepth) {
    return parentDepth * 2 + 1;
}

Piece border(std::uint32_t parentDepth) {
    Piece piece;
    piece.depth = parentDepth;
    return piece;
}

std::uint32_t depthOf(const PieceTree& tree, PieceTree::Place element) {
    return tree.levelAt(element) / 2 + element.offset;
}

} // namespace

bool PositionOrder::hasLeftChild(Place element) const {
    if (element.offset > 0)
        return false;
    const Place previous = m_tree.previous(element);
    return previous.exists() && m_tree.piece(previous).lastLevel() > m_tree.levelAt(element);
}

OpId PositionOrder::idOf(Place element) const {
    const Piece piece = m_tree.piece(element);
    return {m_index.idOf(piece.replica), piece.counter + element.offset};
}

PositionOrder::Place PositionOrder::placeOf(OpId element) const {
    return m_tree.find(m_index.find(element.replica), element.counter);
}

// An element's parent is one less deep and stands on the side on which no other element that is less deep
// comes between. On the left it is the last of its piece, or is followed in it by the first of its right
// children.
PositionOrder::Spot PositionOrder::positionOf(Place piece) const {
    const std::uint32_t depth = m_tree.levelAt(piece) / 2 - 1;
    const Place left = m_tree.previousAtMost(piece, elementLevel(depth));
    if (left.exists()) {
        const Piece before = m_tree.piece(left);
        if (!before.isBorder() && before.lastLevel() >= elementLevel(depth))
            return {{left.leaf, left.slot, depth - before.depth}, Side::right};
    }
    return {m_tree.nextAtMost(piece, elementLevel(depth)), Side::left};
}

// The first elements of pieces just one deeper; borders stand between them.
std::set<OpId> PositionOrder::childrenOf(Place parent, Side side) const {
    const std::uint32_t depth = depthOf(m_tree, parent);
    const auto nearest = [&](Place from, std::uint32_t level) {
        return side == Side::right ? m_tree.nextAtMost(from, level) : m_tree.previousAtMost(from, level);
    };
    std::set<OpId> children;
    for (Place at = parent;;) {
        const Place child = nearest(at, elementLevel(depth + 1));
        children.insert(idOf(child));
        at = nearest(child, borderLevel(depth));
        if (!at.exists() || m_tree.levelAt(at) != borderLevel(depth))
            return children;
    }
}

PositionOrder::Place PositionOrder::insertBefore(Place where, const Piece& piece, bool isNew) {
    return m_tree.insertAfter(m_tree.previous(where), piece, isNew); // the root is before everything
}

PositionOrder::Place PositionOrder::insert(Place parent, Side side, Piece piece, bool isNew) {
    piece.depth = depthOf(m_tree, parent) + 1;
    if (side == Side::right) {
        if (!hasRightChild(parent))
            return m_tree.insertAfter(parent, piece, isNew);
        if (parent.offset + 1 < m_tree.piece(parent).length)
            m_tree.split({parent.leaf, parent.slot, 0}, parent.offset + 1);
    } else {
        if (parent.offset > 0)
            return m_tree.insertWithin(parent, piece, isNew);
        if (!hasLeftChild(parent))
            return insertBefore(parent, piece, isNew);
    }
    return insertAmongSiblings(parent, side, piece, isNew);
}

// The parent ends its piece, or begins it.
PositionOrder::Place PositionOrder::insertAmongSiblings(Place parent, Side side, Piece piece, bool isNew) {
    const std::uint32_t depth = depthOf(m_tree, parent);
    std::set<OpId>& siblings = m_siblings[Siblings{idOf(parent), side}];
    if (siblings.empty())
        siblings = childrenOf(parent, side);
    const auto place = siblings.insert({m_index.idOf(piece.replica), piece.counter}).first;

    if (place != siblings.begin()) {
        // After the subtree of the sibling before it: border, then the piece.
        const Place sibling = placeOf(*std::prev(place));
        const Place end = m_tree.nextAtMost(sibling, borderLevel(depth));
        const Place last = end.exists() ? m_tree.previous(end) : m_tree.last();
        return m_tree.insertAfter(m_tree.insertAfter(last, border(depth), false), piece, isNew);
    }
    // Before all siblings, where the subtree of the first one begins: the piece, then a border.
    Place before = parent;
    if (side == Side::left)
        before = m_tree.previousAtMost(placeOf(*std::next(place)), elementLevel(depth));
    const Place inserted = m_tree.insertAfter(before, piece, isNew);
    m_tree.insertAfter(inserted, border(depth), false);
    return inserted;
}

} // namespace tandem
