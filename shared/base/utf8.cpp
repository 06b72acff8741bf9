#include "base/utf8.h"

#include <algorithm>
#include <array>

namespace tandem {

namespace {

// Reads one scalar value from the front of `bytes` and removes it; false on bytes that are not UTF-8.
bool takeOne(std::string_view& bytes, char32_t& out) {
    const auto lead = static_cast<unsigned char>(bytes[0]);
    if (lead < 0x80) {
        out = lead;
        bytes.remove_prefix(1);
        return true;
    }
    const unsigned length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (length == 0 || bytes.size() < length)
        return false;
    char32_t c = lead & (0xFFu >> (length + 1));
    for (unsigned i = 1; i < length; ++i) {
        const auto next = static_cast<unsigned char>(bytes[i]);
        if ((next & 0xC0) != 0x80)
            return false;
        c = (c << 6) | (next & 0x3F);
    }
    constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    if (c < smallest[length] || !isScalarValue(c))
        return false;
    out = c;
    bytes.remove_prefix(length);
    return true;
}

const Error notUtf8{ErrorCode::malformed, "text is not valid UTF-8"};

} // namespace

std::size_t utf8Length(std::u32string_view text) {
    std::size_t bytes = 0;
    for (const char32_t c : text)
        bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    return bytes;
}

std::size_t utf16Length(std::u32string_view text) {
    return text.size() + static_cast<std::size_t>(
                             std::count_if(text.begin(), text.end(), [](char32_t c) { return c > 0xFFFF; }));
}

void appendUtf8(std::string& out, char32_t c) {
    const auto put = [&out](char32_t b) { out.push_back(static_cast<char>(b)); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0 | (c >> 6));
        put(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        put(0xE0 | (c >> 12));
        put(0x80 | ((c >> 6) & 0x3F));
        put(0x80 | (c & 0x3F));
    } else {
        put(0xF0 | (c >> 18));
        put(0x80 | ((c >> 12) & 0x3F));
        put(0x80 | ((c >> 6) & 0x3F));
        put(0x80 | (c & 0x3F));
    }
}

// What is ASCII at once.
void appendUtf8(std::string& out, std::u32string_view text) {
    std::array<char, 256> bytes;
    while (!text.empty()) {
        const std::u32string_view some = text.substr(0, bytes.size());
        text.remove_prefix(some.size());
        if (bitsOf(some) < 0x80) {
            std::transform(some.begin(), some.end(), bytes.begin(),
                           [](char32_t c) { return static_cast<char>(c); });
            out.append(bytes.data(), some.size());
            continue;
        }
        for (const char32_t c : some)
            appendUtf8(out, c);
    }
}

std::string toUtf8(std::u32string_view text) {
    std::string out;
    out.reserve(text.size());
    appendUtf8(out, text);
    return out;
}

Result<std::u32string> fromUtf8(std::string_view bytes) {
    std::u32string out;
    out.reserve(bytes.size());
    char32_t c = 0;
    while (!bytes.empty()) {
        if (!takeOne(bytes, c))
            return notUtf8;
        out.push_back(c);
    }
    return out;
}

Result<std::u32string> takeUtf8(std::string_view& bytes, std::size_t count) {
    if (count > bytes.size())
        return notUtf8;
    std::u32string out;
    out.reserve(count);
    char32_t c = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (bytes.empty() || !takeOne(bytes, c))
            return notUtf8;
        out.push_back(c);
    }
    return out;
}

std::size_t utf8Prefix(std::string_view bytes, std::size_t count) {
    if (count > bytes.size())
        return 0;
    if (isAscii(bytes.substr(0, count))) // nearly always
        return count;
    std::string_view rest = bytes;
    char32_t c = 0;
    while (count > 0) {
        // Eight at a time where all of them are ASCII.
        if (count >= 8 && rest.size() >= 8 && isAscii(rest.substr(0, 8))) {
            rest.remove_prefix(8);
            count -= 8;
            continue;
        }
        if (rest.empty() || !takeOne(rest, c))
            return 0;
        --count;
    }
    return bytes.size() - rest.size();
}

namespace {

void append(std::u32string& out, char32_t c) {
    out.push_back(c);
}

void append(std::u16string& out, char32_t c) {
    char16_t units[2];
    out.append(units, putUtf16(units, {&c, 1}));
}

template <typename Text>
void appendBytesTo(Text& out, std::string_view bytes) {
    while (!bytes.empty()) {
        // What is ASCII at once, in a loop that the compiler can widen.
        std::size_t ascii = 0;
        while (ascii + 8 <= bytes.size() && isAscii(bytes.substr(ascii, 8)))
            ascii += 8;
        appendAsciiTo(out, bytes.substr(0, ascii));
        bytes.remove_prefix(ascii);
        char32_t c = 0;
        for (int i = 0; i < 8 && !bytes.empty() && takeOne(bytes, c); ++i)
            append(out, c);
    }
}

} // namespace

void appendUtf8To(std::u32string& out, std::string_view bytes) {
    appendBytesTo(out, bytes);
}

void appendUtf8To(std::u16string& out, std::string_view bytes) {
    appendBytesTo(out, bytes);
}

std::u32string fromUtf16(std::u16string_view text) {
    std::u32string out;
    assignUtf16To(out, text);
    return out;
}

void assignUtf16To(std::u32string& out, std::u16string_view text) {
    unsigned bits = 0;
    for (const char16_t unit : text)
        bits |= unit;
    if (bits < 0xD800) { // no surrogates
        out.resize(text.size());
        std::copy(text.begin(), text.end(), out.begin());
        return;
    }
    out.clear();
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char32_t unit = text[i];
        const bool high = unit >= 0xD800 && unit < 0xDC00;
        const bool pair = high && i + 1 < text.size() && text[i + 1] >= 0xDC00 && text[i + 1] < 0xE000;
        if (pair)
            out.push_back(0x10000 + ((unit - 0xD800) << 10) + (text[++i] - 0xDC00));
        else
            out.push_back(isScalarValue(unit) ? unit : U'\uFFFD');
    }
}

std::u16string toUtf16(std::u32string_view text) {
    std::u16string out(utf16Length(text), u'\0');
    putUtf16(out.data(), text);
    return out;
}

std::size_t putUtf16(char16_t* out, std::u32string_view text) {
    if (isInBasicPlane(text)) {
        putUnits(out, text);
        return text.size();
    }
    const char16_t* const begin = out;
    for (const char32_t c : text) {
        if (c > 0xFFFF) {
            *out++ = static_cast<char16_t>(0xD7C0 + (c >> 10));
            *out++ = static_cast<char16_t>(0xDC00 + (c & 0x3FF));
        } else {
            *out++ = static_cast<char16_t>(c);
        }
    }
    return static_cast<std::size_t>(out - begin);
}

} // namespace tandem
