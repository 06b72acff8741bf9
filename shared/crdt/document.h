// The state of a replica: the blocks in text order, the index from ids to blocks, and the three ways in which
// they change: a run comes in, elements are deleted, blocks are cut and joined for it. Replica decides what
// may come in. Owned by Replica; lives on its thread. Invariants (checkInvariants): every element is in
// exactly one block and one entry of the index; blocks of one run that stand side by side with the same fate
// are joined up to maxBlockLength; the order is Fugue's.
#pragma once

#include "crdt/element_index.h"
#include "crdt/position_order.h"
#include "crdt/text_edit.h"
#include "crdt/version_vector.h"

#include <optional>

namespace tandem {

// More elements than this a document never holds, deleted ones included: depths and counts fit 32 bits.
constexpr std::uint64_t maxElements = 0x7FFF'FFFF;

class Document {
public:
    Document() : m_order(m_tree, m_index) {}
    Document(const Document&) = delete;
    Document& operator=(const Document&) = delete;

    using Place = TextTree::Place;

    const TextTree& tree() const { return m_tree; }
    const ElementIndex& index() const { return m_index; }
    const PositionOrder& order() const { return m_order; }
    const VersionVector& version() const { return m_version; }
    VersionVector& version() { return m_version; }
    std::uint64_t elementCount() const { return m_elements; }

    std::optional<Place> find(OpId element) const;
    OpId idOf(Place element) const;
    // The element that `block`'s first one is a child of, and the side. Precondition: a head.
    OpId parentOf(BlockHandle block) const;

    // Part of a run: elements with text, or deleted ones of which only the number is known.
    struct Piece {
        std::u32string_view text;
        std::uint32_t deletedLength = 0; // of a deleted piece, without text
    };
    // Adds a run whose first element is a child of `parent`. Preconditions: the parent is there, the ids are
    // not, the piece is not empty. Appends to `edits`, if given.
    void insertRun(OpId id, OpId parent, Side side, Piece piece, TextEdits* edits);

    // Deletes what is not deleted yet of a range. Precondition: all its elements are there.
    void deleteRange(const ElementRange& range, TextEdits* edits);

    void checkInvariants() const;

private:
    BlockHandle split(BlockHandle block, std::uint32_t offset);
    bool extendsPrevious(Place parent, OpId id) const;
    void deleteBlock(BlockHandle block, TextEdits* edits);
    BlockHandle joinDeleted(BlockHandle block);
    void checkOrder() const;

    TextTree m_tree;
    ElementIndex m_index;
    PositionOrder m_order;
    VersionVector m_version;
    std::uint64_t m_elements = 0; // without the root
};

} // namespace tandem
