#include "crdt/text_buffer.h"

#include "base/check.h"
#include "base/utf8.h"

#include <algorithm>
#include <cstring>

namespace tandem {

// --- the cursor

TextBuffer::TextBuffer() {
    m_chunks.push_back(std::unique_ptr<TextChunk>(new TextChunk));
    setCursor(m_tree.first(), {});
}

void TextBuffer::flush() const {
    const TextSums untold = m_cursor.untold();
    if (untold == TextSums{})
        return;
    m_tree.change(m_cursor.leaf, [&untold](TextSums& sums) { sums.add(untold); });
    m_told.add(untold);
    m_cursor.told.add(untold);
}

void TextBuffer::setCursor(LeafHandle leaf, TextSums before) const {
    TextChunk& at = chunk(leaf);
    m_cursor = {&at, leaf, before, at.sums()};
}

void TextBuffer::seekLeaf(LeafHandle leaf, TextSums before) const {
    flush();
    setCursor(leaf, before);
}

void TextBuffer::seekLeaf(LeafHandle leaf) const {
    seekLeaf(leaf, m_tree.before(leaf));
}

void TextBuffer::seekElsewhere(std::size_t index) const {
    flush();
    const std::size_t element = index == 0 ? 0 : index - 1;
    // More often than not it is one of the neighbours.
    const bool isBehind = element >= m_cursor.before.codePoints;
    const LeafHandle beside = isBehind ? m_tree.next(m_cursor.leaf) : m_tree.previous(m_cursor.leaf);
    if (beside != noLeaf) {
        const TextSums length = chunk(beside).sums();
        TextSums sums = m_cursor.before;
        sums.add(isBehind ? m_cursor.chunk->sums() : minus({}, length));
        if (static_cast<std::uint32_t>(element) - sums.codePoints < length.codePoints) {
            setCursor(beside, sums);
            return;
        }
    }
    std::size_t rest = element;
    const LeafHandle found = m_tree.find(rest, [](const TextSums& sums) { return sums.codePoints; });
    if (m_told.codePoints != m_told.utf16) {
        seekLeaf(found);
        return;
    }
    const auto before = static_cast<std::uint32_t>(element - rest);
    setCursor(found, {before, before});
}

// --- edits

std::size_t TextBuffer::insert(std::size_t index, std::u32string_view text) {
    assert(index <= total().codePoints);
    seek(index);
    std::size_t offset = m_cursor.chunk->offsetOf(index - m_cursor.before.codePoints);
    const std::size_t utf16Index = m_cursor.before.utf16 + offset;
    std::array<char16_t, 512> units;
    while (!text.empty()) {
        makeRoom(offset, utf16Length(text.front()));
        TextChunk& at = *m_cursor.chunk;
        std::u32string_view some = text.substr(0, at.room());
        if (isInBasicPlane(some)) {
            if (at.front != offset)
                at.moveGap(offset);
            putUnits(at.units.data() + at.front, some);
            at.front = static_cast<std::uint16_t>(at.front + some.size());
            offset = at.front;
        } else {
            some = text.substr(0, units.size() / 2);
            offset = insertUnits(offset, {units.data(), putUtf16(units.data(), some)});
        }
        text.remove_prefix(some.size());
    }
    return utf16Index;
}

std::size_t TextBuffer::insert(std::size_t index, std::u16string_view units) {
    assert(index <= total().codePoints);
    seek(index);
    const std::size_t offset = m_cursor.chunk->offsetOf(index - m_cursor.before.codePoints);
    const std::size_t utf16Index = m_cursor.before.utf16 + offset;
    insertUnits(offset, units);
    return utf16Index;
}

// At an offset of the cursor's chunk; where it is too small, in new ones behind it. Gives the offset behind
// it, in what is the cursor's chunk then.
std::size_t TextBuffer::insertUnits(std::size_t offset, std::u16string_view units) {
    while (!units.empty()) {
        makeRoom(offset, isHighSurrogate(units.front()) ? 2 : 1);
        TextChunk& at = *m_cursor.chunk;
        at.moveGap(offset);
        std::u16string_view some = units.substr(0, at.room());
        if (isHighSurrogate(some.back()))
            some.remove_suffix(1); // the other half would be in another chunk
        units.remove_prefix(some.size());
        std::memcpy(at.units.data() + at.front, some.data(), some.size() * sizeof(char16_t));
        const auto pairs =
            static_cast<std::uint16_t>(std::count_if(some.begin(), some.end(), isHighSurrogate));
        at.pairs = static_cast<std::uint16_t>(at.pairs + pairs);
        at.front = static_cast<std::uint16_t>(at.front + some.size());
        offset = at.front;
    }
    return offset;
}

// Makes room for so many units, one or two, at an offset of the cursor's chunk, which may then be one of the
// next.
void TextBuffer::makeRoom(std::size_t& offset, std::size_t units) {
    if (m_cursor.chunk->room() >= units)
        return;
    splitChunk(offset);
    const TextChunk& at = *m_cursor.chunk;
    if (at.room() >= units)
        return;
    offset -= at.length();
    const TextSums before = m_cursor.before;
    const TextSums here = at.sums();
    seekLeaf(m_tree.next(m_cursor.leaf), {before.codePoints + here.codePoints, before.utf16 + here.utf16});
}

// Moves what is behind `offset` of the cursor's chunk, which is full, to the next one, or to a new one where
// that has no room; half of it where that would be all or nearly nothing.
void TextBuffer::splitChunk(std::size_t offset) {
    flush();
    const TextChunk& from = *m_cursor.chunk;
    std::size_t at = offset == from.length() ? offset : std::max(offset, from.length() / 2);
    if (at > 0 && at < from.length() && isHighSurrogate(from.at(at - 1)))
        --at; // never at the offset itself, which is between elements
    LeafHandle next = m_tree.next(m_cursor.leaf);
    if (next == noLeaf || chunk(next).length() + (from.length() - at) + 2 >
                              capacity - capacity / 4) { // a pair must fit as well
        next = m_tree.insertAfter(m_cursor.leaf, {});
        if (next >= m_chunks.size())
            m_chunks.resize(next + 1);
        m_chunks[next] = std::unique_ptr<TextChunk>(new TextChunk);
    }
    moveTail(at, next);
}

// Moves what is behind `offset` of the cursor's chunk to the front of the next one, which has room.
void TextBuffer::moveTail(std::size_t offset, LeafHandle next) {
    TextChunk& from = *m_cursor.chunk;
    TextChunk& to = chunk(next);
    from.moveGap(offset);
    to.moveGap(0);
    const char16_t* moved = from.units.data() + capacity - from.back;
    std::memcpy(to.units.data(), moved, from.back * sizeof(char16_t));
    if (from.pairs > 0) {
        const auto pairs =
            static_cast<std::uint16_t>(std::count_if(moved, moved + from.back, isHighSurrogate));
        to.pairs = static_cast<std::uint16_t>(to.pairs + pairs);
        from.pairs = static_cast<std::uint16_t>(from.pairs - pairs);
    }
    to.front = from.back;
    from.back = 0;
    m_tree.replace(m_cursor.leaf, from.sums(), next, to.sums());
    m_cursor.told = from.sums();
}

void TextBuffer::replace(std::size_t index, std::size_t count, std::u32string_view text, UnitLog& erased) {
    seek(index + (count > 0 ? 1 : 0));
    TextChunk& at = *m_cursor.chunk;
    const std::size_t offset = index - m_cursor.before.codePoints;
    const std::size_t length = at.length();
    // Nearly always it is one of a chunk.
    const bool isWithin =
        (at.pairs == 0) & (count <= length - offset) & (length - count + text.size() - 1 < capacity);
    if (!isWithin || !isInBasicPlane(text)) {
        if (count > 0)
            erase(index, count, erased);
        if (!text.empty())
            insert(index, text);
        return;
    }
    if (count > 0)
        at.takeOut(offset, offset + count, erased);
    else if (at.front != offset)
        at.moveGap(offset);
    putUnits(at.units.data() + at.front, text);
    at.front = static_cast<std::uint16_t>(at.front + text.size());
    if (count > text.size())
        giveAway();
}

TextBuffer::Erased TextBuffer::erase(std::size_t index, std::size_t count, UnitLog& erased) {
    assert(index + count <= total().codePoints);
    Erased gone;
    bool first = true;
    while (count > 0) {
        seek(index + 1); // the chunk of the first element that goes
        TextChunk& at = *m_cursor.chunk;
        const std::size_t element = index - m_cursor.before.codePoints;
        const std::size_t taken = std::min<std::size_t>(count, at.sums().codePoints - element);
        const std::size_t start = at.offsetOf(element);
        const std::size_t end = at.behind(start, taken);
        if (first)
            gone.utf16Index = m_cursor.before.utf16 + start;
        first = false;
        at.takeOut(start, end, erased);
        const TextSums sums{static_cast<std::uint32_t>(taken), static_cast<std::uint32_t>(end - start)};
        at.pairs = static_cast<std::uint16_t>(at.pairs - (sums.utf16 - sums.codePoints));
        gone.utf16Length += sums.utf16;
        count -= taken;
        if (at.length() == 0)
            removeChunk();
    }
    giveAway();
    return gone;
}

// Puts the cursor's chunk, where nearly nothing is left of it, into the next one, if that stays half empty.
void TextBuffer::giveAway() {
    const std::size_t length = m_cursor.chunk->length();
    if (length > capacity / 4)
        return;
    const LeafHandle next = m_tree.next(m_cursor.leaf);
    if (next == noLeaf || length + chunk(next).length() > capacity / 2)
        return;
    flush();
    const LeafHandle empty = m_cursor.leaf;
    moveTail(0, next);
    setCursor(next, m_cursor.before);
    m_tree.remove(empty);
    m_chunks[empty].reset();
}

// The cursor's, which is empty; the one before it, or the first, becomes the cursor's.
void TextBuffer::removeChunk() {
    if (m_tree.first() == m_tree.last())
        return;
    flush();
    const LeafHandle empty = m_cursor.leaf;
    if (const LeafHandle previous = m_tree.previous(empty); previous != noLeaf)
        setCursor(previous, minus(m_cursor.before, chunk(previous).sums()));
    else
        setCursor(m_tree.next(empty), {});
    m_tree.remove(empty);
    m_chunks[empty].reset();
}

void TextBuffer::assign(std::string_view utf8) {
    m_chunks.clear();
    m_told = {};
    std::vector<TextSums> sums;
    const auto* next = reinterpret_cast<const unsigned char*>(utf8.data());
    const unsigned char* const end = next + utf8.size();
    do {
        m_chunks.push_back(std::unique_ptr<TextChunk>(new TextChunk));
        TextChunk& to = *m_chunks.back();
        // Some room is left, for edits to come.
        const std::size_t most = capacity - capacity / 8 - 1;
        char16_t* out = to.units.data();
        char16_t* const full = out + most;
        while (next < end && out < full) {
            const unsigned char lead = *next;
            if (lead < 0x80) {
                *out++ = lead;
                ++next;
            } else if (lead < 0xE0) {
                *out++ = static_cast<char16_t>((lead & 0x1F) << 6 | (next[1] & 0x3F));
                next += 2;
            } else if (lead < 0xF0) {
                *out++ =
                    static_cast<char16_t>((lead & 0x0F) << 12 | (next[1] & 0x3F) << 6 | (next[2] & 0x3F));
                next += 3;
            } else {
                const char32_t c = char32_t{lead & 0x07u} << 18 | char32_t{next[1] & 0x3Fu} << 12 |
                                   char32_t{next[2] & 0x3Fu} << 6 | (next[3] & 0x3Fu);
                *out++ = static_cast<char16_t>(0xD7C0 + (c >> 10));
                *out++ = static_cast<char16_t>(0xDC00 + (c & 0x3FF));
                next += 4;
                ++to.pairs;
            }
        }
        to.front = static_cast<std::uint16_t>(out - to.units.data());
        sums.push_back(to.sums());
        m_told.add(sums.back());
    } while (next < end);
    m_tree.assign(sums);
    setCursor(m_tree.first(), {});
}

// --- questions

std::size_t TextBuffer::utf16OfIndex(std::size_t index) const {
    assert(index <= total().codePoints);
    if (total().codePoints == total().utf16)
        return index;
    seek(index);
    return m_cursor.before.utf16 + m_cursor.chunk->offsetOf(index - m_cursor.before.codePoints);
}

std::size_t TextBuffer::indexOfUtf16(std::size_t offset) const {
    assert(offset <= total().utf16);
    if (total().codePoints == total().utf16)
        return offset;
    const std::size_t from = m_cursor.before.utf16;
    if (offset < from || offset > from + m_cursor.chunk->length()) {
        flush();
        std::size_t rest = offset;
        seekLeaf(m_tree.find(rest, [](const TextSums& sums) { return sums.utf16; }));
    }
    return m_cursor.before.codePoints + m_cursor.chunk->elementAt(offset - m_cursor.before.utf16);
}

void TextBuffer::append(std::size_t index, std::size_t count, std::u32string& out) const {
    assert(index + count <= total().codePoints);
    if (count == 0)
        return;
    seek(index + 1);
    LeafHandle leaf = m_cursor.leaf;
    std::size_t offset = chunk(leaf).offsetOf(index - m_cursor.before.codePoints);
    while (count > 0) {
        const TextChunk& at = chunk(leaf);
        const std::size_t taken = std::min<std::size_t>(count, at.sums().codePoints - at.elementAt(offset));
        at.append(offset, at.behind(offset, taken), out);
        count -= taken;
        leaf = m_tree.next(leaf);
        offset = 0;
    }
}

namespace {

char* put(char* out, char16_t unit) {
    if (unit < 0x800) {
        *out++ = static_cast<char>(0xC0 | (unit >> 6));
    } else {
        *out++ = static_cast<char>(0xE0 | (unit >> 12));
        *out++ = static_cast<char>(0x80 | ((unit >> 6) & 0x3F));
    }
    *out++ = static_cast<char>(0x80 | (unit & 0x3F));
    return out;
}

// At most three bytes a unit.
char* putUtf8(char* out, const char16_t* units, std::size_t count) {
    for (const char16_t* const end = units + count; units < end; ++units) {
        if (*units < 0x80) {
            *out++ = static_cast<char>(*units);
        } else if (isHighSurrogate(*units)) {
            const char32_t c = joined(units[0], units[1]);
            ++units;
            *out++ = static_cast<char>(0xF0 | (c >> 18));
            *out++ = static_cast<char>(0x80 | ((c >> 12) & 0x3F));
            *out++ = static_cast<char>(0x80 | ((c >> 6) & 0x3F));
            *out++ = static_cast<char>(0x80 | (c & 0x3F));
        } else {
            out = put(out, *units);
        }
    }
    return out;
}

} // namespace

std::string TextBuffer::utf8() const {
    std::string text;
    std::array<char, capacity * 3> bytes;
    text.reserve(total().utf16 + total().utf16 / 16);
    for (LeafHandle leaf = m_tree.first(); leaf != noLeaf; leaf = m_tree.next(leaf)) {
        const TextChunk& at = chunk(leaf);
        char* end = putUtf8(bytes.data(), at.units.data(), at.front);
        end = putUtf8(end, at.units.data() + capacity - at.back, at.back);
        text.append(bytes.data(), end);
    }
    return text;
}

std::size_t TextBuffer::chunkCount() const {
    std::size_t count = 0;
    for (LeafHandle leaf = m_tree.first(); leaf != noLeaf; leaf = m_tree.next(leaf))
        ++count;
    return count;
}

void TextBuffer::checkInvariants() const {
    flush();
    TextSums total;
    m_tree.checkInvariants([](bool holds, const char* what) { check(holds, what); },
                           [&](LeafHandle leaf, const TextSums& sums) {
                               const TextChunk& at = chunk(leaf);
                               check(at.sums() == sums, "the tree knows the length of each chunk");
                               check(at.length() > 0 || m_tree.first() == m_tree.last(),
                                     "no chunk but the only one is empty");
                               check(at.length() <= capacity, "a chunk is not overfull");
                               std::size_t pairs = 0;
                               for (std::size_t i = 0; i < at.length(); ++i) {
                                   if (!isHighSurrogate(at.at(i)))
                                       continue;
                                   ++pairs;
                                   check(i + 1 < at.length() && i + 1 != at.front && at.at(i + 1) >= 0xDC00 &&
                                             at.at(i + 1) < 0xE000,
                                         "a chunk does not cut a surrogate pair");
                                   ++i;
                               }
                               check(pairs == at.pairs, "a chunk counts its surrogate pairs");
                               total.add(sums);
                           });
    check(total == m_told, "the length of the text is known");
}

} // namespace tandem
