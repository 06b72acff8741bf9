// The structure of a snapshot, format 2: pieces in text order as columns, so that equal things stand together
// and compress well. For snapshot.cpp.
//
// The text is the in-order walk of Fugue's tree, so a piece needs no parent: each depth that a piece skips on
// its way down from the one before must come later, as an ancestor of it on its right; a piece that goes up
// is always the deepest of those that are still to come. What can be written is a tree, whatever the bytes.
#pragma once

#include "base/byte_reader.h"
#include "base/byte_writer.h"
#include "crdt/piece_tree.h"

#include <optional>

namespace tandem {

// A head and what continues it, by the heads' order in the text.
using RunNumber = std::uint32_t;

// Turns depths in text order into steps, and back: both ends walk the same way.
class DepthWalk {
public:
    // Steps of elements: 0 goes up to the deepest that is still to come; n goes down by n from the piece
    // before, or from a border to one of its children. Of borders: 0, between left children of the deepest
    // that is to come; n goes up by n from the piece before, between right children.
    std::uint32_t stepTo(std::uint32_t depth, bool isBorder) const;
    // Nothing: no such step can be made here.
    std::optional<std::uint32_t> depthAfter(std::uint32_t step, bool isBorder) const;

    // Goes to a piece. Precondition: depthAfter() gave its depth, or it is one of a document's.
    void enter(std::uint32_t depth, std::uint32_t length);

    bool afterBorder() const { return m_afterBorder; }
    std::uint32_t lastDepth() const { return m_last; }
    // Nothing is still to come.
    bool isComplete() const { return m_missing.empty() && !m_afterBorder; }

private:
    struct Range {
        std::uint32_t first = 0;
        std::uint32_t last = 0;
    };

    std::vector<Range> m_missing; // depths that are still to come, the deepest last
    std::uint32_t m_last = 0;     // of the last element, or of a border
    bool m_afterBorder = false;
};

// The runs on the way from the root to the piece that was entered last, as far as they came before it.
class RunPath {
public:
    // An element of a run.
    struct Element {
        RunNumber run = 0;
        std::uint32_t offset = 0;
    };

    // The element on the way at a depth, of which the next piece there is a right child; nothing: it is a
    // left child. `cut` first.
    std::optional<Element> at(std::uint32_t depth) const;
    // Leaves what is deeper than `depth`.
    void cut(std::uint32_t depth);
    // A piece whose first element is at `depth`, after cut(depth - 1).
    void enter(Element first, std::uint32_t depth, std::uint32_t length);

private:
    struct Stretch {
        Element first;
        std::uint32_t depth = 0;
        std::uint32_t length = 0;
    };

    std::vector<Stretch> m_stretches;
};

} // namespace tandem
