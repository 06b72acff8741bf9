#include "theme/person_colors.h"

#include <QHash>
#include <QStringList>

#include <array>

namespace tandem::theme {

namespace {
// blue, orange, green, purple, teal, pink, ochre, red, indigo, olive, slate, sky
constexpr std::array<QRgb, personColorCount> light = {0x2563EB, 0xC2410C, 0x15803D, 0x9333EA,
                                                      0x0E7490, 0xDB2777, 0xA16207, 0xB91C1C,
                                                      0x4338CA, 0x4D7C0F, 0x475569, 0x0369A1};
constexpr std::array<QRgb, personColorCount> dark = {0x6EA8FE, 0xFF9F6B, 0x5FD68A, 0xC792FF,
                                                     0x4FD1D9, 0xFF86B8, 0xE8C15A, 0xFF7B7B,
                                                     0xA3A5FF, 0xB5D867, 0xAEB9C9, 0x62C4FF};
constexpr int lightTintAlpha = 46;
constexpr int darkTintAlpha = 66;
} // namespace

PersonColors personColors(int index, Scheme scheme) {
    const int wrapped = ((index % personColorCount) + personColorCount) % personColorCount;
    const auto at = static_cast<std::size_t>(wrapped);
    const bool isLight = scheme == Scheme::light;
    const QColor caret = QColor::fromRgb(isLight ? light[at] : dark[at]);
    QColor selection = caret;
    selection.setAlpha(isLight ? lightTintAlpha : darkTintAlpha);
    return {caret, isLight ? QColor(Qt::white) : QColor(0x14, 0x16, 0x1A), selection};
}

int personColorOf(const QString& name) {
    return static_cast<int>(qHash(name, 0) % personColorCount);
}

QString initials(const QString& name) {
    QString letters;
    const QStringList words = name.simplified().split(u' ', Qt::SkipEmptyParts);
    for (const QString& word : words) {
        // A letter beyond the basic plane is two units.
        letters += word.left(word.front().isHighSurrogate() ? 2 : 1).toUpper();
        if (&word != &words.front())
            break;
    }
    return letters;
}

} // namespace tandem::theme
