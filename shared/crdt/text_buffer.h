// The text that is shown: UTF-16 units in chunks, each with a gap where it was last edited, below a SumTree
// that counts code points and units. Knows nothing of who wrote what. Owned by Document; lives on its thread.
// Indexes count elements, which are code points.
//
// The chunk of the last edit or question is remembered, with what it has not told the tree yet: typing on
// costs no search. Costs: O(log n) for n chunks, and at most a chunk moved; O(1) where the last one was.
#pragma once

#include "crdt/sum_tree.h"
#include "crdt/text_chunk.h"

#include <memory>
#include <string>
#include <string_view>

namespace tandem {

class TextBuffer {
public:
    TextBuffer();

    TextSums total() const {
        TextSums total = m_told;
        total.add(m_cursor.untold());
        return total;
    }

    // Each gives the UTF-16 offset of its index. Preconditions: within the text, scalar values.
    std::size_t insert(std::size_t index, std::u32string_view text);
    std::size_t insert(std::size_t index, std::u16string_view units);
    // Puts text in place of elements, and appends the units of what goes away to `erased`. Preconditions as
    // above.
    void replace(std::size_t index, std::size_t count, std::u32string_view text, UnitLog& erased);
    // One unit where the last one was put or taken away, without a search; `utf16Index` becomes its offset.
    // False: it goes elsewhere. Precondition: no surrogate.
    bool typeOn(std::size_t index, char16_t unit, std::size_t& utf16Index);
    // So many may come there one after another, at gap(); takeFromGap() takes them in.
    std::uint32_t roomAtGap(std::size_t index) const {
        const TextChunk& at = *m_cursor.chunk;
        const bool isHere = index == std::size_t{m_cursor.before.codePoints} + at.front && at.pairs == 0;
        return isHere ? static_cast<std::uint32_t>(at.room()) : 0;
    }
    char16_t* gap() { return m_cursor.chunk->units.data() + m_cursor.chunk->front; }
    void takeFromGap(std::uint32_t count) {
        m_cursor.chunk->front = static_cast<std::uint16_t>(m_cursor.chunk->front + count);
    }
    // The other way: takes the unit at `index` away, if it stands right before the gap, or right behind it.
    bool eraseBefore(std::size_t index, char16_t& unit);
    bool eraseBehind(std::size_t index, char16_t& unit);
    // The offset of the gap where the last edit was. Precondition: no surrogate pairs are in its chunk.
    std::size_t utf16OfGap() const { return std::size_t{m_cursor.before.utf16} + m_cursor.chunk->front; }
    // Appends the units of what goes away to `erased`.
    struct Erased {
        std::size_t utf16Index = 0;
        std::size_t utf16Length = 0;
    };
    Erased erase(std::size_t index, std::size_t count, UnitLog& erased);

    // The chunk of an element that is to be edited becomes the cursor's, and its memory is asked for.
    void approach(std::size_t index) const {
        seek(index);
        __builtin_prefetch(&m_cursor.chunk->front);
    }

    // Replaces everything. Precondition: valid UTF-8, `codePoints` of them.
    void assign(std::string_view utf8);

    std::size_t utf16OfIndex(std::size_t index) const;
    // An offset within a surrogate pair gives the element's index.
    std::size_t indexOfUtf16(std::size_t offset) const;

    void append(std::size_t index, std::size_t count, std::u32string& out) const;
    std::string utf8() const;

    // A measure of memory, for tests. O(chunks).
    std::size_t chunkCount() const;
    void checkInvariants() const;

private:
    static constexpr std::size_t capacity = TextChunk::capacity;

    // The remembered chunk, and what is before it.
    struct Cursor {
        TextChunk* chunk = nullptr; // of the leaf
        LeafHandle leaf = 0;
        TextSums before;
        TextSums told; // what the tree knows of the chunk

        TextSums untold() const { return minus(chunk->sums(), told); }
    };

    TextChunk& chunk(LeafHandle leaf) const { return *m_chunks[leaf]; }
    // Precondition: the tree knows of the cursor's chunk, or that has gone.
    void setCursor(LeafHandle leaf, TextSums before) const;
    // The chunk of an element becomes the cursor's; an index at a border gives the earlier one.
    void seek(std::size_t index) const {
        const std::size_t from = m_cursor.before.codePoints;
        const std::size_t first = from > 0 ? from + 1 : 0; // the first chunk begins with nothing
        if (index - first > from + m_cursor.chunk->codePoints() - first)
            seekElsewhere(index);
    }
    void seekElsewhere(std::size_t index) const;
    void seekLeaf(LeafHandle leaf, TextSums before) const;
    void seekLeaf(LeafHandle leaf) const;
    void flush() const;
    std::size_t insertUnits(std::size_t offset, std::u16string_view units);
    void makeRoom(std::size_t& offset, std::size_t units);
    void splitChunk(std::size_t offset);
    void moveTail(std::size_t offset, LeafHandle next);
    void giveAway();
    void removeChunk();

    mutable SumTree<TextSums> m_tree;
    std::vector<std::unique_ptr<TextChunk>> m_chunks; // by leaf
    mutable Cursor m_cursor;
    mutable TextSums m_told; // in all, without what the tree does not know yet
};

inline bool TextBuffer::typeOn(std::size_t index, char16_t unit, std::size_t& utf16Index) {
    TextChunk& at = *m_cursor.chunk;
    if (index != std::size_t{m_cursor.before.codePoints} + at.front || at.pairs > 0 || at.room() == 0)
        return false;
    utf16Index = std::size_t{m_cursor.before.utf16} + at.front;
    at.units[at.front++] = unit;
    return true;
}

inline bool TextBuffer::eraseBefore(std::size_t index, char16_t& unit) {
    TextChunk& at = *m_cursor.chunk;
    if (index + 1 != std::size_t{m_cursor.before.codePoints} + at.front || at.front == 0 || at.pairs > 0 ||
        at.length() == 1)
        return false;
    unit = at.units[--at.front];
    return true;
}

inline bool TextBuffer::eraseBehind(std::size_t index, char16_t& unit) {
    TextChunk& at = *m_cursor.chunk;
    if (index != std::size_t{m_cursor.before.codePoints} + at.front || at.back == 0 || at.pairs > 0 ||
        at.length() == 1)
        return false;
    unit = at.units[capacity - at.back--];
    return true;
}

} // namespace tandem
