// What parts of a text are, and how they look: colours with at least 4.5:1 against the background of the
// text, also where the current line is marked.
#pragma once

#include "theme/theme.h"

#include <QTextCharFormat>

namespace tandem {

enum class TokenStyle : std::uint8_t {
    plain,
    keyword,
    type,
    constant,
    number,
    string,
    escape,
    comment,
    function,
    property, // a key, an attribute
    tag,
    directive, // #include, @decorator
    variable,
    heading,
    emphasis,
    strong,
    strike,
    code, // within prose
    link,
    mark, // of a list, a quote, a table, a fence
    quote,
};
constexpr int tokenStyleCount = static_cast<int>(TokenStyle::quote) + 1;

namespace theme {

QColor tokenColor(TokenStyle style, const QPalette& palette);
QTextCharFormat tokenFormat(TokenStyle style, const QPalette& palette);

} // namespace theme

} // namespace tandem
