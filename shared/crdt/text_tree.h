// The blocks of a document in text order, in a B+-tree whose nodes sum up what is below them. Knows lengths
// and depths, nothing of who wrote what or why a block stands where it does. Owned by Document. Block handles
// stay valid until erase(). Invariants (checkInvariants): a node's sums are those of its children, its
// minLevel the smallest level below it. Costs: O(log n) each, for n blocks; next() and previous() are O(1).
#pragma once

#include "crdt/op.h"

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace tandem {

#ifndef TANDEM_TREE_FANOUT
#define TANDEM_TREE_FANOUT 32
#endif
#ifndef TANDEM_BLOCK_LENGTH
#define TANDEM_BLOCK_LENGTH 1024
#endif

// Elements of a block with text are at most this many, so that splitting one has a bound.
constexpr std::uint32_t maxBlockLength = TANDEM_BLOCK_LENGTH;

using BlockHandle = std::uint32_t;
constexpr BlockHandle noBlock = std::numeric_limits<BlockHandle>::max();

// A replica's number within one document, in the order in which they were first seen. 0 is the root's.
using ReplicaIndex = std::uint32_t;

// Elements with successive counters that stand together in the text, each the right child of the one before.
struct Block {
    enum class Kind : std::uint8_t {
        root,         // the sentinel before everything, one deleted element
        head,         // begins with an element that names its parent
        continuation, // begins with the right child of the element with the preceding counter
        boundary,     // no element: the border between two siblings' subtrees, see position_order.h
    };

    Kind kind = Kind::head;
    bool deleted = false;
    Side side = Side::right; // of a head
    ReplicaIndex replica = 0;
    Counter counter = 0;            // of the first element
    std::uint32_t length = 0;       // elements; 0 for a boundary
    std::uint32_t depth = 0;        // of the first element in Fugue's tree; the next ones are each one deeper
    std::uint32_t astral = 0;       // elements that take two UTF-16 units
    ReplicaIndex parentReplica = 0; // of a head
    Counter parentCounter = 0;      // of a head
    std::u32string text;            // empty when deleted

    bool visible() const { return !deleted && kind != Kind::boundary; }
    // Where the block stands between the levels of the tree: elements at twice their depth, a boundary, whose
    // depth is that of the siblings' parent, between the parent and the siblings.
    std::uint32_t level() const { return depth * 2 + (kind == Kind::boundary ? 1 : 0); }
    std::uint32_t lastLevel() const { return level() + (length == 0 ? 0 : 2 * (length - 1)); }
    Counter endCounter() const { return counter + length; }
};

// Of visible elements.
struct TextSums {
    std::size_t codePoints = 0;
    std::size_t utf16 = 0;

    TextSums& operator+=(const TextSums& other);
    TextSums& operator-=(const TextSums& other);
    friend bool operator==(const TextSums&, const TextSums&) = default;
};

class TextTree {
public:
    // An element: a block and an offset into it.
    struct Place {
        BlockHandle block = noBlock;
        std::uint32_t offset = 0;
    };

    // Holds the root block, which is never erased.
    TextTree();

    const Block& operator[](BlockHandle block) const { return m_slots[block].block; }
    TextSums total() const { return m_nodes[m_root].sums; }
    std::size_t blockCount() const { return m_blockCount; }

    BlockHandle first() const { return m_firstBlock; }
    BlockHandle next(BlockHandle block) const;
    BlockHandle previous(BlockHandle block) const;

    BlockHandle insertAfter(BlockHandle where, Block block);
    // noBlock: at the end of the text.
    BlockHandle insertBefore(BlockHandle where, Block block);
    void erase(BlockHandle block);

    // Cuts a block before `offset`; the second part, a continuation, stands right after it and is returned.
    // Precondition: 0 < offset < length.
    BlockHandle split(BlockHandle block, std::uint32_t offset);
    // Adds elements to the end of a visible block.
    void extend(BlockHandle block, std::u32string_view text);
    // Adds elements to the end of a deleted block.
    void extendDeleted(BlockHandle block, std::uint32_t length);
    void markDeleted(BlockHandle block);

    // The visible element at an index. Precondition: index < total().codePoints.
    Place atIndex(std::size_t index) const;
    // The visible element that holds a UTF-16 unit. Precondition: offset < total().utf16.
    Place atUtf16(std::size_t offset) const;
    // What stands before a block, and before an element.
    TextSums before(BlockHandle block) const;
    TextSums before(Place place) const;

    // The nearest block after or before `block` whose level is at most `level`; noBlock when there is none.
    BlockHandle nextAtMost(BlockHandle block, std::uint32_t level) const;
    BlockHandle previousAtMost(BlockHandle block, std::uint32_t level) const;

    void checkInvariants() const;

private:
    using NodeHandle = std::uint32_t;
    static constexpr NodeHandle noNode = std::numeric_limits<NodeHandle>::max();
    static constexpr std::size_t fanout = TANDEM_TREE_FANOUT;

    struct Slot {
        Block block;
        NodeHandle leaf = noNode;
    };
    struct Node {
        NodeHandle parent = noNode;
        NodeHandle nextLeaf = noNode;
        NodeHandle previousLeaf = noNode;
        std::uint32_t minLevel = std::numeric_limits<std::uint32_t>::max();
        std::uint16_t count = 0;
        bool leaf = true;
        std::array<std::uint32_t, fanout> items{}; // blocks of a leaf, else nodes
        TextSums sums;
    };

    static TextSums sumsOf(const Block& block);
    NodeHandle newNode(bool leaf);
    BlockHandle newBlock(Block block);
    std::size_t positionIn(const Node& node, std::uint32_t item) const;
    BlockHandle insertAt(NodeHandle leaf, std::size_t position, Block block);
    void insertItem(NodeHandle node, std::size_t position, std::uint32_t item);
    NodeHandle splitNode(NodeHandle node);
    void removeItem(NodeHandle node, std::uint32_t item);
    void refresh(NodeHandle node);
    void refreshUpFrom(NodeHandle node);
    void addAbove(NodeHandle node, const TextSums& sums, std::uint32_t level);
    void subtractAbove(NodeHandle node, const TextSums& sums);
    std::uint32_t minLevelOf(const Node& node, std::size_t position) const;
    BlockHandle firstAtMost(NodeHandle node, std::uint32_t level) const;
    BlockHandle lastAtMost(NodeHandle node, std::uint32_t level) const;

    std::vector<Slot> m_slots;
    std::vector<BlockHandle> m_freeSlots;
    std::vector<Node> m_nodes;
    std::vector<NodeHandle> m_freeNodes;
    NodeHandle m_root = 0;
    BlockHandle m_firstBlock = 0;
    std::size_t m_blockCount = 0;
};

} // namespace tandem
