#include "theme/theme.h"

#include <QApplication>
#include <QDirIterator>
#include <QFile>
#include <QFontDatabase>
#include <QPainter>
#include <QStyleFactory>
#include <QSvgRenderer>

namespace tandem::theme {

namespace {
constexpr qreal uiPoints = 10;
constexpr qreal textPoints = 12;

struct Shades {
    QRgb window, base, alternate, text, quiet, button, border, highlight, onHighlight, link;
};
constexpr Shades lightShades = {0xF4F5F7, 0xFFFFFF, 0xF8F9FB, 0x1F2430, 0x8A91A0,
                                0xFFFFFF, 0xD9DCE3, 0xCFE0FF, 0x10131A, 0x1D5BD6};
constexpr Shades darkShades = {0x1F2228, 0x17191E, 0x1C1F24, 0xDDE1E8, 0x737B8A,
                               0x2A2E36, 0x363B45, 0x2F4C80, 0xFFFFFF, 0x7FB0FF};

QColor color(QRgb rgb) {
    return QColor::fromRgb(rgb);
}

// Fusion's scroll bars are heavy beside a text, and its buttons' icons are of another kind than ours.
QString refinements(const Shades& shades) {
    return QStringLiteral("QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0 }"
                          "QScrollBar { background: transparent; border: none; margin: 0 }"
                          "QScrollBar:vertical { width: 12px } QScrollBar:horizontal { height: 12px }"
                          "QScrollBar::handle { background: %1; border-radius: 3px; margin: 3px }"
                          "QScrollBar::handle:hover { background: %2 }"
                          "QScrollBar::handle:vertical { min-height: 32px }"
                          "QScrollBar::handle:horizontal { min-width: 32px }"
                          "QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0 }"
                          "QScrollBar::add-page, QScrollBar::sub-page { background: transparent }")
        .arg(color(shades.border).name(), color(shades.quiet).name());
}
} // namespace

Scheme schemeOf(const QPalette& palette) {
    return palette.color(QPalette::Base).lightness() < 128 ? Scheme::dark : Scheme::light;
}

QPalette paletteOf(Scheme scheme) {
    const Shades& shades = scheme == Scheme::dark ? darkShades : lightShades;
    QPalette palette;
    palette.setColor(QPalette::Window, color(shades.window));
    palette.setColor(QPalette::WindowText, color(shades.text));
    palette.setColor(QPalette::Base, color(shades.base));
    palette.setColor(QPalette::AlternateBase, color(shades.alternate));
    palette.setColor(QPalette::Text, color(shades.text));
    palette.setColor(QPalette::PlaceholderText, color(shades.quiet));
    palette.setColor(QPalette::Button, color(shades.button));
    palette.setColor(QPalette::ButtonText, color(shades.text));
    palette.setColor(QPalette::BrightText, Qt::white);
    palette.setColor(QPalette::ToolTipBase, color(shades.button));
    palette.setColor(QPalette::ToolTipText, color(shades.text));
    palette.setColor(QPalette::Highlight, color(shades.highlight));
    palette.setColor(QPalette::HighlightedText, color(shades.onHighlight));
    palette.setColor(QPalette::Link, color(shades.link));
    palette.setColor(QPalette::LinkVisited, color(shades.link));
    palette.setColor(QPalette::Light, color(shades.button).lighter(110));
    palette.setColor(QPalette::Midlight, color(shades.border).lighter(106));
    palette.setColor(QPalette::Mid, color(shades.border));
    palette.setColor(QPalette::Dark, color(shades.border).darker(115));
    palette.setColor(QPalette::Shadow, color(shades.border).darker(160));
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, color(shades.quiet));
    return palette;
}

// The palette that the platform came with is the one sign of light or dark that every platform gives.
Theme::Theme(QApplication& application)
    : m_application(application), m_system(schemeOf(QGuiApplication::palette())) {
    QDirIterator fonts(QStringLiteral(":/fonts"));
    while (fonts.hasNext())
        QFontDatabase::addApplicationFont(fonts.next());
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    application.setFont(uiFont());
}

void Theme::choose(Choice choice) {
    const Scheme scheme = choice == Choice::system ? m_system
                          : choice == Choice::dark ? Scheme::dark
                                                   : Scheme::light;
    QApplication::setPalette(paletteOf(scheme));
    m_application.setStyleSheet(refinements(scheme == Scheme::dark ? darkShades : lightShades));
}

QFont uiFont() {
    QFont font;
    font.setFamilies(
        {QStringLiteral("Inter"), QStringLiteral("Noto Sans"), QStringLiteral("Noto Color Emoji")});
    font.setPointSizeF(uiPoints);
    return font;
}

QFont textFont() {
    QFont font;
    font.setFamilies({QStringLiteral("JetBrains Mono"), QStringLiteral("Noto Sans Mono"),
                      QStringLiteral("Noto Sans Mono CJK SC"), QStringLiteral("Noto Color Emoji")});
    font.setStyleHint(QFont::Monospace);
    font.setPointSizeF(textPoints);
    return font;
}

QColor quietText(const QPalette& palette) {
    return palette.color(QPalette::PlaceholderText);
}

QColor currentLine(const QPalette& palette) {
    return schemeOf(palette) == Scheme::dark ? QColor(0x20, 0x23, 0x2A) : QColor(0xF4, 0xF6, 0xFA);
}

QColor hairline(const QPalette& palette) {
    return palette.color(QPalette::Mid);
}

QColor searchHit(const QPalette& palette) {
    return schemeOf(palette) == Scheme::dark ? QColor(0x5C, 0x4A, 0x12) : QColor(0xFF, 0xE3, 0x8A);
}

QColor toneColor(Tone tone, const QPalette& palette) {
    const bool dark = schemeOf(palette) == Scheme::dark;
    switch (tone) {
    case Tone::good:
        return dark ? QColor(0x5F, 0xD6, 0x8A) : QColor(0x15, 0x80, 0x3D);
    case Tone::busy:
        return dark ? QColor(0x6E, 0xA8, 0xFE) : QColor(0x25, 0x63, 0xEB);
    case Tone::warning:
        return dark ? QColor(0xE8, 0xC1, 0x5A) : QColor(0xB4, 0x6A, 0x05);
    case Tone::bad:
        return dark ? QColor(0xFF, 0x7B, 0x7B) : QColor(0xB9, 0x1C, 0x1C);
    }
    return {};
}

QIcon icon(const QString& name, const QPalette& palette) {
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QIcon result;
    const QByteArray drawing = file.readAll();
    for (const QIcon::Mode mode : {QIcon::Normal, QIcon::Disabled}) {
        const QPalette::ColorGroup group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active;
        QByteArray tinted = drawing;
        tinted.replace("currentColor", palette.color(group, QPalette::ButtonText).name().toLatin1());
        QSvgRenderer renderer(tinted);
        for (const int size : {16, 20, 24, 32, 40, 48}) {
            QPixmap pixmap(size, size);
            pixmap.fill(Qt::transparent);
            QPainter painter(&pixmap);
            renderer.render(&painter);
            result.addPixmap(pixmap, mode);
        }
    }
    return result;
}

} // namespace tandem::theme
