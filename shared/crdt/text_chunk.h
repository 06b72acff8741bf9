// A part of the text: UTF-16 units with a gap where it was last edited. Owned by TextBuffer, for which alone
// it is. Indexes count elements, which are code points; offsets count units.
#pragma once

#include "crdt/unit_log.h"

#include <array>
#include <cstdint>
#include <string>

namespace tandem {

#ifndef TANDEM_CHUNK_UNITS
#define TANDEM_CHUNK_UNITS 2048
#endif

// Code points and UTF-16 units of a part of the text.
struct TextSums {
    std::uint32_t codePoints = 0;
    std::uint32_t utf16 = 0;

    void add(const TextSums& other) {
        codePoints += other.codePoints;
        utf16 += other.utf16;
    }
    friend bool operator==(const TextSums&, const TextSums&) = default;
};

// Modulo 2^32, so that adding it takes away what is less.
constexpr TextSums minus(TextSums a, TextSums b) {
    return {a.codePoints - b.codePoints, a.utf16 - b.utf16};
}

constexpr bool isHighSurrogate(char16_t unit) {
    return unit >= 0xD800 && unit < 0xDC00;
}

constexpr char32_t joined(char16_t high, char16_t low) {
    return 0x10000 + ((char32_t{high} - 0xD800) << 10) + (char32_t{low} - 0xDC00);
}

// Units before and after the gap. Never cuts a surrogate pair.
struct TextChunk {
    static constexpr std::size_t capacity = TANDEM_CHUNK_UNITS;
    static_assert(capacity >= 4, "a chunk holds two surrogate pairs");

    std::array<char16_t, capacity + UnitLog::slack> units; // the slack is never used
    std::uint16_t front = 0;                               // units before the gap
    std::uint16_t back = 0;                                // units after it, at the end of the array
    std::uint16_t pairs = 0;                               // surrogate pairs

    std::size_t length() const { return std::size_t{front} + back; }
    std::uint32_t codePoints() const { return static_cast<std::uint32_t>(length() - pairs); }
    std::size_t room() const { return capacity - length(); }
    TextSums sums() const { return {codePoints(), static_cast<std::uint32_t>(length())}; }
    char16_t at(std::size_t offset) const { return units[offset < front ? offset : offset + room()]; }
    // The offset in units behind so many elements.
    std::size_t behind(std::size_t offset, std::size_t elements) const {
        return pairs == 0 ? offset + elements : walk(offset, elements);
    }
    // Of an element, and the other way round.
    std::size_t offsetOf(std::size_t element) const { return behind(0, element); }
    std::size_t elementAt(std::size_t offset) const;
    void append(std::size_t from, std::size_t to, std::u32string& out) const;
    void moveGap(std::size_t offset);
    // Takes the units from one offset to another away, which must not cut a pair, and appends them to
    // `erased`. `pairs` stays as it is.
    void takeOut(std::size_t from, std::size_t to, UnitLog& erased);

private:
    std::size_t walk(std::size_t offset, std::size_t elements) const;
};

} // namespace tandem
