// The order of text: where a new element stands among the others. The one place that knows Fugue's rules.
//
// Each element is a left or right child of its parent; the text is the in-order walk of that tree, and
// children at one side of one parent (siblings) stand in the order of their ids. Two siblings at one side are
// rare: two people must have typed at one spot without knowing of each other. Only then is anything compared.
//
// No tree is stored. Pieces carry the depth of their elements, and between the subtrees of two siblings
// stands a border. Depths, with borders between those of the parent and of the siblings, are levels. The ends
// of a subtree are then the nearest pieces of a lower level, which the PieceTree finds in O(log n), however
// deep the tree is:
// - an element has right children if and only if the piece after it has a higher level; left ones: the one
// before it;
// - the subtree of an element ends before the next piece of a lower level.
//
// Owned by Document; borrows its PieceTree and ElementIndex.
#pragma once

#include "crdt/op.h"
#include "crdt/piece_tree.h"

#include <map>
#include <set>

namespace tandem {

class PositionOrder {
public:
    using Place = PieceTree::Place;

    PositionOrder(PieceTree& tree, const ElementIndex& index) : m_tree(tree), m_index(index) {}

    bool hasRightChild(Place element) const {
        if (element.offset + 1 < m_tree.lengthAt(element))
            return true;
        const Place next = m_tree.next(element);
        return next.exists() && m_tree.levelAt(next) > m_tree.levelAt(element) + 2 * element.offset;
    }
    bool hasLeftChild(Place element) const;

    // Where a new element goes that is to come right after another one: its right child, if it has none yet;
    // else a left child of the element that comes next, deleted or not.
    struct Spot {
        Place parent;
        Side side = Side::right;
    };
    Spot after(Place element) const {
        if (!hasRightChild(element))
            return {element, Side::right};
        const bool withinPiece = element.offset + 1 < m_tree.lengthAt(element);
        return {withinPiece ? Place{element.leaf, element.slot, element.offset + 1} : m_tree.next(element),
                Side::left};
    }

    // What the first element of a piece is a child of: the depths tell. Not for the root or a border.
    Spot positionOf(Place piece) const;

    // Puts `piece`, whose first element is a child of `parent`, where it belongs, and sets its depth; cuts
    // the parent's piece where that is needed. Gives its place.
    Place insert(Place parent, Side side, Piece piece, bool isNew);

private:
    struct Siblings {
        OpId parent;
        Side side;
        friend auto operator<=>(const Siblings&, const Siblings&) = default;
    };

    Place insertAmongSiblings(Place parent, Side side, Piece piece, bool isNew);
    Place insertBefore(Place where, const Piece& piece, bool isNew);
    std::set<OpId> childrenOf(Place parent, Side side) const;
    Place placeOf(OpId element) const;
    OpId idOf(Place element) const;

    PieceTree& m_tree;
    const ElementIndex& m_index;
    // Siblings, where there are two or more and someone has asked.
    std::map<Siblings, std::set<OpId>> m_siblings;
};

} // namespace tandem
