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

// All bits that any code point of a text has: looks at several at once, without a way out in between.
inline char32_t bitsOf(std::u32string_view text) {
    char32_t bits = 0;
    for (const char32_t c : text)
        bits |= c;
    return bits;
}
inline bool areScalarValues(std::u32string_view text) {
    return bitsOf(text) < 0xD800 || std::all_of(text.begin(), text.end(), isScalarValue);
}
// Does each code point take one UTF-16 code unit?
inline bool isInBasicPlane(std::u32string_view text) {
    return bitsOf(text) <= 0xFFFF;
}
// Precondition: that is so; there is room for all.
inline char16_t* putUnits(char16_t* out, std::u32string_view text) {
    for (const char32_t c : text)
        *out++ = static_cast<char16_t>(c);
    return out;
}

// The units that the first `some` of the `all` code points of a text take.
inline std::size_t utf16Prefix(std::u16string_view units, std::size_t some, std::size_t all) {
    if (units.size() == all || some == all)
        return some == all ? units.size() : some;
    std::size_t length = 0;
    for (; some > 0; --some)
        length += units[length] >= 0xD800 && units[length] < 0xDC00 ? 2 : 1;
    return length;
}

void appendUtf8(std::string& out, char32_t c);
std::string toUtf8(std::u32string_view text);

// Refuses overlong forms, surrogates, values beyond U+10FFFF and cut sequences.
Result<std::u32string> fromUtf8(std::string_view bytes);

// Reads `count` code points from the front of `bytes` and removes them. Allocates at most bytes.size()
// elements.
Result<std::u32string> takeUtf8(std::string_view& bytes, std::size_t count);

// Eight at once.
inline bool isAscii(std::string_view bytes) {
    constexpr std::uint64_t high = 0x8080'8080'8080'8080;
    std::uint64_t bits = 0;
    std::uint64_t eight = 0;
    std::size_t i = 0;
    for (; i + 8 <= bytes.size(); i += 8) {
        std::memcpy(&eight, bytes.data() + i, 8);
        bits |= eight;
    }
    for (; i < bytes.size(); ++i)
        bits |= static_cast<unsigned char>(bytes[i]);
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

// `text` must be well-formed UTF-16; a lone surrogate becomes U+FFFD.
std::u32string fromUtf16(std::u16string_view text);
void assignUtf16To(std::u32string& out, std::u16string_view text);
std::u16string toUtf16(std::u32string_view text);
// Gives how many units it writes. Precondition: there is room for two for each code point.
std::size_t putUtf16(char16_t* out, std::u32string_view text);

} // namespace tandem
