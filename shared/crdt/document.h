// The state of a replica: the pieces in text order, the index from ids to them, the text that is shown and
// the text that was deleted, and the ways in which they change: a run comes in, elements are deleted. Replica
// decides what may come in. Owned by Replica; lives on its thread. Invariants (checkInvariants): every
// element is in exactly one piece, which the index finds; the text is as long as the pieces say; the order is
// Fugue's.
#pragma once

#include "base/utf8.h"
#include "crdt/deleted_text.h"
#include "crdt/element_index.h"
#include "crdt/local_edit.h"
#include "crdt/position_order.h"
#include "crdt/text_buffer.h"
#include "crdt/text_edit.h"
#include "crdt/version_vector.h"
#include "crdt/visible_stretch.h"

namespace tandem {

// More elements than this a document never holds, deleted ones included: depths and counts fit 31 bits.
constexpr std::uint64_t maxElements = 0x3FFF'FFFF;

// Elements of one replica that stand together in the text: one, the top, and all below it in Fugue's tree.
struct Subtree {
    std::vector<Piece> pieces;       // in text order, without borders; depths count from the top's
    std::vector<std::uint32_t> runs; // of each piece: runs have successive numbers, in the order of counters
    std::size_t top = 0;             // the piece that begins with it
    std::u16string text;             // of the visible ones

    // The places of the pieces in the order of their counters.
    std::vector<std::uint32_t> byCounter() const;
};

class Document {
public:
    Document() : m_pieces(m_index), m_order(m_pieces, m_index) {}
    Document(const Document&) = delete;
    Document& operator=(const Document&) = delete;

    using Place = PieceTree::Place;

    const PieceTree& pieces() const { return m_pieces; }
    const ElementIndex& index() const { return m_index; }
    const PositionOrder& order() const { return m_order; }
    const TextBuffer& text() const { return m_text; }
    const DeletedText& deletedText() const { return m_deleted; }
    DeletedText::Mark markDeletions() { return m_deleted.mark(); }
    void goOnBehind(Document& earlier) { m_deleted.goOnBehind(earlier.m_deleted); }
    const VersionVector& version() const { return m_version; }
    // A change is in: `replica` has used its counters up to `through`.
    void advance(ReplicaId replica, Counter through) {
        m_countersUsed += through - m_version.highest(replica);
        m_version.advance(replica, through);
    }
    std::uint64_t countersUsed() const { return m_countersUsed; }
    std::uint64_t elementCount() const { return m_elements; }

    // A place that does not exist when the element is not here.
    Place find(OpId element) const;
    // How many elements with successive counters stand in one piece from this one on; 0: it is not here.
    Counter lengthFrom(OpId element) const {
        const Place place = find(element);
        return place.exists() ? m_pieces.piece(place).length - place.offset : 0;
    }
    OpId idOf(Place element) const {
        return {m_index.idOf(m_pieces.replicaAt(element)), m_pieces.counterAt(element)};
    }
    // The visible element before `index`, or the root.
    Place leftOf(std::size_t index) const {
        return index == 0 ? m_pieces.first() : m_pieces.atIndex(index - 1);
    }

    // What an insertion names: the position of its first element.
    struct Position {
        OpId parent;
        Side side = Side::right;
    };
    // Where an insertion right after an element goes, deleted or not.
    Position positionAfter(Place element) const;
    // Of the first element of a piece that is no border; not for the root.
    Position positionOf(Place piece) const;

    // --- a key where the last one was: nearly every edit

    struct TextPlace {
        std::size_t index = 0;
        std::size_t utf16Index = 0;
    };
    // Adds an element that goes on with the run of the last edit, and its text. False: it is not that, or
    // would not stand at `wanted`, if given; nothing has happened. Preconditions: the id is its replica's
    // next one, the element of the basic plane.
    bool typeOn(OpId id, char32_t c, TextPlace& place, std::size_t wanted = PieceTree::nowhere);

    // Keys typed one after another only come into the text's gap, once expectKeys() has found how many may
    // come, and what else they change is changed when they end, by settle(): nothing but these two, version()
    // and countersUsed() may be asked before. Each gives what its key needs; false as above.
    void expectKeys(ReplicaId author, std::size_t index);
    bool typeAgain(ReplicaId author, std::size_t index, char32_t c, Counter& counter) {
        if (author != m_keys.author || index != m_keys.place.index + m_keys.count || !takeKey(c))
            return false;
        counter = *m_keys.used;
        return true;
    }
    // The same by id.
    bool typeNext(OpId id, char32_t c, TextPlace& place) {
        place = {m_keys.place.index + m_keys.count, m_keys.place.utf16Index + m_keys.count};
        return m_keys.count != m_keys.room && id.replica == m_keys.author && id.counter == *m_keys.used + 1 &&
               takeKey(c);
    }
    void settle() {
        if (m_keys.room > 0)
            settleKeys();
    }

    // Deletes the element at an index where the last edit was, a letter that was typed there before the ones
    // just deleted, or after them: what nearly every backspace does, or delete key. Gives what that names,
    // and puts its text last in the log. False as above.
    bool eraseOn(std::size_t index, ElementRange& named);
    // The same by element; gives where it was.
    bool eraseOn(OpId element, TextPlace& place);

    // --- local edits: by index

    // Puts text in place of elements; `made`, which knows its first id, learns what that names. The ids of
    // what comes are its replica's next ones.
    void replaceAt(std::size_t index, std::size_t count, std::u32string_view text, LocalEdit& made);
    // What deleting elements would name.
    void appendRanges(std::size_t index, std::size_t count, std::vector<ElementRange>& ranges) const;

    // --- others' edits: by element

    // Adds a run whose first element is a child of `parent`. Preconditions: the parent is here, the ids are
    // its replica's next ones, the text is not empty. Appends to `edits`, if given.
    void insertRun(OpId first, Position position, std::u32string_view text, TextEdits* edits) {
        const TextPlace at = insertRun(first, find(position.parent), position.side, text);
        if (edits)
            appendInsertion(*edits, at.index, at.utf16Index, text);
    }
    // The same without an edit; gives where it is.
    TextPlace insertRun(OpId first, Place parent, Side side, std::u32string_view text);
    // Adds a subtree whose top is a child of `position`. Preconditions as above; the text of what comes in
    // deleted is added apart. `isLast`: no other elements have counters above the top's.
    void insertSubtree(ReplicaId replica, Position position, Subtree subtree, bool isLast, TextEdits* edits);
    // Deletes what is not deleted yet of a range. Precondition: all its elements are here.
    void deleteRange(const ElementRange& range, TextEdits* edits);
    void deleteStretch(const VisibleStretch& stretch, TextEdits* edits);

    // --- loading

    // Adds a run like insertRun(), or deleted elements of which only the number is known; ids may be any that
    // are not here.
    struct LoadedRun {
        OpId first;
        Position position;
        std::u32string_view text;
        std::uint32_t deletedLength = 0; // without text
    };
    void load(const LoadedRun& run);
    // All of an empty document: pieces in order, the root's first; all replicas of the index are known.
    // `byCounter` tells how to go through the pieces so that each replica's come in the order of their
    // counters.
    void loadAll(const std::vector<Piece>& pieces, const std::vector<std::uint32_t>& byCounter,
                 std::string_view utf8);
    ReplicaIndex indexFor(ReplicaId replica) { return m_index.indexFor(replica); }
    void addDeletedText(ReplicaIndex replica, Counter first, Counter length, std::u16string_view units) {
        m_deleted.units().append(units);
        m_deleted.note(replica, first, length, static_cast<std::uint32_t>(units.size()));
    }
    void checkInvariants() const;

private:
    // What is known of the place of the next key, and how many have come there that are not settled.
    struct Keys {
        ReplicaId author = 0;
        TextPlace place; // of the first
        char16_t* units = nullptr;
        Counter* used = nullptr; // by the author, in the version
        std::uint32_t room = 0;
        std::uint32_t count = 0;
    };

    bool takeKey(char32_t c) {
        if (m_keys.count == m_keys.room || c >= 0xD800)
            return false;
        m_keys.units[m_keys.count++] = static_cast<char16_t>(c);
        ++*m_keys.used;
        ++m_countersUsed;
        return true;
    }
    void settleKeys();
    void deletePart(Place place, Counter length, TextEdits* edits);
    void erasePieces(std::size_t index, std::size_t count, ElementRanges* ranges);
    void putNext(std::size_t index, OpId first, std::size_t length, LocalEdit& made);
    Place putRun(Place parent, Side side, OpId first, Piece fate, std::uint64_t length, bool isNew);
    void checkOrder() const;

    ElementIndex m_index;
    PieceTree m_pieces;
    PositionOrder m_order;
    TextBuffer m_text;
    DeletedText m_deleted;
    VersionVector m_version;
    Keys m_keys;
    std::uint64_t m_elements = 0;     // without the root
    std::uint64_t m_countersUsed = 0; // of all replicas
};

inline void Document::expectKeys(ReplicaId author, std::size_t index) {
    Counter* const used = m_version.recent(author);
    const std::uint32_t room = std::min(m_pieces.roomAtEnd(index), m_text.roomAtGap(index));
    if (used && m_elements + room <= maxElements && std::uint64_t{*used} + room < maxCounter)
        m_keys = {author, {index, m_text.utf16OfGap()}, m_text.gap(), used, room, 0};
}

[[gnu::always_inline]] inline bool Document::eraseOn(std::size_t index, ElementRange& named) {
    const PieceTree::Border border = m_pieces.borderAt(index);
    if (border == PieceTree::Border::none)
        return false;
    char16_t unit = 0;
    if (!(border == PieceTree::Border::behind ? m_text.eraseBefore(index, unit)
                                              : m_text.eraseBehind(index, unit)))
        return false;
    const ReplicaIndex replica = m_pieces.replicaAtCursor();
    named = {{m_index.idOf(replica), m_pieces.moveBorder(border)}, 1};
    m_deleted.add(replica, named.first.counter, unit);
    return true;
}

inline bool Document::eraseOn(OpId element, TextPlace& place) {
    const ReplicaIndex replica = m_index.find(element.replica);
    if (replica == noReplica)
        return false;
    place.index = m_pieces.indexAtCursor(replica, element.counter);
    ElementRange named;
    if (place.index == PieceTree::nowhere || !eraseOn(place.index, named))
        return false;
    place.utf16Index = m_text.utf16OfGap();
    return true;
}

inline bool Document::typeOn(OpId id, char32_t c, TextPlace& place, std::size_t wanted) {
    const ReplicaIndex replica = m_index.find(id.replica);
    if (replica == noReplica)
        return false;
    place.index = m_pieces.indexAfterRun(replica, id.counter);
    if (place.index == PieceTree::nowhere || (wanted != PieceTree::nowhere && place.index != wanted) ||
        !m_text.typeOn(place.index, static_cast<char16_t>(c), place.utf16Index))
        return false;
    m_pieces.extendRun(1);
    ++m_elements;
    return true;
}

} // namespace tandem
