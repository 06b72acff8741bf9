// How documents look on pages of PDF. Lengths are in pixels of 96 to the inch, sizes of type in points.
#pragma once

#include <QColor>

#include <array>

namespace tandem::page_style {

constexpr qreal bodyPoints = 10.5;
constexpr qreal codePoints = 9;
constexpr std::array<qreal, 6> headingPoints{20, 15.5, 12.5, 11, 10.5, 10.5};
constexpr qreal lineHeight = 130; // per cent
constexpr qreal gap = 9;          // between paragraphs
constexpr qreal itemGap = 3;
constexpr qreal indentWidth = 24;
constexpr qreal codePadding = 8;
constexpr qreal codeGap = 2;
constexpr qreal codeLineHeight = 125;
constexpr qreal headingLineHeight = 115;
constexpr qreal cellPadding = 4;
constexpr qreal tableGap = 4;

inline QColor ink() {
    return {0x1c, 0x20, 0x24};
}
inline QColor faint() {
    return {0x55, 0x5d, 0x66};
}
inline QColor shade() {
    return {0xf3, 0xf5, 0xf7};
}
inline QColor border() {
    return {0xc8, 0xcd, 0xd3};
}
inline QColor linkColor() {
    return {0x1a, 0x5f, 0xb4};
}

} // namespace tandem::page_style
