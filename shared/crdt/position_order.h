// The order of text: where a new element stands among the others. The one place that knows Fugue's rules.
//
// Each element is a left or right child of its parent; the text is the in-order walk of that tree, and
// children at one side of one parent (siblings) stand in the order of their ids. Two siblings at one side are
// rare: two people must have typed at one spot without knowing of each other. Only then is anything compared.
//
// No tree is stored. Blocks carry the depth of their elements, and between the subtrees of two siblings
// stands a boundary block. Depths, with boundaries between those of the parent and of the siblings, are
// levels. The borders of a subtree are then the nearest blocks of a lower level, which the TextTree finds in
// O(log n), however deep the tree is:
// - an element has right children if and only if the block after it has a higher level; left ones: the one
// before it;
// - the subtree of an element ends before the next block of a lower level.
//
// Owned by Document; borrows its TextTree and ElementIndex.
#pragma once

#include "crdt/element_index.h"
#include "crdt/text_tree.h"

#include <map>
#include <set>

namespace tandem {

class PositionOrder {
public:
    PositionOrder(TextTree& tree, const ElementIndex& index) : m_tree(tree), m_index(index) {}

    // The element must end its block, or be followed in it by its own right child.
    bool hasRightChild(TextTree::Place element) const;
    // Of a block's first element; those within a run have none.
    bool hasLeftChild(BlockHandle block) const;

    // Puts `block`, whose first element `id` is a child of `parent`, where it belongs, and sets its depth.
    // The parent ends its block when the side is right, and begins it when the side is left: the caller
    // splits blocks.
    BlockHandle insert(TextTree::Place parent, Side side, OpId id, Block block);

private:
    struct Spot {
        OpId parent;
        Side side;
        friend auto operator<=>(const Spot&, const Spot&) = default;
    };

    BlockHandle insertAmongSiblings(TextTree::Place parent, Side side, OpId id, Block block);
    BlockHandle onlyChild(TextTree::Place parent, Side side) const;
    BlockHandle blockOf(OpId element) const;
    OpId idOf(TextTree::Place element) const;

    TextTree& m_tree;
    const ElementIndex& m_index;
    // Siblings, where there are two or more.
    std::map<Spot, std::set<OpId>> m_siblings;
};

} // namespace tandem
