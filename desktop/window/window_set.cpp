#include "window/window_set.h"

#include "documents/document_page.h"
#include "documents/start_page.h"
#include "people/person_dialog.h"
#include "settings/preferences.h"
#include "window/main_window.h"

#include <QApplication>

namespace tandem {

WindowSet::WindowSet(Preferences& preferences, QObject* parent)
    : QObject(parent), m_preferences(preferences) {}

WindowSet::~WindowSet() {
    for (const QPointer<MainWindow>& window : m_windows)
        delete window;
}

QList<MainWindow*> WindowSet::windows() const {
    QList<MainWindow*> windows;
    for (const QPointer<MainWindow>& window : m_windows)
        if (window)
            windows.append(window);
    return windows;
}

MainWindow& WindowSet::window() {
    const QList<MainWindow*> open = windows();
    for (MainWindow* each : open)
        if (each->isActiveWindow())
            return *each;
    return open.isEmpty() ? *makeWindow() : *open.last();
}

MainWindow* WindowSet::makeWindow() {
    auto* window = new MainWindow(m_preferences);
    window->setAttribute(Qt::WA_DeleteOnClose);
    m_windows.removeAll(nullptr);
    m_windows.append(window);
    window->commands().add(applicationCommands(window));
    connect(window, &MainWindow::lastPageClosed, this, [this, window] { showStartPage(*window); });
    window->show();
    return window;
}

DocumentPage* WindowSet::pageOf(const DocumentUrl& document, MainWindow** window) const {
    for (MainWindow* each : windows()) {
        for (Page* page : each->pages()) {
            auto* open = qobject_cast<DocumentPage*>(page);
            if (!open || open->url().id != document.id || open->url().server != document.server)
                continue;
            *window = each;
            return open;
        }
    }
    return nullptr;
}

void WindowSet::open(const DocumentUrl& document) {
    MainWindow* at = nullptr;
    if (DocumentPage* page = pageOf(document, &at)) {
        page->useLink(document);
        at->showPage(page);
        at->bringToFront();
        return;
    }
    at = &window();
    auto* page = new DocumentPage(document, m_preferences);
    connect(page, &DocumentPage::personRequested, this, [this, page] { choosePerson(page->window()); });
    at->addPage(page);
    page->start();
    at->bringToFront();
}

void WindowSet::showStartPage() {
    MainWindow& at = window();
    showStartPage(at);
    at.bringToFront();
}

void WindowSet::showStartPage(MainWindow& window) {
    for (Page* page : window.pages()) {
        if (qobject_cast<StartPage*>(page)) {
            window.showPage(page);
            return;
        }
    }
    auto* page = new StartPage(m_preferences);
    connect(page, &StartPage::chosen, this, &WindowSet::open);
    window.addPage(page);
}

void WindowSet::choosePerson(QWidget* parent) {
    auto* dialog = new PersonDialog(m_preferences.person(), parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { m_preferences.setPerson(dialog->person()); });
    dialog->open();
}

void WindowSet::closeAll() {
    for (MainWindow* window : windows())
        window->close(); // may ask, and stay
}

} // namespace tandem
