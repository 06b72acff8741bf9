#include "theme/token_colors.h"

#include <array>

namespace tandem::theme {

namespace {
struct Shades {
    QRgb light;
    QRgb dark;
};

// In the order of TokenStyle.
constexpr std::array<Shades, tokenStyleCount> shades = {{
    {0x1F2430, 0xDDE1E8}, // plain
    {0x9333B8, 0xC792FF}, // keyword
    {0x0B6E84, 0x5CCFE6}, // type
    {0xB4450B, 0xFFA56B}, // constant
    {0xB4450B, 0xFFA56B}, // number
    {0x1A7431, 0x8FD694}, // string
    {0x0B6E84, 0x5CCFE6}, // escape
    {0x656D7C, 0x8A93A4}, // comment
    {0x1D5BD6, 0x7FB0FF}, // function
    {0x1D5BD6, 0x7FB0FF}, // property
    {0xB91C5C, 0xFF8FA8}, // tag
    {0x8A5A00, 0xE8C15A}, // directive
    {0xB91C5C, 0xFF8FA8}, // variable
    {0x1D4FB8, 0x8AB8FF}, // heading
    {0x1F2430, 0xDDE1E8}, // emphasis
    {0x1F2430, 0xDDE1E8}, // strong
    {0x656D7C, 0x8A93A4}, // strike
    {0xA8326B, 0xFF9BC4}, // code
    {0x1D5BD6, 0x7FB0FF}, // link
    {0x8A5A00, 0xE8C15A}, // mark
    {0x4B5567, 0xA9B2C0}, // quote
}};
} // namespace

QColor tokenColor(TokenStyle style, const QPalette& palette) {
    const Shades& of = shades[static_cast<std::size_t>(style)];
    return QColor::fromRgb(schemeOf(palette) == Scheme::dark ? of.dark : of.light);
}

QTextCharFormat tokenFormat(TokenStyle style, const QPalette& palette) {
    QTextCharFormat format;
    format.setForeground(tokenColor(style, palette));
    if (style == TokenStyle::heading || style == TokenStyle::strong)
        format.setFontWeight(QFont::Bold);
    if (style == TokenStyle::emphasis)
        format.setFontItalic(true);
    if (style == TokenStyle::strike)
        format.setFontStrikeOut(true);
    return format;
}

} // namespace tandem::theme
