#include "theme/theme.h"

#include "theme/desktop_settings.h"
#include "theme/style_sheet.h"
#include "theme/tandem_style.h"

#include <QApplication>
#include <QDirIterator>
#include <QFile>
#include <QFontDatabase>
#include <QPainter>
#include <QSvgRenderer>

namespace tandem::theme {

namespace {
constexpr qreal uiPoints = 10;
constexpr qreal textPoints = 12;

struct Shades {
    QRgb window, base, alternate, text, quiet, button, border, highlight, onHighlight, link;
};
constexpr Shades lightShades = {0xF4F5F7, 0xFFFFFF, 0xF8F9FB, 0x1F2430, 0x667085,
                                0xFFFFFF, 0xD9DCE3, 0xCFE0FF, 0x10131A, 0x1D5BD6};
constexpr Shades darkShades = {0x1F2228, 0x17191E, 0x1C1F24, 0xDDE1E8, 0x8E97A6,
                               0x2A2E36, 0x363B45, 0x2F4C80, 0xFFFFFF, 0x7FB0FF};

QColor color(QRgb rgb) {
    return QColor::fromRgb(rgb);
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

// The palette that the platform came with is the one sign of light or dark that every platform gives; some
// say more later.
Theme::Theme(QApplication& application)
    : m_application(application), m_style(*new TandemStyle), m_atStart(schemeOf(QGuiApplication::palette())) {
    QDirIterator fonts(QStringLiteral(":/fonts"));
    while (fonts.hasNext())
        QFontDatabase::addApplicationFont(fonts.next());
    QApplication::setStyle(&m_style);
    application.setFont(uiFont());
}

Theme::~Theme() = default;

void Theme::choose(Choice choice) {
    m_choice = choice;
    dress();
}

void Theme::followDesktop() {
    m_desktop = std::make_unique<DesktopSettings>();
    QObject::connect(m_desktop.get(), &DesktopSettings::schemeTold, &m_application,
                     [this](std::optional<Scheme> scheme) {
                         if (std::exchange(m_told, scheme) != scheme && m_choice == Choice::system)
                             dress();
                     });
    QObject::connect(m_desktop.get(), &DesktopSettings::motionTold, &m_application,
                     [this](bool isWanted) { setMotion(isWanted); });
}

void Theme::setMotion(bool isWanted) {
    if (isWanted == motionIsWanted())
        return;
    m_style.setMotion(isWanted);
    dress(); // tells all widgets
}

void Theme::dress() {
    const Scheme scheme = m_choice == Choice::system ? m_told.value_or(m_atStart)
                          : m_choice == Choice::dark ? Scheme::dark
                                                     : Scheme::light;
    QApplication::setPalette(paletteOf(scheme));
    m_application.setStyleSheet(styleSheet(paletteOf(scheme)));
}

bool motionIsWanted() {
    return QApplication::style()->styleHint(QStyle::SH_Widget_Animation_Duration) > 0;
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

QColor outline(const QPalette& palette) {
    return schemeOf(palette) == Scheme::dark ? QColor(0x8A, 0x93, 0xA2) : QColor(0x7B, 0x84, 0x94);
}

QColor accent(const QPalette& palette) {
    return palette.color(QPalette::Link);
}

QColor onAccent(const QPalette& palette) {
    return schemeOf(palette) == Scheme::dark ? QColor(0x10, 0x13, 0x1A) : QColor(Qt::white);
}

QColor searchHit(const QPalette& palette) {
    return schemeOf(palette) == Scheme::dark ? QColor(0x5C, 0x4A, 0x12) : QColor(0xFF, 0xE3, 0x8A);
}

QColor recentChange(const QPalette& palette) {
    return schemeOf(palette) == Scheme::dark ? QColor(0x5F, 0xD6, 0x8A, 40) : QColor(0x15, 0x80, 0x3D, 34);
}

QColor toneColor(Tone tone, const QPalette& palette) {
    const bool dark = schemeOf(palette) == Scheme::dark;
    switch (tone) {
    case Tone::good:
        return dark ? QColor(0x5F, 0xD6, 0x8A) : QColor(0x15, 0x80, 0x3D);
    case Tone::busy:
        return dark ? QColor(0x6E, 0xA8, 0xFE) : QColor(0x25, 0x63, 0xEB);
    case Tone::warning:
        return dark ? QColor(0xE8, 0xC1, 0x5A) : QColor(0x9A, 0x5B, 0x04);
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
