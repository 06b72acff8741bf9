#include "export/printable_text.h"

#include "base/utf8.h"

namespace tandem {

namespace {

constexpr char32_t standIn = U'\uFFFD';

bool isPrintable(char32_t c) {
    return (c >= 0x20 || c == U'\t' || c == U'\n') && !(c >= 0x7F && c <= 0x9F) &&
           !(c >= 0xFDD0 && c <= 0xFDEF) && (c & 0xFFFE) != 0xFFFE;
}

} // namespace

std::string printableText(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    const auto points = fromUtf8(text);
    if (!points)
        return out;
    for (std::size_t i = 0; i < points->size(); ++i) {
        const char32_t c = (*points)[i];
        if (c != U'\r')
            appendUtf8(out, isPrintable(c) ? c : standIn);
        else if (i + 1 == points->size() || (*points)[i + 1] != U'\n')
            out += '\n';
    }
    return out;
}

std::string escapedText(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        case '\'':
            out += "&#39;";
            break;
        default:
            out += c;
        }
    }
    return out;
}

} // namespace tandem
