#include "crdt/text_tree.h"

#include "base/utf8.h"

#include <algorithm>
#include <cassert>

namespace tandem {

namespace {

std::uint32_t astralCount(std::u32string_view text) {
    return static_cast<std::uint32_t>(utf16Length(text) - text.size());
}

} // namespace

TextSums& TextSums::operator+=(const TextSums& other) {
    codePoints += other.codePoints;
    utf16 += other.utf16;
    return *this;
}

TextSums& TextSums::operator-=(const TextSums& other) {
    codePoints -= other.codePoints;
    utf16 -= other.utf16;
    return *this;
}

TextTree::TextTree() {
    m_root = newNode(true);
    Block root;
    root.kind = Block::Kind::root;
    root.deleted = true;
    root.length = 1;
    m_firstBlock = insertAt(m_root, 0, std::move(root));
}

TextSums TextTree::sumsOf(const Block& block) {
    if (!block.visible())
        return {};
    return {block.length, std::size_t{block.length} + block.astral};
}

TextTree::NodeHandle TextTree::newNode(bool leaf) {
    NodeHandle handle;
    if (m_freeNodes.empty()) {
        handle = static_cast<NodeHandle>(m_nodes.size());
        m_nodes.emplace_back();
    } else {
        handle = m_freeNodes.back();
        m_freeNodes.pop_back();
        m_nodes[handle] = Node{};
    }
    m_nodes[handle].leaf = leaf;
    return handle;
}

BlockHandle TextTree::newBlock(Block block) {
    ++m_blockCount;
    if (m_freeSlots.empty()) {
        m_slots.push_back({std::move(block), noNode});
        return static_cast<BlockHandle>(m_slots.size() - 1);
    }
    const BlockHandle handle = m_freeSlots.back();
    m_freeSlots.pop_back();
    m_slots[handle] = {std::move(block), noNode};
    return handle;
}

std::size_t TextTree::positionIn(const Node& node, std::uint32_t item) const {
    const auto begin = node.items.begin();
    const auto found = std::find(begin, begin + node.count, item);
    assert(found != begin + node.count);
    return static_cast<std::size_t>(found - begin);
}

BlockHandle TextTree::next(BlockHandle block) const {
    const Node& leaf = m_nodes[m_slots[block].leaf];
    const std::size_t position = positionIn(leaf, block) + 1;
    if (position < leaf.count)
        return leaf.items[position];
    return leaf.nextLeaf == noNode ? noBlock : m_nodes[leaf.nextLeaf].items[0];
}

BlockHandle TextTree::previous(BlockHandle block) const {
    const Node& leaf = m_nodes[m_slots[block].leaf];
    const std::size_t position = positionIn(leaf, block);
    if (position > 0)
        return leaf.items[position - 1];
    if (leaf.previousLeaf == noNode)
        return noBlock;
    const Node& before = m_nodes[leaf.previousLeaf];
    return before.items[before.count - 1u];
}

// --- structure

BlockHandle TextTree::insertAfter(BlockHandle where, Block block) {
    const NodeHandle leaf = m_slots[where].leaf;
    return insertAt(leaf, positionIn(m_nodes[leaf], where) + 1, std::move(block));
}

BlockHandle TextTree::insertBefore(BlockHandle where, Block block) {
    if (where != noBlock) {
        const NodeHandle leaf = m_slots[where].leaf;
        return insertAt(leaf, positionIn(m_nodes[leaf], where), std::move(block));
    }
    NodeHandle last = m_root;
    while (!m_nodes[last].leaf)
        last = m_nodes[last].items[m_nodes[last].count - 1u];
    return insertAt(last, m_nodes[last].count, std::move(block));
}

BlockHandle TextTree::insertAt(NodeHandle leaf, std::size_t position, Block block) {
    const TextSums sums = sumsOf(block);
    const std::uint32_t level = block.level();
    const BlockHandle handle = newBlock(std::move(block));
    insertItem(leaf, position, handle);
    addAbove(m_slots[handle].leaf, sums, level);
    return handle;
}

// Puts an item into a node, which may split; its sums are the caller's to add.
void TextTree::insertItem(NodeHandle node, std::size_t position, std::uint32_t item) {
    if (m_nodes[node].count == fanout) {
        const NodeHandle right = splitNode(node);
        const std::size_t left = m_nodes[node].count;
        if (position > left) {
            node = right;
            position -= left;
        }
    }
    Node& target = m_nodes[node];
    const auto at = target.items.begin() + static_cast<std::ptrdiff_t>(position);
    std::move_backward(at, target.items.begin() + target.count, target.items.begin() + target.count + 1);
    *at = item;
    ++target.count;
    if (target.leaf)
        m_slots[item].leaf = node;
    else
        m_nodes[item].parent = node;
}

// Moves the upper half of a full node to a new one at its right, which is returned.
TextTree::NodeHandle TextTree::splitNode(NodeHandle node) {
    if (node == m_root) {
        const NodeHandle top = newNode(false);
        m_root = top;
        insertItem(top, 0, node);
        m_nodes[top].sums = m_nodes[node].sums;
        m_nodes[top].minLevel = m_nodes[node].minLevel;
    }
    const NodeHandle right = newNode(m_nodes[node].leaf);
    const std::size_t keep = fanout - fanout / 2;
    for (std::size_t i = keep; i < fanout; ++i) {
        const std::uint32_t item = m_nodes[node].items[i];
        m_nodes[right].items[i - keep] = item;
        if (m_nodes[node].leaf)
            m_slots[item].leaf = right;
        else
            m_nodes[item].parent = right;
    }
    m_nodes[right].count = static_cast<std::uint16_t>(fanout - keep);
    m_nodes[node].count = static_cast<std::uint16_t>(keep);
    if (m_nodes[node].leaf) {
        m_nodes[right].nextLeaf = m_nodes[node].nextLeaf;
        m_nodes[right].previousLeaf = node;
        if (m_nodes[node].nextLeaf != noNode)
            m_nodes[m_nodes[node].nextLeaf].previousLeaf = right;
        m_nodes[node].nextLeaf = right;
    }
    refresh(node);
    refresh(right);
    const NodeHandle parent = m_nodes[node].parent;
    insertItem(parent, positionIn(m_nodes[parent], node) + 1, right);
    // Ancestors that were split on the way were summed up without the new node.
    refreshUpFrom(m_nodes[node].parent);
    refreshUpFrom(m_nodes[right].parent);
    return right;
}

void TextTree::removeItem(NodeHandle node, std::uint32_t item) {
    Node& from = m_nodes[node];
    const auto at = from.items.begin() + static_cast<std::ptrdiff_t>(positionIn(from, item));
    std::move(at + 1, from.items.begin() + from.count, at);
    --from.count;
    if (from.count > 0 || node == m_root)
        return;
    if (from.leaf) {
        if (from.previousLeaf != noNode)
            m_nodes[from.previousLeaf].nextLeaf = from.nextLeaf;
        if (from.nextLeaf != noNode)
            m_nodes[from.nextLeaf].previousLeaf = from.previousLeaf;
    }
    const NodeHandle parent = from.parent;
    m_freeNodes.push_back(node);
    removeItem(parent, node);
}

void TextTree::erase(BlockHandle block) {
    assert(block != m_firstBlock);
    const NodeHandle leaf = m_slots[block].leaf;
    // Refreshed afterwards: the path from the nearest node that is left.
    NodeHandle node = leaf;
    while (m_nodes[node].count == 1 && m_nodes[node].parent != noNode)
        node = m_nodes[node].parent;
    removeItem(leaf, block);
    refreshUpFrom(node);
    m_slots[block] = Slot{};
    m_freeSlots.push_back(block);
    --m_blockCount;
}

void TextTree::refresh(NodeHandle handle) {
    Node& node = m_nodes[handle];
    node.sums = {};
    node.minLevel = std::numeric_limits<std::uint32_t>::max();
    for (std::size_t i = 0; i < node.count; ++i) {
        node.sums += node.leaf ? sumsOf(m_slots[node.items[i]].block) : m_nodes[node.items[i]].sums;
        node.minLevel = std::min(node.minLevel, minLevelOf(node, i));
    }
}

void TextTree::refreshUpFrom(NodeHandle node) {
    for (; node != noNode; node = m_nodes[node].parent)
        refresh(node);
}

void TextTree::addAbove(NodeHandle node, const TextSums& sums, std::uint32_t level) {
    for (; node != noNode; node = m_nodes[node].parent) {
        m_nodes[node].sums += sums;
        m_nodes[node].minLevel = std::min(m_nodes[node].minLevel, level);
    }
}

void TextTree::subtractAbove(NodeHandle node, const TextSums& sums) {
    for (; node != noNode; node = m_nodes[node].parent)
        m_nodes[node].sums -= sums;
}

// --- changes of blocks

BlockHandle TextTree::split(BlockHandle handle, std::uint32_t offset) {
    Block& block = m_slots[handle].block;
    assert(offset > 0 && offset < block.length);
    Block rest;
    rest.kind = Block::Kind::continuation;
    rest.deleted = block.deleted;
    rest.replica = block.replica;
    rest.counter = block.counter + offset;
    rest.length = block.length - offset;
    rest.depth = block.depth + offset;

    const TextSums whole = sumsOf(block);
    if (!block.deleted) {
        rest.text = block.text.substr(offset);
        if (block.astral > 0)
            rest.astral = astralCount(rest.text);
        block.text.resize(offset);
    }
    block.astral -= rest.astral;
    block.length = offset;
    TextSums moved = whole;
    moved -= sumsOf(block);
    subtractAbove(m_slots[handle].leaf, moved);
    return insertAfter(handle, std::move(rest));
}

void TextTree::extend(BlockHandle handle, std::u32string_view text) {
    Block& block = m_slots[handle].block;
    assert(block.visible() && block.length + text.size() <= maxBlockLength);
    const std::uint32_t astral = astralCount(text);
    block.text += text;
    block.length += static_cast<std::uint32_t>(text.size());
    block.astral += astral;
    addAbove(m_slots[handle].leaf, {text.size(), text.size() + astral}, block.level());
}

void TextTree::extendDeleted(BlockHandle handle, std::uint32_t length) {
    Block& block = m_slots[handle].block;
    assert(block.deleted);
    block.length += length;
}

void TextTree::markDeleted(BlockHandle handle) {
    Block& block = m_slots[handle].block;
    assert(block.visible());
    subtractAbove(m_slots[handle].leaf, sumsOf(block));
    block.deleted = true;
    block.astral = 0;
    block.text = {};
}

} // namespace tandem
