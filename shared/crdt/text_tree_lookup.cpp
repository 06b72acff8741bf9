// The reading half of TextTree: places, sums, levels, and the walk that checks it all.
#include "base/check.h"
#include "base/utf8.h"
#include "crdt/text_tree.h"

#include <algorithm>
#include <cassert>

namespace tandem {

namespace {

// UTF-16 units of the first `offset` elements of a visible block.
std::size_t utf16Before(const Block& block, std::uint32_t offset) {
    if (block.astral == 0)
        return offset;
    return utf16Length(std::u32string_view(block.text).substr(0, offset));
}

} // namespace

// --- looking things up

TextTree::Place TextTree::atIndex(std::size_t index) const {
    assert(index < total().codePoints);
    const Node* node = &m_nodes[m_root];
    while (!node->leaf) {
        std::size_t i = 0;
        while (index >= m_nodes[node->items[i]].sums.codePoints)
            index -= m_nodes[node->items[i++]].sums.codePoints;
        node = &m_nodes[node->items[i]];
    }
    std::size_t i = 0;
    while (index >= sumsOf(m_slots[node->items[i]].block).codePoints)
        index -= sumsOf(m_slots[node->items[i++]].block).codePoints;
    return {node->items[i], static_cast<std::uint32_t>(index)};
}

TextTree::Place TextTree::atUtf16(std::size_t offset) const {
    assert(offset < total().utf16);
    const Node* node = &m_nodes[m_root];
    while (!node->leaf) {
        std::size_t i = 0;
        while (offset >= m_nodes[node->items[i]].sums.utf16)
            offset -= m_nodes[node->items[i++]].sums.utf16;
        node = &m_nodes[node->items[i]];
    }
    std::size_t i = 0;
    while (offset >= sumsOf(m_slots[node->items[i]].block).utf16)
        offset -= sumsOf(m_slots[node->items[i++]].block).utf16;

    const Block& block = m_slots[node->items[i]].block;
    auto element = static_cast<std::uint32_t>(offset);
    if (block.astral > 0) {
        element = 0;
        while (offset >= utf16Length(block.text[element]))
            offset -= utf16Length(block.text[element++]);
    }
    return {node->items[i], element};
}

TextSums TextTree::before(BlockHandle block) const {
    TextSums sums;
    NodeHandle child = m_slots[block].leaf;
    const Node& leaf = m_nodes[child];
    for (std::size_t i = 0; leaf.items[i] != block; ++i)
        sums += sumsOf(m_slots[leaf.items[i]].block);
    for (NodeHandle parent = leaf.parent; parent != noNode; parent = m_nodes[parent].parent) {
        for (std::size_t i = 0; m_nodes[parent].items[i] != child; ++i)
            sums += m_nodes[m_nodes[parent].items[i]].sums;
        child = parent;
    }
    return sums;
}

TextSums TextTree::before(Place place) const {
    TextSums sums = before(place.block);
    const Block& block = m_slots[place.block].block;
    if (block.visible())
        sums += {place.offset, utf16Before(block, place.offset)};
    return sums;
}

std::uint32_t TextTree::minLevelOf(const Node& node, std::size_t position) const {
    const std::uint32_t item = node.items[position];
    return node.leaf ? m_slots[item].block.level() : m_nodes[item].minLevel;
}

BlockHandle TextTree::firstAtMost(NodeHandle handle, std::uint32_t level) const {
    for (;;) {
        const Node& node = m_nodes[handle];
        std::size_t i = 0;
        while (minLevelOf(node, i) > level)
            ++i;
        if (node.leaf)
            return node.items[i];
        handle = node.items[i];
    }
}

BlockHandle TextTree::lastAtMost(NodeHandle handle, std::uint32_t level) const {
    for (;;) {
        const Node& node = m_nodes[handle];
        std::size_t i = node.count - 1u;
        while (minLevelOf(node, i) > level)
            --i;
        if (node.leaf)
            return node.items[i];
        handle = node.items[i];
    }
}

BlockHandle TextTree::nextAtMost(BlockHandle block, std::uint32_t level) const {
    std::uint32_t item = block;
    for (NodeHandle handle = m_slots[block].leaf; handle != noNode; handle = m_nodes[handle].parent) {
        const Node& node = m_nodes[handle];
        for (std::size_t i = positionIn(node, item) + 1; i < node.count; ++i) {
            if (minLevelOf(node, i) <= level)
                return node.leaf ? node.items[i] : firstAtMost(node.items[i], level);
        }
        item = handle;
    }
    return noBlock;
}

BlockHandle TextTree::previousAtMost(BlockHandle block, std::uint32_t level) const {
    std::uint32_t item = block;
    for (NodeHandle handle = m_slots[block].leaf; handle != noNode; handle = m_nodes[handle].parent) {
        const Node& node = m_nodes[handle];
        for (std::size_t i = positionIn(node, item); i-- > 0;) {
            if (minLevelOf(node, i) <= level)
                return node.leaf ? node.items[i] : lastAtMost(node.items[i], level);
        }
        item = handle;
    }
    return noBlock;
}

// --- invariants

void TextTree::checkInvariants() const {
    std::vector<NodeHandle> pending{m_root};
    std::size_t blocks = 0;
    while (!pending.empty()) {
        const NodeHandle handle = pending.back();
        pending.pop_back();
        const Node& node = m_nodes[handle];
        check(node.count > 0 && node.count <= fanout, "a node has 1 to fanout children");
        TextSums sums;
        std::uint32_t minLevel = std::numeric_limits<std::uint32_t>::max();
        for (std::size_t i = 0; i < node.count; ++i) {
            const std::uint32_t item = node.items[i];
            minLevel = std::min(minLevel, minLevelOf(node, i));
            if (node.leaf) {
                const Block& block = m_slots[item].block;
                check(m_slots[item].leaf == handle, "a block knows its leaf");
                check(block.text.size() == (block.visible() ? block.length : 0),
                      "a block's text is as long as it");
                check(block.astral == utf16Length(block.text) - block.text.size(),
                      "a block counts its astral elements");
                check(!block.visible() || block.length <= maxBlockLength, "blocks with text are bounded");
                sums += sumsOf(block);
                ++blocks;
            } else {
                check(m_nodes[item].parent == handle, "a node knows its parent");
                sums += m_nodes[item].sums;
                pending.push_back(item);
            }
        }
        check(sums == node.sums, "a node's sums are those of its children");
        check(minLevel == node.minLevel, "a node's smallest level is that of its children");
    }
    check(blocks == m_blockCount, "every block is in the tree");
}

} // namespace tandem
