#include "theme/person_colors.h"

#include <QApplication>
#include <QCheckBox>
#include <QListWidget>
#include <QMenu>
#include <QRadioButton>

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

// The best contrast to `behind` that any pixel has.
double bestContrast(const QImage& picture, const QColor& behind) {
    double best = 1;
    for (int y = 0; y < picture.height(); ++y)
        for (int x = 0; x < picture.width(); ++x)
            best = std::max(best, contrast(picture.pixelColor(x, y), behind));
    return best;
}

constexpr QPalette::ColorRole grounds[] = {QPalette::Window, QPalette::Base, QPalette::AlternateBase,
                                           QPalette::Button};

} // namespace

TEST(ThemeTest, WhatOneCanUseHasAnEdgeThatCanBeSeen) {
    for (const Scheme scheme : {Scheme::light, Scheme::dark}) {
        const QPalette palette = paletteOf(scheme);
        for (const QPalette::ColorRole ground : grounds) {
            EXPECT_GE(contrast(outline(palette), palette.color(ground)), 3.0) << ground;
            EXPECT_GE(contrast(accent(palette), palette.color(ground)), 3.0) << ground;
        }
    }
}

TEST(ThemeTest, WordsCanBeReadOnWhatIsBehindThem) {
    for (const Scheme scheme : {Scheme::light, Scheme::dark}) {
        const QPalette palette = paletteOf(scheme);
        for (const QPalette::ColorRole ground : grounds) {
            EXPECT_GE(contrast(palette.color(QPalette::Text), palette.color(ground)), 7.0) << ground;
            EXPECT_GE(contrast(quietText(palette), palette.color(ground)), 4.5) << ground;
            for (const Tone tone : {Tone::good, Tone::busy, Tone::warning, Tone::bad})
                EXPECT_GE(contrast(toneColor(tone, palette), palette.color(ground)), 4.5)
                    << ground << " " << static_cast<int>(tone);
        }
        EXPECT_GE(contrast(palette.color(QPalette::HighlightedText), palette.color(QPalette::Highlight)),
                  4.5);
        EXPECT_GE(contrast(onAccent(palette), accent(palette)), 4.5);
        EXPECT_GE(contrast(palette.color(QPalette::ToolTipText), palette.color(QPalette::ToolTipBase)), 4.5);
        EXPECT_GE(contrast(palette.color(QPalette::Text), searchHit(palette)), 4.5);
    }
}

TEST(ThemeTest, BoxesStandOutWhetherTheyAreCheckedOrNot) {
    for (const Scheme scheme : {Scheme::light, Scheme::dark}) {
        const QPalette palette = paletteOf(scheme);
        const QColor behind = palette.color(QPalette::Window);
        QCheckBox box;
        QRadioButton circle;
        for (QAbstractButton* button :
             {static_cast<QAbstractButton*>(&box), static_cast<QAbstractButton*>(&circle)}) {
            button->setPalette(palette);
            button->setAutoFillBackground(true);
            const QImage off = button->grab().toImage();
            EXPECT_GE(bestContrast(off, behind), 3.0) << button->metaObject()->className();
            button->setChecked(true);
            EXPECT_NE(button->grab().toImage(), off);
            EXPECT_GE(bestContrast(button->grab().toImage(), behind), 3.0);
        }
        box.setCheckState(Qt::PartiallyChecked);
        EXPECT_GE(bestContrast(box.grab().toImage(), behind), 3.0);
    }
}

TEST(ThemeTest, SoDoTheBoxesOfListsAndMenus) {
    for (const Scheme scheme : {Scheme::light, Scheme::dark}) {
        const QPalette palette = paletteOf(scheme);
        QListWidget list;
        list.setPalette(palette);
        list.setFrameShape(QFrame::NoFrame);
        auto* item = new QListWidgetItem(&list);
        item->setCheckState(Qt::Unchecked);
        EXPECT_GE(bestContrast(list.grab().toImage(), palette.color(QPalette::Base)), 3.0);
        QMenu menu;
        menu.setPalette(palette);
        QAction* entry = menu.addAction(QString());
        entry->setCheckable(true);
        entry->setChecked(true);
        const QImage picture = menu.grab().toImage();
        EXPECT_GE(bestContrast(picture.copy(picture.rect().adjusted(3, 3, -3, -3)),
                               picture.pixelColor(picture.rect().center())),
                  3.0);
    }
}

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
