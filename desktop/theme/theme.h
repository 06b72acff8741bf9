// How Tandem looks: Fusion with a light and a dark palette, Inter for the window, JetBrains Mono for the
// text. Both fonts and all icons come with the program.
#pragma once

#include <QFont>
#include <QIcon>
#include <QPalette>

class QApplication;

namespace tandem::theme {

enum class Scheme { light, dark };
enum class Choice { system, light, dark };

// Dresses the application. Made once, at the start of the program, which owns it.
class Theme {
public:
    explicit Theme(QApplication& application);

    // `system` is what the system's palette was at the start.
    void choose(Choice choice);

private:
    QApplication& m_application;
    Scheme m_system;
};

Scheme schemeOf(const QPalette& palette);
QPalette paletteOf(Scheme scheme);

QFont uiFont();
QFont textFont();

// Colours beyond those of QPalette.
QColor quietText(const QPalette& palette);
QColor currentLine(const QPalette& palette);
QColor hairline(const QPalette& palette);
QColor searchHit(const QPalette& palette); // under text that was found

enum class Tone { good, busy, warning, bad };
QColor toneColor(Tone tone, const QPalette& palette);

// The drawing `resources/icons/<name>.svg` in the palette's text colour.
QIcon icon(const QString& name, const QPalette& palette);

} // namespace tandem::theme
