#include "protocol/display_text.h"

#include "base/utf8.h"
#include "protocol/limits.h"

namespace tandem {

namespace {
bool isControl(char32_t c) {
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x200E || c == 0x200F ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}
} // namespace

std::u32string withoutControls(std::u32string_view text) {
    std::u32string clean(text);
    std::erase_if(clean, isControl);
    return clean;
}

std::string displayName(std::string_view name) {
    const auto given = fromUtf8(name);
    std::u32string clean = given.ok() ? withoutControls(*given) : std::u32string();
    const std::size_t first = clean.find_first_not_of(U' ');
    if (first == std::u32string::npos)
        return "Anonymous";
    clean.erase(0, first);
    clean.resize(std::min(clean.size(), limits::nameLength));
    return toUtf8(clean);
}

} // namespace tandem
