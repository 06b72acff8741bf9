#include "theme/style_sheet.h"

#include "theme/theme.h"

namespace tandem::theme {

namespace {
// @names stand for colours of the palette. Fusion's scroll bars are heavy beside a text, and its buttons'
// icons are of another kind than ours. A tool bar asks for its margins before it has a name, and once more at
// each change of style: its rule goes by no name, and leaves the buttons the height that they need.
constexpr char rules[] = R"(
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0 }

QScrollBar { background: transparent; border: none; margin: 0 }
QScrollBar:vertical { width: 12px }
QScrollBar:horizontal { height: 12px }
QScrollBar::handle { background: @border; border-radius: 3px; margin: 3px }
QScrollBar::handle:hover { background: @quiet }
QScrollBar::handle:vertical { min-height: 32px }
QScrollBar::handle:horizontal { min-width: 32px }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0 }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent }

QLineEdit { background: @base; border: 1px solid @outline; border-radius: 6px; padding: 5px 8px;
            selection-background-color: @highlight; selection-color: @onHighlight }
QLineEdit:focus { border: 1px solid @accent }
QAbstractSpinBox QLineEdit, QComboBox QLineEdit { border: none; padding: 0; background: transparent }

QPushButton { background: @button; border: 1px solid @border; border-radius: 6px; padding: 5px 14px; min-height: 18px }
QPushButton:hover, QPushButton:focus { border: 1px solid @accent }
QPushButton:pressed { background: @highlight }
QPushButton:disabled { color: @quiet }
QPushButton:flat { background: transparent; border: 1px solid transparent; padding: 5px 8px }
QPushButton:flat:hover, QPushButton:flat:focus { border: 1px solid @border }
QPushButton#primary, QDialogButtonBox QPushButton:default { background: @accent; border: 1px solid @accent; color: @onAccent }
QPushButton#primary:hover, QPushButton#primary:focus, QDialogButtonBox QPushButton:default:hover { border: 1px solid @text }

QComboBox { background: @button; border: 1px solid @outline; border-radius: 6px; padding: 5px 8px; min-height: 18px }
QComboBox:hover, QComboBox:focus, QComboBox:on { border: 1px solid @accent }
QComboBox:disabled { color: @quiet; border: 1px solid @border }
QComboBox::drop-down { border: none; width: 20px }
QComboBox::down-arrow { image: url(:/icons/down.svg); width: 12px; height: 12px }

QSlider::groove:horizontal { background: @outline; height: 4px; border-radius: 2px }
QSlider::sub-page:horizontal { background: @accent; border-radius: 2px }
QSlider::handle:horizontal { background: @base; border: 2px solid @accent; width: 12px; margin: -6px 0; border-radius: 8px }
QSlider::handle:horizontal:hover, QSlider::handle:horizontal:focus { background: @accent }
QSlider::groove:horizontal:disabled, QSlider::sub-page:horizontal:disabled { background: @border }
QSlider::handle:horizontal:disabled { border: 2px solid @border }

QToolButton { border: 1px solid transparent; border-radius: 6px; padding: 4px 8px }
QToolButton::menu-indicator { subcontrol-origin: padding; subcontrol-position: center right }
QToolButton:hover, QToolButton:focus { border: 1px solid @border }
QToolButton:checked, QToolButton:pressed { background: @highlight; color: @onHighlight }

QTabBar#tabs { background: transparent; border: none }
QTabBar#tabs::tab { background: transparent; color: @quiet; border: none; border-bottom: 2px solid transparent;
                    padding: 8px 6px 7px 14px; min-width: 70px; max-width: 220px }
QTabBar#tabs::tab:hover { color: @text }
QTabBar#tabs::tab:selected { color: @text; border-bottom: 2px solid @accent }
QTabBar#tabs::close-button { image: url(:/icons/close.svg); border-radius: 4px; margin: 2px; padding: 2px }
QTabBar#tabs::close-button:hover { background: @border }
QToolBar { border: none; background: transparent; spacing: 2px; padding: 0 }

QListWidget#places { background: transparent; outline: none }
QListWidget#places::item { padding: 7px 8px; border-radius: 6px; margin: 1px 0 }
QListWidget#places::item:hover { background: @hover }
QListWidget#places::item:selected { background: @highlight; color: @onHighlight }

QFrame#finder { background: @base; border: 1px solid @border; border-radius: 10px }
QFrame#side-panel { background: @base; border: none }
QSplitter::handle { background: @border }
)";
} // namespace

QString styleSheet(const QPalette& palette) {
    const std::pair<const char*, QColor> colors[] = {
        // Longer names first: one may begin like another.
        {"@onHighlight", palette.color(QPalette::HighlightedText)},
        {"@highlight", palette.color(QPalette::Highlight)},
        {"@onAccent", onAccent(palette)},
        {"@accent", accent(palette)},
        {"@outline", outline(palette)},
        {"@border", hairline(palette)},
        {"@button", palette.color(QPalette::Button)},
        {"@hover", currentLine(palette)},
        {"@quiet", quietText(palette)},
        {"@base", palette.color(QPalette::Base)},
        {"@text", palette.color(QPalette::WindowText)}};
    QString sheet = QString::fromLatin1(rules);
    for (const auto& [name, color] : colors)
        sheet.replace(QLatin1String(name), color.name());
    return sheet;
}

} // namespace tandem::theme
