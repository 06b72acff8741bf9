#include "crdt/position_order.h"

#include <cassert>

namespace tandem {

namespace {

std::uint32_t depthOf(const TextTree& tree, TextTree::Place element) {
    return tree[element.block].depth + element.offset;
}

// Levels, as Block::level(): of elements at a depth, and of the boundaries between their children.
constexpr std::uint32_t elementLevel(std::uint32_t depth) {
    return depth * 2;
}
constexpr std::uint32_t boundaryLevel(std::uint32_t parentDepth) {
    return parentDepth * 2 + 1;
}

Block boundary(std::uint32_t parentDepth) {
    Block block;
    block.kind = Block::Kind::boundary;
    block.depth = parentDepth;
    return block;
}

} // namespace

bool PositionOrder::hasRightChild(TextTree::Place element) const {
    if (element.offset + 1 < m_tree[element.block].length)
        return true;
    const BlockHandle next = m_tree.next(element.block);
    return next != noBlock && m_tree[next].level() > elementLevel(depthOf(m_tree, element));
}

bool PositionOrder::hasLeftChild(BlockHandle block) const {
    const BlockHandle previous = m_tree.previous(block);
    return previous != noBlock && m_tree[previous].lastLevel() > m_tree[block].level();
}

OpId PositionOrder::idOf(TextTree::Place element) const {
    const Block& block = m_tree[element.block];
    return {m_index.idOf(block.replica), block.counter + element.offset};
}

BlockHandle PositionOrder::blockOf(OpId element) const {
    const auto entry = m_index.at(*m_index.find(element.replica), element.counter);
    return entry->second;
}

// The block whose first element is the one child that `parent` has at that side: the nearest that is just one
// deeper.
BlockHandle PositionOrder::onlyChild(TextTree::Place parent, Side side) const {
    const std::uint32_t level = elementLevel(depthOf(m_tree, parent) + 1);
    return side == Side::right ? m_tree.nextAtMost(parent.block, level)
                               : m_tree.previousAtMost(parent.block, level);
}

BlockHandle PositionOrder::insert(TextTree::Place parent, Side side, OpId id, Block block) {
    const std::uint32_t depth = depthOf(m_tree, parent);
    block.depth = depth + 1;
    if (side == Side::right) {
        assert(parent.offset + 1 == m_tree[parent.block].length);
        if (!hasRightChild(parent))
            return m_tree.insertAfter(parent.block, std::move(block));
    } else {
        assert(parent.offset == 0);
        if (!hasLeftChild(parent.block))
            return m_tree.insertBefore(parent.block, std::move(block));
    }
    return insertAmongSiblings(parent, side, id, std::move(block));
}

BlockHandle PositionOrder::insertAmongSiblings(TextTree::Place parent, Side side, OpId id, Block block) {
    const std::uint32_t depth = depthOf(m_tree, parent);
    std::set<OpId>& siblings = m_siblings[Spot{idOf(parent), side}];
    if (siblings.empty())
        siblings.insert(idOf({onlyChild(parent, side), 0}));
    const auto place = siblings.insert(id).first;

    if (place != siblings.begin()) {
        // After the subtree of the sibling before it.
        const BlockHandle end = m_tree.nextAtMost(blockOf(*std::prev(place)), boundaryLevel(depth));
        const BlockHandle inserted = m_tree.insertBefore(end, std::move(block));
        m_tree.insertBefore(inserted, boundary(depth));
        return inserted;
    }
    // Before all siblings: where the subtree of the first one begins.
    BlockHandle before = parent.block;
    if (side == Side::left)
        before = m_tree.previousAtMost(blockOf(*std::next(place)), elementLevel(depth));
    const BlockHandle inserted = m_tree.insertAfter(before, std::move(block));
    m_tree.insertAfter(inserted, boundary(depth));
    return inserted;
}

} // namespace tandem
