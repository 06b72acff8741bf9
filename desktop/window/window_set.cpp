#include "window/window_set.h"

#include "settings/preferences.h"
#include "window/main_window.h"
#include "window/open_dialog.h"

namespace tandem {

WindowSet::WindowSet(Preferences& preferences, theme::Theme& theme, QObject* parent)
    : QObject(parent), m_preferences(preferences), m_theme(theme) {}

WindowSet::~WindowSet() {
    for (const QPointer<MainWindow>& window : m_windows)
        delete window;
}

void WindowSet::open(const DocumentUrl& document) {
    m_windows.removeAll(nullptr);
    for (const QPointer<MainWindow>& window : m_windows) {
        if (window->url().link() == document.link()) {
            window->raise();
            window->activateWindow();
            return;
        }
    }

    auto* window = new MainWindow(document, m_preferences);
    window->setAttribute(Qt::WA_DeleteOnClose);
    m_windows.append(window);
    connect(window, &MainWindow::openRequested, this, [this, window] { showOpenDialog(window); });
    connect(window, &MainWindow::quitRequested, this, &WindowSet::closeAll);
    connect(window, &MainWindow::personChosen, this, [this] {
        for (const QPointer<MainWindow>& each : m_windows)
            if (each)
                each->start();
    });
    connect(window, &MainWindow::themeChosen, this, [this](theme::Choice choice) {
        m_preferences.setTheme(choice);
        m_theme.choose(choice);
    });
    window->show();
    window->start();
}

void WindowSet::showOpenDialog(QWidget* parent) {
    auto* dialog = new OpenDialog(m_preferences, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &OpenDialog::chosen, this, &WindowSet::open);
    dialog->open();
}

void WindowSet::closeAll() {
    for (const QPointer<MainWindow>& window : QList(m_windows))
        if (window)
            window->close(); // may ask, and stay
}

} // namespace tandem
