// How Tandem looks: Fusion with a light and a dark palette, Inter for the window, JetBrains Mono for the
// text. Both fonts and all icons come with the program.
#pragma once

#include <QFont>
#include <QIcon>
#include <QPalette>

#include <memory>
#include <optional>

class QApplication;

namespace tandem::theme {

class DesktopSettings;
class TandemStyle;

enum class Scheme { light, dark };
enum class Choice { system, light, dark };

// Dresses the application. Made once, at the start of the program, which owns it.
class Theme {
public:
    explicit Theme(QApplication& application);
    ~Theme();

    // `system` is what the desktop says, and where it says nothing what the system's palette was at the
    // start.
    void choose(Choice choice);
    // From now on what the person sets in the desktop is followed as they set it.
    void followDesktop();
    void setMotion(bool isWanted);

private:
    void dress();

    QApplication& m_application;
    TandemStyle& m_style; // the application's
    Scheme m_atStart;
    std::optional<Scheme> m_told; // by the desktop
    Choice m_choice = Choice::system;
    std::unique_ptr<DesktopSettings> m_desktop;
};

// May things fade and slide? Widgets hear of a change as a change of style.
bool motionIsWanted();

Scheme schemeOf(const QPalette& palette);
QPalette paletteOf(Scheme scheme);

QFont uiFont();
QFont textFont();

// Colours beyond those of QPalette.
QColor quietText(const QPalette& palette);
QColor currentLine(const QPalette& palette);
QColor hairline(const QPalette& palette); // between parts; tells nothing
QColor outline(const QPalette& palette);  // of what one can use, at least 3:1 to what is behind it
QColor accent(const QPalette& palette);
QColor onAccent(const QPalette& palette);     // text and marks upon it
QColor searchHit(const QPalette& palette);    // under text that was found
QColor recentChange(const QPalette& palette); // under text that someone else has just written

enum class Tone { good, busy, warning, bad };
QColor toneColor(Tone tone, const QPalette& palette);

// The drawing `resources/icons/<name>.svg` in the palette's text colour.
QIcon icon(const QString& name, const QPalette& palette);

} // namespace tandem::theme
