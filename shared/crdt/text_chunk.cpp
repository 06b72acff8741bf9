#include "crdt/text_chunk.h"

#include <algorithm>
#include <cstring>

namespace tandem {

std::size_t TextChunk::walk(std::size_t offset, std::size_t elements) const {
    for (; elements > 0; --elements)
        offset += isHighSurrogate(at(offset)) ? 2 : 1;
    return offset;
}

std::size_t TextChunk::elementAt(std::size_t offset) const {
    if (pairs == 0)
        return offset;
    std::size_t element = 0;
    for (std::size_t i = 0; i < offset; ++element) {
        i += isHighSurrogate(at(i)) ? 2 : 1;
        if (i > offset)
            break;
    }
    return element;
}

void TextChunk::moveGap(std::size_t offset) {
    char16_t* data = units.data();
    if (offset < front) {
        const std::size_t count = front - offset;
        std::memmove(data + capacity - back - count, data + offset, count * sizeof(char16_t));
        back = static_cast<std::uint16_t>(back + count);
    } else if (offset > front) {
        const std::size_t count = offset - front;
        std::memmove(data + front, data + capacity - back, count * sizeof(char16_t));
        back = static_cast<std::uint16_t>(back - count);
    }
    front = static_cast<std::uint16_t>(offset);
}

void TextChunk::takeOut(std::size_t from, std::size_t to, UnitLog& erased) {
    if (from > front)
        moveGap(from);
    else if (to < front)
        moveGap(to);
    const std::size_t before = front - from;
    const std::size_t behind = to - front;
    const char16_t* const gap = units.data() + capacity - back;
    erased.appendShort(units.data() + from, before);
    erased.appendShort(gap, behind);
    front = static_cast<std::uint16_t>(from);
    back = static_cast<std::uint16_t>(back - behind);
}

// What stands from one offset to another.
void TextChunk::append(std::size_t from, std::size_t to, std::u32string& out) const {
    const char16_t* const gap = units.data() + front;
    const auto copy = [&](const char16_t* unit, const char16_t* const end) {
        constexpr std::ptrdiff_t few = 16; // quicker one by one
        if (pairs == 0 && end - unit > few) {
            const std::size_t before = out.size();
            out.resize(before + static_cast<std::size_t>(end - unit));
            std::copy(unit, end, out.data() + before);
            return;
        }
        for (; unit < end; ++unit) {
            if (isHighSurrogate(*unit)) {
                out.push_back(joined(unit[0], unit[1]));
                ++unit;
            } else {
                out.push_back(*unit);
            }
        }
    };
    if (from < front)
        copy(units.data() + from, std::min(units.data() + to, gap));
    if (to > front)
        copy(std::max(units.data() + from, gap) + room(), units.data() + to + room());
}

} // namespace tandem
