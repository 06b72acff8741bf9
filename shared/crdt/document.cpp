#include "crdt/document.h"

#include "base/check.h"
#include "base/utf8.h"

#include <algorithm>
#include <cassert>

namespace tandem {

std::optional<Document::Place> Document::find(OpId element) const {
    if (element.isRoot())
        return Place{m_tree.first(), 0};
    const auto replica = m_index.find(element.replica);
    if (!replica)
        return std::nullopt;
    const auto entry = m_index.at(*replica, element.counter);
    if (entry == m_index.blocksOf(*replica).end())
        return std::nullopt;
    const std::uint32_t offset = element.counter - entry->first;
    if (offset >= m_tree[entry->second].length)
        return std::nullopt;
    return Place{entry->second, offset};
}

OpId Document::idOf(Place element) const {
    const Block& block = m_tree[element.block];
    return {m_index.idOf(block.replica), block.counter + element.offset};
}

OpId Document::parentOf(BlockHandle block) const {
    return {m_index.idOf(m_tree[block].parentReplica), m_tree[block].parentCounter};
}

BlockHandle Document::split(BlockHandle block, std::uint32_t offset) {
    const BlockHandle rest = m_tree.split(block, offset);
    m_index.add(m_tree[rest].replica, m_tree[rest].counter, rest);
    return rest;
}

// Is the new run's first element the next one of the run that `parent` ends?
bool Document::extendsPrevious(Place parent, OpId id) const {
    const OpId parentId = idOf(parent);
    return parentId.replica == id.replica && parentId.counter + 1 == id.counter;
}

void Document::insertRun(OpId id, OpId parentId, Side side, Piece piece, TextEdits* edits) {
    Place parent = *find(parentId);
    const bool deleted = piece.text.empty();
    const bool continues = side == Side::right && extendsPrevious(parent, id);

    if (side == Side::right && parent.offset + 1 < m_tree[parent.block].length) {
        split(parent.block, parent.offset + 1);
    } else if (side == Side::left && parent.offset > 0) {
        parent = {split(parent.block, parent.offset), 0};
    }
    m_elements += deleted ? piece.deletedLength : piece.text.size();

    BlockHandle last = parent.block;
    std::u32string_view rest = piece.text;
    std::optional<Place> firstInserted;

    // Goes into the block that it continues, as far as there is room.
    const Block& before = m_tree[parent.block];
    if (continues && before.deleted == deleted && !m_order.hasRightChild(parent)) {
        if (deleted) {
            m_tree.extendDeleted(last, piece.deletedLength);
            return;
        }
        const std::size_t taken = std::min<std::size_t>(maxBlockLength - before.length, rest.size());
        if (taken > 0) {
            firstInserted = Place{last, before.length};
            m_tree.extend(last, rest.substr(0, taken));
            rest.remove_prefix(taken);
            id.counter += static_cast<Counter>(taken);
        }
    }

    const ReplicaIndex replica = m_index.indexFor(id.replica);
    bool isFirst = !firstInserted;
    while (isFirst || !rest.empty()) {
        Block block;
        block.kind = isFirst && !continues ? Block::Kind::head : Block::Kind::continuation;
        block.replica = replica;
        block.counter = id.counter;
        block.deleted = deleted;
        if (deleted) {
            block.length = piece.deletedLength;
        } else {
            block.text = std::u32string(rest.substr(0, maxBlockLength));
            block.length = static_cast<std::uint32_t>(block.text.size());
            block.astral = static_cast<std::uint32_t>(utf16Length(block.text) - block.text.size());
            rest.remove_prefix(block.length);
        }
        if (block.kind == Block::Kind::head) {
            block.side = side;
            block.parentReplica = *m_index.find(parentId.replica);
            block.parentCounter = parentId.counter;
        }
        const std::uint32_t length = block.length;
        if (isFirst) {
            last = m_order.insert(parent, side, id, std::move(block));
            firstInserted = Place{last, 0};
            isFirst = false;
        } else {
            block.depth = m_tree[last].depth + m_tree[last].length;
            last = m_tree.insertAfter(last, std::move(block));
        }
        m_index.add(replica, id.counter, last);
        id.counter += length;
    }

    if (edits && !deleted) {
        const TextSums at = m_tree.before(*firstInserted);
        appendEdit(*edits, {at.codePoints, 0, std::u32string(piece.text), at.utf16, 0});
    }
}

void Document::deleteRange(const ElementRange& range, TextEdits* edits) {
    const ReplicaIndex replica = *m_index.find(range.first.replica);
    Counter next = range.first.counter;
    const std::uint64_t end = std::uint64_t{next} + range.length;
    while (next < end) {
        Place place = *find({range.first.replica, next});
        if (m_tree[place.block].deleted) {
            next = m_tree[place.block].endCounter();
            continue;
        }
        if (place.offset > 0)
            place = {split(place.block, place.offset), 0};
        if (m_tree[place.block].length > end - next)
            split(place.block, static_cast<std::uint32_t>(end - next));
        deleteBlock(place.block, edits);
        next = m_tree[m_index.at(replica, next)->second].endCounter();
    }
}

void Document::deleteBlock(BlockHandle block, TextEdits* edits) {
    if (edits) {
        const TextSums at = m_tree.before(block);
        const Block& gone = m_tree[block];
        appendEdit(*edits,
                   {at.codePoints, gone.length, {}, at.utf16, std::size_t{gone.length} + gone.astral});
    }
    m_tree.markDeleted(block);
    const BlockHandle left = joinDeleted(block);
    if (const BlockHandle next = m_tree.next(left); next != noBlock)
        joinDeleted(next);
}

// Joins a deleted block with the one before it, where that is its run's and deleted as well. Returns the
// block that is left.
BlockHandle Document::joinDeleted(BlockHandle block) {
    const BlockHandle previous = m_tree.previous(block);
    const Block& after = m_tree[block];
    if (previous == noBlock || after.kind != Block::Kind::continuation || !after.deleted)
        return block;
    const Block& before = m_tree[previous];
    const bool joins = before.deleted && before.kind != Block::Kind::boundary &&
                       before.replica == after.replica && before.endCounter() == after.counter;
    if (!joins)
        return block;
    const std::uint32_t length = after.length;
    m_index.remove(after.replica, after.counter);
    m_tree.erase(block);
    m_tree.extendDeleted(previous, length);
    return previous;
}

// --- invariants

void Document::checkInvariants() const {
    m_tree.checkInvariants();
    std::uint64_t elements = 0;
    std::size_t indexed = 0;
    for (BlockHandle handle = m_tree.first(); handle != noBlock; handle = m_tree.next(handle)) {
        const Block& block = m_tree[handle];
        if (block.kind == Block::Kind::boundary || block.kind == Block::Kind::root)
            continue;
        check(block.length > 0, "blocks of elements are not empty");
        elements += block.length;
        const auto entry = m_index.at(block.replica, block.counter);
        check(entry != m_index.blocksOf(block.replica).end() && entry->first == block.counter &&
                  entry->second == handle,
              "the index knows every block");
        check(m_version.covers({m_index.idOf(block.replica), block.endCounter() - 1}),
              "the version covers every element");
    }
    for (ReplicaIndex replica = 0; replica < m_index.replicaCount(); ++replica)
        indexed += m_index.blocksOf(replica).size();
    check(elements == m_elements, "the number of elements is known");
    check(indexed <= m_tree.blockCount(), "the index has no other blocks");
    checkOrder();
}

// Rebuilds Fugue's tree from the parents alone, run by run, and compares its in-order walk with the blocks.
void Document::checkOrder() const {
    struct Child {
        OpId id;
        BlockHandle block;
    };
    const auto byId = [](const Child& a, const Child& b) { return a.id < b.id; };
    std::map<std::pair<OpId, Side>, std::vector<Child>> children;
    for (BlockHandle handle = m_tree.first(); handle != noBlock; handle = m_tree.next(handle)) {
        const Block& block = m_tree[handle];
        const OpId id = idOf({handle, 0});
        if (block.kind == Block::Kind::head)
            children[{parentOf(handle), block.side}].push_back({id, handle});
        else if (block.kind == Block::Kind::continuation)
            children[{{id.replica, id.counter - 1}, Side::right}].push_back({id, handle});
    }
    for (auto& [spot, list] : children)
        std::sort(list.begin(), list.end(), byId);

    // The walk, without recursion: a stack of what is still to do, the next on top.
    struct Step {
        BlockHandle block;
        std::uint32_t offset;
        bool visit; // the element itself, else its whole subtree
        std::uint32_t depth;
    };
    std::vector<Step> steps{{m_tree.first(), 0, false, 0}};
    const auto pushChildren = [&](OpId parent, Side side, std::uint32_t depth) {
        const auto list = children.find({parent, side});
        if (list == children.end())
            return;
        for (auto child = list->second.rbegin(); child != list->second.rend(); ++child)
            steps.push_back({child->block, 0, false, depth});
    };
    BlockHandle expectedBlock = m_tree.first();
    std::uint32_t expectedOffset = 0;
    while (!steps.empty()) {
        const Step step = steps.back();
        steps.pop_back();
        const Block& block = m_tree[step.block];
        const OpId id = idOf({step.block, step.offset});
        if (!step.visit) {
            // Right children first, for they come last: those of other runs and the next element of this
            // block, in order of ids.
            const OpId inner{id.replica, id.counter + 1};
            const bool hasInner = step.offset + 1 < block.length;
            const auto list = children.find({id, Side::right});
            bool innerDone = !hasInner;
            if (list != children.end()) {
                for (auto child = list->second.rbegin(); child != list->second.rend(); ++child) {
                    if (!innerDone && child->id < inner) {
                        steps.push_back({step.block, step.offset + 1, false, step.depth + 1});
                        innerDone = true;
                    }
                    steps.push_back({child->block, 0, false, step.depth + 1});
                }
            }
            if (!innerDone)
                steps.push_back({step.block, step.offset + 1, false, step.depth + 1});
            steps.push_back({step.block, step.offset, true, step.depth});
            pushChildren(id, Side::left, step.depth + 1);
            continue;
        }
        check(step.block == expectedBlock && step.offset == expectedOffset, "the order of text is Fugue's");
        check(block.depth + step.offset == step.depth, "blocks know their depth");
        if (++expectedOffset < block.length)
            continue;
        expectedOffset = 0;
        do {
            expectedBlock = m_tree.next(expectedBlock);
        } while (expectedBlock != noBlock && m_tree[expectedBlock].kind == Block::Kind::boundary);
    }
    check(expectedBlock == noBlock, "the walk reaches every element");
}

} // namespace tandem
