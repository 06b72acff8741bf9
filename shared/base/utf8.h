// Between UTF-8 and code points. Text in Tandem is any sequence of Unicode scalar values: everything from
// U+0000 to U+10FFFF but the surrogates U+D800 to U+DFFF.
#pragma once

#include "base/result.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace tandem {

constexpr bool isScalarValue(char32_t c) {
    return c < 0xD800 || (c > 0xDFFF && c <= 0x10FFFF);
}

// UTF-16 code units of one scalar value: 2 beyond the basic plane, else 1.
constexpr unsigned utf16Length(char32_t c) {
    return c > 0xFFFF ? 2 : 1;
}
std::size_t utf16Length(std::u32string_view text);
// Bytes in UTF-8.
std::size_t utf8Length(std::u32string_view text);

// Texts are short more often than not, and of any length: up to three code points are the first, the middle
// and the last one, which is one of these again; of others the last four are looked at beside each four from
// the start. So there are few branches, for no one could foresee them.
using FourCodePoints = char32_t __attribute__((vector_size(16)));

inline FourCodePoints fourAt(const char32_t* text) {
    FourCodePoints four;
    std::memcpy(&four, text, sizeof four);
    return four;
}

// All bits that any code point of a text has.
inline char32_t bitsOf(std::u32string_view text) {
    const char32_t* const at = text.data();
    const std::size_t size = text.size();
    if (size < 4)
        return size == 0 ? 0 : at[0] | at[size / 2] | at[size - 1];
    FourCodePoints bits = fourAt(at + size - 4);
    std::size_t i = 0;
    for (; i + 16 < size; i += 16)
        bits |= (fourAt(at + i) | fourAt(at + i + 4)) | (fourAt(at + i + 8) | fourAt(at + i + 12));
    for (; i + 4 < size; i += 4)
        bits |= fourAt(at + i);
    return bits[0] | bits[1] | bits[2] | bits[3];
}
inline bool contains(std::u32string_view text, char32_t c) {
    const char32_t* const at = text.data();
    const std::size_t size = text.size();
    if (size < 4)
        return size > 0 && ((at[0] == c) | (at[size / 2] == c) | (at[size - 1] == c));
    if (size > 64) // it may be early
        return contains(text.substr(0, 64), c) || contains(text.substr(64), c);
    auto isHere = fourAt(at + size - 4) == c;
    for (std::size_t i = 0; i + 4 < size; i += 4)
        isHere |= fourAt(at + i) == c;
    return (isHere[0] | isHere[1] | isHere[2] | isHere[3]) != 0;
}
inline bool areScalarValues(std::u32string_view text) {
    return bitsOf(text) < 0xD800 || std::all_of(text.begin(), text.end(), isScalarValue);
}
// Does each code point take one UTF-16 code unit?
inline bool isInBasicPlane(std::u32string_view text) {
    return bitsOf(text) <= 0xFFFF;
}
// Precondition: that is so; there is room for all.
inline void putUnits(char16_t* out, std::u32string_view text) {
    const char32_t* const at = text.data();
    const std::size_t size = text.size();
    if (size < 4) {
        if (size == 0)
            return;
        out[0] = static_cast<char16_t>(at[0]);
        out[size / 2] = static_cast<char16_t>(at[size / 2]);
        out[size - 1] = static_cast<char16_t>(at[size - 1]);
        return;
    }
    using FourUnits = char16_t __attribute__((vector_size(8)));
    const auto put = [&](std::size_t i) {
        const auto units = __builtin_convertvector(fourAt(at + i), FourUnits);
        std::memcpy(out + i, &units, sizeof units);
    };
    for (std::size_t i = 0; i + 4 < size; i += 4)
        put(i);
    put(size - 4);
}

void appendUtf8(std::string& out, char32_t c);
void appendUtf8(std::string& out, std::u32string_view text);
std::string toUtf8(std::u32string_view text);

// Refuses overlong forms, surrogates, values beyond U+10FFFF and cut sequences.
Result<std::u32string> fromUtf8(std::string_view bytes);

// Reads `count` code points from the front of `bytes` and removes them. Allocates at most bytes.size()
// elements.
Result<std::u32string> takeUtf8(std::string_view& bytes, std::size_t count);

// Eight at once.
inline bool isAscii(std::string_view bytes) {
    constexpr std::uint64_t high = 0x8080'8080'8080'8080;
    const char* const at = bytes.data();
    const std::size_t size = bytes.size();
    if (size < 8) {
        if (size < 4)
            return size == 0 || ((at[0] | at[size / 2] | at[size - 1]) & 0x80) == 0;
        std::uint32_t first = 0;
        std::uint32_t last = 0;
        std::memcpy(&first, at, sizeof first);
        std::memcpy(&last, at + size - sizeof last, sizeof last);
        return ((first | last) & static_cast<std::uint32_t>(high)) == 0;
    }
    std::uint64_t bits = 0;
    std::memcpy(&bits, at + size - sizeof bits, sizeof bits);
    for (std::size_t i = 0; i + sizeof bits < size; i += sizeof bits) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, at + i, sizeof eight);
        bits |= eight;
    }
    return (bits & high) == 0;
}

// How many bytes the first `count` code points of `bytes` take; 0 when they are not there, or no UTF-8.
std::size_t utf8Prefix(std::string_view bytes, std::size_t count);
// Appends the code points, or the UTF-16 units. Precondition: valid UTF-8.
void appendUtf8To(std::u32string& out, std::string_view bytes);
void appendUtf8To(std::u16string& out, std::string_view bytes);
// What is one byte a code point, without looking at its bits: for ASCII.
template <typename Text>
void appendAsciiTo(Text& out, std::string_view ascii) {
    const std::size_t before = out.size();
    out.resize(before + ascii.size());
    for (std::size_t i = 0; i < ascii.size(); ++i)
        out[before + i] = static_cast<unsigned char>(ascii[i]);
}
// The same into memory with room for all, for short texts. Precondition: ASCII.
inline void putAscii(char32_t* out, std::string_view ascii) {
    const char* const at = ascii.data();
    const std::size_t size = ascii.size();
    if (size < 4) {
        if (size == 0)
            return;
        out[0] = static_cast<unsigned char>(at[0]);
        out[size / 2] = static_cast<unsigned char>(at[size / 2]);
        out[size - 1] = static_cast<unsigned char>(at[size - 1]);
        return;
    }
    using FourBytes = std::uint8_t __attribute__((vector_size(4)));
    const auto put = [&](std::size_t i) {
        FourBytes bytes;
        std::memcpy(&bytes, at + i, sizeof bytes);
        const auto four = __builtin_convertvector(bytes, FourCodePoints);
        std::memcpy(out + i, &four, sizeof four);
    };
    for (std::size_t i = 0; i + 4 < size; i += 4)
        put(i);
    put(size - 4);
}

// `text` must be well-formed UTF-16; a lone surrogate becomes U+FFFD.
std::u32string fromUtf16(std::u16string_view text);
void assignUtf16To(std::u32string& out, std::u16string_view text);
std::u16string toUtf16(std::u32string_view text);
// Gives how many units it writes. Precondition: there is room for two for each code point.
std::size_t putUtf16(char16_t* out, std::u32string_view text);

} // namespace tandem
