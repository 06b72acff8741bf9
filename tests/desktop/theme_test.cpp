#include "theme/person_colors.h"

#include <QFontInfo>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace tandem::theme {

namespace {

// Relative luminance and contrast as WCAG 2.1 defines them.
double luminance(const QColor& color) {
    const auto linear = [](double c) {
        return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor& a, const QColor& b) {
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

} // namespace

TEST(ThemeTest, CaretsStandOutFromTheTextsBackground) {
    for (const Scheme scheme : {Scheme::light, Scheme::dark})
        for (int i = 0; i < personColorCount; ++i)
            EXPECT_GE(contrast(personColors(i, scheme).caret, paletteOf(scheme).color(QPalette::Base)), 3.0)
                << i;
}

TEST(ThemeTest, NamesCanBeReadOnTheirFlags) {
    for (const Scheme scheme : {Scheme::light, Scheme::dark})
        for (int i = 0; i < personColorCount; ++i)
            EXPECT_GE(contrast(personColors(i, scheme).caret, personColors(i, scheme).onCaret), 4.5) << i;
}

TEST(ThemeTest, TwelveColoursAreTwelve) {
    std::set<QRgb> seen;
    for (int i = 0; i < personColorCount; ++i)
        seen.insert(personColors(i, Scheme::light).caret.rgb());
    EXPECT_EQ(seen.size(), static_cast<std::size_t>(personColorCount));
}

TEST(ThemeTest, AnyColourIndexFromOutsideGivesAColour) {
    EXPECT_EQ(personColors(-1, Scheme::light).caret, personColors(11, Scheme::light).caret);
    EXPECT_EQ(personColors(25, Scheme::dark).caret, personColors(1, Scheme::dark).caret);
}

TEST(ThemeTest, PalettesAreToldApart) {
    EXPECT_EQ(schemeOf(paletteOf(Scheme::light)), Scheme::light);
    EXPECT_EQ(schemeOf(paletteOf(Scheme::dark)), Scheme::dark);
}

TEST(ThemeTest, InitialsAreOneOrTwoLetters) {
    EXPECT_EQ(initials("Ana"), "A");
    EXPECT_EQ(initials("  ada  king  lovelace "), "AK");
    EXPECT_EQ(initials(""), "");
    EXPECT_EQ(initials(QStringLiteral("\U0001F600 x")), QStringLiteral("\U0001F600X"));
}

TEST(ThemeTest, EveryIconIsThere) {
    for (const char* name : {"link", "open", "people", "refresh", "tandem"})
        EXPECT_FALSE(icon(name, paletteOf(Scheme::dark)).isNull()) << name;
}

} // namespace tandem::theme
