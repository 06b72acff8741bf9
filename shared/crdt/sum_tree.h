// The upper part of a B+-tree: a sequence of leaves, which someone else keeps, with a summary of each, found
// by what the summaries before add up to. Summaries stand beside the child they tell of, so a search reads
// one node a level. Owned by PieceTree and by TextBuffer. Leaves are numbers from newLeaf(); a removed one is
// used again.
//
// A Summary has `add(const Summary&)`, which joins it with that of the next leaf. Invariant: a node's entry
// is the joined summaries of all leaves below, but for what the owner has not told yet. Costs: O(log n) each;
// next() and previous() O(1).
#pragma once

#include <array>
#include <cassert>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace tandem {

#ifndef TANDEM_TREE_FANOUT
#define TANDEM_TREE_FANOUT 32
#endif

using LeafHandle = std::uint32_t;
constexpr LeafHandle noLeaf = std::numeric_limits<LeafHandle>::max();

template <typename Summary>
class SumTree {
public:
    // Holds one leaf, 0, with an empty summary.
    SumTree() {
        m_root = newNode(true);
        const LeafHandle leaf = newLeaf();
        m_nodes[m_root].count = 1;
        m_nodes[m_root].sums[0] = Summary{};
        place(m_root, 0, leaf);
    }

    LeafHandle first() const { return m_first; }
    LeafHandle last() const { return m_last; }
    LeafHandle next(LeafHandle leaf) const { return m_leaves[leaf].next; }
    LeafHandle previous(LeafHandle leaf) const { return m_leaves[leaf].previous; }
    std::size_t leafSlots() const { return m_leaves.size(); }

    // Of all leaves.
    Summary total() const { return sumOf(m_root); }
    Summary sumOfLeaf(LeafHandle leaf) const {
        const Spot at = m_leaves[leaf].spot;
        return m_nodes[at.node].sums[at.slot];
    }

    // Calls `change(Summary&)` for the leaf's entry and for those above it: for what adds up.
    template <typename Change>
    void change(LeafHandle leaf, Change&& change) {
        for (Spot at = m_leaves[leaf].spot; at.node != noNode; at = m_nodes[at.node].spot)
            change(m_nodes[at.node].sums[at.slot]);
    }

    // A new summary of a leaf, for what does not simply add up.
    void replace(LeafHandle leaf, const Summary& summary) {
        Summary sum = summary;
        for (Spot at = m_leaves[leaf].spot; at.node != noNode; at = m_nodes[at.node].spot) {
            m_nodes[at.node].sums[at.slot] = sum;
            sum = sumOf(at.node);
        }
    }

    // The same of two leaves, the second right behind the first: what is above both is summed up once.
    void replace(LeafHandle leaf, const Summary& summary, LeafHandle behind, const Summary& behindSummary) {
        const Spot at = m_leaves[leaf].spot;
        const Spot next = m_leaves[behind].spot;
        m_nodes[next.node].sums[next.slot] = behindSummary;
        if (next.node != at.node)
            refreshUpFrom(next.node);
        m_nodes[at.node].sums[at.slot] = summary;
        refreshUpFrom(at.node);
    }

    // A leaf after `where`, with its summary.
    LeafHandle insertAfter(LeafHandle where, const Summary& summary) {
        const LeafHandle leaf = newLeaf();
        link(leaf, where);
        const Spot at = m_leaves[where].spot;
        insertChild(at.node, at.slot + 1, leaf, summary);
        return leaf;
    }

    // Precondition: it is not the only one.
    void remove(LeafHandle leaf) {
        unlink(leaf);
        Spot at = m_leaves[leaf].spot;
        m_freeLeaves.push_back(leaf);
        for (;;) {
            removeChild(at);
            if (m_nodes[at.node].count > 0 || at.node == m_root)
                break;
            m_freeNodes.push_back(at.node);
            at = m_nodes[at.node].spot;
        }
        refreshUpFrom(at.node);
        while (!m_nodes[m_root].overLeaves && m_nodes[m_root].count == 1) {
            m_freeNodes.push_back(m_root);
            m_root = m_nodes[m_root].children[0];
            m_nodes[m_root].spot = {};
        }
    }

    // All leaves anew, in order, with their summaries: node upon node, nothing searched. Leaves are 0, 1, ...
    void assign(const std::vector<Summary>& summaries) {
        assert(!summaries.empty());
        *this = SumTree();
        m_leaves.assign(summaries.size(), {});
        for (LeafHandle leaf = 0; leaf < m_leaves.size(); ++leaf) {
            m_leaves[leaf].previous = leaf == 0 ? noLeaf : leaf - 1;
            m_leaves[leaf].next = leaf + 1 == m_leaves.size() ? noLeaf : leaf + 1;
        }
        m_last = static_cast<LeafHandle>(m_leaves.size() - 1);
        m_nodes.clear();
        std::vector<std::uint32_t> level(summaries.size());
        for (std::uint32_t i = 0; i < level.size(); ++i)
            level[i] = i;
        std::vector<Summary> sums = summaries;
        for (bool overLeaves = true;; overLeaves = false) {
            std::vector<std::uint32_t> upper;
            std::vector<Summary> upperSums;
            for (std::size_t done = 0; done < level.size();) {
                // What is left is shared evenly by two where it is less than two nodes' full.
                const std::size_t left = level.size() - done;
                const std::size_t taken = left <= fanout ? left : left < 2 * fanout ? left / 2 : fanout;
                const NodeHandle handle = newNode(overLeaves);
                Node& node = m_nodes[handle];
                node.count = static_cast<std::uint16_t>(taken);
                for (std::size_t i = 0; i < taken; ++i) {
                    node.sums[i] = sums[done + i];
                    place(handle, i, level[done + i]);
                }
                done += taken;
                upper.push_back(handle);
                upperSums.push_back(sumOf(handle));
            }
            if (upper.size() == 1) {
                m_root = upper.front();
                return;
            }
            level = std::move(upper);
            sums = std::move(upperSums);
        }
    }

    // The joined summary of all leaves before `leaf`.
    Summary before(LeafHandle leaf) const {
        Summary sum{};
        for (Spot at = m_leaves[leaf].spot; at.node != noNode; at = m_nodes[at.node].spot) {
            for (std::size_t i = 0; i < at.slot; ++i)
                sum.add(m_nodes[at.node].sums[i]);
        }
        return sum;
    }

    // The leaf in which a place lies, counted by `amount(Summary)`; `rest` becomes the place within it. A
    // place at the very end is in the last leaf.
    template <typename Amount>
    LeafHandle find(std::size_t& rest, Amount&& amount) const {
        // Without a way out of the loops, which no one could foresee: as many children are passed as end at
        // or before the place. Free slots add nothing.
        std::uint32_t at = m_root;
        for (;;) {
            const Node& node = m_nodes[at];
            std::size_t passed = 0; // children
            std::size_t before = 0; // what they add up to
            std::size_t sum = 0;
            for (std::size_t group = 0; group + groupSize < fanout; group += groupSize) {
                for (std::size_t i = 0; i < groupSize; ++i)
                    sum += amount(node.sums[group + i]);
                const std::size_t isPassed = sum <= rest ? 1 : 0;
                passed += isPassed * groupSize;
                before += (sum - before) * isPassed;
            }
            sum = before;
            for (std::size_t i = 0, group = passed; i < groupSize; ++i) {
                sum += amount(node.sums[group + i]);
                const std::size_t isPassed = sum <= rest ? 1 : 0;
                passed += isPassed;
                before += (sum - before) * isPassed;
            }
            if (passed >= node.count) { // the very end
                passed = node.count - 1u;
                before = sum - amount(node.sums[passed]);
            }
            rest -= before;
            at = node.children[passed];
            if (node.overLeaves)
                return at;
        }
    }

    // The nearest leaf after `leaf` whose summary fulfils `test`, which holds for a joined summary if and
    // only if it does for one of the joined.
    template <typename Test>
    LeafHandle nextWhere(LeafHandle leaf, Test&& test) const {
        for (Spot at = m_leaves[leaf].spot; at.node != noNode; at = m_nodes[at.node].spot) {
            const Node& node = m_nodes[at.node];
            for (std::size_t i = std::size_t{at.slot} + 1; i < node.count; ++i) {
                if (!test(node.sums[i]))
                    continue;
                return descend(node, i, [&test](const Node& below) {
                    std::size_t k = 0;
                    while (!test(below.sums[k]))
                        ++k;
                    return k;
                });
            }
        }
        return noLeaf;
    }

    template <typename Test>
    LeafHandle previousWhere(LeafHandle leaf, Test&& test) const {
        for (Spot at = m_leaves[leaf].spot; at.node != noNode; at = m_nodes[at.node].spot) {
            const Node& node = m_nodes[at.node];
            for (std::size_t i = std::size_t{at.slot}; i-- > 0;) {
                if (!test(node.sums[i]))
                    continue;
                return descend(node, i, [&test](const Node& below) {
                    std::size_t k = below.count - 1u;
                    while (!test(below.sums[k]))
                        --k;
                    return k;
                });
            }
        }
        return noLeaf;
    }

    // Asserts the structure, and that entries are the joined ones of what is below; `leaf(LeafHandle,
    // Summary)` is called for each leaf, in order.
    template <typename Check, typename Leaf>
    void checkInvariants(Check&& check, Leaf&& leaf) const {
        std::vector<NodeHandle> pending{m_root};
        LeafHandle expected = m_first;
        while (!pending.empty()) {
            const NodeHandle handle = pending.back();
            pending.pop_back();
            const Node& node = m_nodes[handle];
            check(node.count > 0 && node.count <= fanout, "a node has 1 to fanout children");
            for (std::size_t i = node.count; i < fanout; ++i)
                check(node.sums[i] == Summary{}, "free slots of a node add nothing");
            for (std::size_t i = node.count; i-- > 0;) {
                if (node.overLeaves)
                    continue;
                const Spot& spot = m_nodes[node.children[i]].spot;
                check(spot.node == handle && spot.slot == i, "a node knows its place");
                check(sumOf(node.children[i]) == node.sums[i], "a node's entry sums up what is below");
                pending.push_back(node.children[i]);
            }
            if (!node.overLeaves)
                continue;
            for (std::size_t i = 0; i < node.count; ++i) {
                check(node.children[i] == expected, "leaves are linked in order");
                const Spot& spot = m_leaves[expected].spot;
                check(spot.node == handle && spot.slot == i, "a leaf knows its place");
                leaf(expected, node.sums[i]);
                expected = m_leaves[expected].next;
            }
        }
        check(expected == noLeaf, "every leaf is in the tree");
    }

private:
    using NodeHandle = std::uint32_t;
    static constexpr NodeHandle noNode = std::numeric_limits<NodeHandle>::max();
    static constexpr std::size_t fanout = TANDEM_TREE_FANOUT;
    static constexpr std::size_t groupSize = fanout < 8 ? fanout : 8;
    static_assert(fanout % groupSize == 0, "groups are whole");
    static_assert(fanout >= 4, "half a node has two children, else the tree would be a list");

    // The parent, and where among its children.
    struct Spot {
        NodeHandle node = noNode;
        std::uint32_t slot = 0;
    };
    struct LeafLinks {
        Spot spot;
        LeafHandle next = noLeaf;
        LeafHandle previous = noLeaf;
    };
    struct Node {
        Spot spot;
        std::uint16_t count = 0;
        bool overLeaves = true;
        std::array<std::uint32_t, fanout> children;
        std::array<Summary, fanout> sums; // of what is not there: Summary{}
    };

    Summary sumOf(NodeHandle handle) const {
        Summary sum{};
        for (const Summary& part : m_nodes[handle].sums) // of what is not there as well: it adds nothing
            sum.add(part);
        return sum;
    }

    template <typename Choose>
    LeafHandle descend(const Node& from, std::size_t slot, Choose&& choose) const {
        const Node* node = &from;
        while (!node->overLeaves) {
            node = &m_nodes[node->children[slot]];
            slot = choose(*node);
        }
        return node->children[slot];
    }

    void place(NodeHandle parent, std::size_t slot, std::uint32_t child) {
        Node& node = m_nodes[parent];
        node.children[slot] = child;
        (node.overLeaves ? m_leaves[child].spot : m_nodes[child].spot) = {parent,
                                                                          static_cast<std::uint32_t>(slot)};
    }

    LeafHandle newLeaf() {
        if (m_freeLeaves.empty()) {
            m_leaves.emplace_back();
            return static_cast<LeafHandle>(m_leaves.size() - 1);
        }
        const LeafHandle leaf = m_freeLeaves.back();
        m_freeLeaves.pop_back();
        m_leaves[leaf] = {};
        return leaf;
    }

    NodeHandle newNode(bool overLeaves) {
        NodeHandle handle;
        if (m_freeNodes.empty()) {
            handle = static_cast<NodeHandle>(m_nodes.size());
            m_nodes.emplace_back();
        } else {
            handle = m_freeNodes.back();
            m_freeNodes.pop_back();
        }
        m_nodes[handle].spot = {};
        m_nodes[handle].count = 0;
        m_nodes[handle].overLeaves = overLeaves;
        m_nodes[handle].sums.fill(Summary{});
        return handle;
    }

    void link(LeafHandle leaf, LeafHandle where) {
        const LeafHandle after = m_leaves[where].next;
        m_leaves[leaf].previous = where;
        m_leaves[leaf].next = after;
        m_leaves[where].next = leaf;
        (after == noLeaf ? m_last : m_leaves[after].previous) = leaf;
    }

    void unlink(LeafHandle leaf) {
        const LeafLinks links = m_leaves[leaf];
        (links.previous == noLeaf ? m_first : m_leaves[links.previous].next) = links.next;
        (links.next == noLeaf ? m_last : m_leaves[links.next].previous) = links.previous;
    }

    // Puts a child into a node, which may split; entries above grow by its summary.
    void insertChild(NodeHandle handle, std::size_t slot, std::uint32_t child, const Summary& summary) {
        if (m_nodes[handle].count == fanout) {
            const NodeHandle right = splitNode(handle);
            const std::size_t kept = m_nodes[handle].count;
            if (slot > kept) {
                handle = right;
                slot -= kept;
            }
        }
        Node& node = m_nodes[handle];
        for (std::size_t i = node.count; i > slot; --i) {
            node.sums[i] = node.sums[i - 1];
            place(handle, i, node.children[i - 1]);
        }
        node.sums[slot] = summary;
        place(handle, slot, child);
        ++node.count;
        if (!(summary == Summary{})) // it would add nothing
            refreshUpFrom(handle);
    }

    void removeChild(Spot at) {
        Node& node = m_nodes[at.node];
        for (std::size_t i = at.slot + 1; i < node.count; ++i) {
            node.sums[i - 1] = node.sums[i];
            place(at.node, i - 1, node.children[i]);
        }
        node.sums[--node.count] = Summary{};
    }

    // Moves the upper half of a full node to a new one at its right, which is returned.
    NodeHandle splitNode(NodeHandle handle) {
        if (handle == m_root) {
            m_root = newNode(false);
            Node& top = m_nodes[m_root];
            top.count = 1;
            top.sums[0] = sumOf(handle);
            place(m_root, 0, handle);
        }
        const NodeHandle right = newNode(m_nodes[handle].overLeaves);
        Node& from = m_nodes[handle];
        Node& to = m_nodes[right];
        const std::size_t keep = fanout - fanout / 2;
        for (std::size_t i = keep; i < fanout; ++i) {
            to.sums[i - keep] = std::exchange(from.sums[i], Summary{});
            place(right, i - keep, from.children[i]);
        }
        to.count = static_cast<std::uint16_t>(fanout - keep);
        from.count = static_cast<std::uint16_t>(keep);
        const Spot at = from.spot;
        m_nodes[at.node].sums[at.slot] = sumOf(handle);
        insertChild(at.node, at.slot + 1, right, sumOf(right));
        return right;
    }

    void refreshUpFrom(NodeHandle handle) {
        for (NodeHandle node = handle; m_nodes[node].spot.node != noNode; node = m_nodes[node].spot.node) {
            const Spot at = m_nodes[node].spot;
            m_nodes[at.node].sums[at.slot] = sumOf(node);
        }
    }

    std::vector<LeafLinks> m_leaves;
    std::vector<LeafHandle> m_freeLeaves;
    std::vector<Node> m_nodes;
    std::vector<NodeHandle> m_freeNodes;
    NodeHandle m_root = 0;
    LeafHandle m_first = 0;
    LeafHandle m_last = 0;
};

} // namespace tandem
