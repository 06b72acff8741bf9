// A window: tabs, a menu bar, a tool bar, the command palette. It forwards to the page in front and decides
// nothing. Owned by the WindowSet; owns its pages; lives on the event-loop thread. Preferences must outlive
// it.
#pragma once

#include "commands/command_registry.h"
#include "documents/page.h"

#include <QMainWindow>

class QTabWidget;
class QToolBar;

namespace tandem {

class CommandPalette;
class Preferences;

class MainWindow final : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(Preferences& preferences, QWidget* parent = nullptr);
    ~MainWindow() override;

    // Takes the page, in a new tab at the end, in front of the others.
    void addPage(Page* page);
    void showPage(Page* page);
    // The page may ask, and stay.
    void closePage(Page* page);
    Page* currentPage() const;
    QList<Page*> pages() const; // in the order of their tabs

    CommandRegistry& commands() { return m_commands; }
    CommandPalette& commandPalette() { return *m_palette; }
    void bringToFront();

signals:
    void pageClosed();
    void lastPageClosed(); // there are no tabs; something has to be shown

protected:
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void makeTabs();
    void makeCommands();
    void showCurrentPage();
    void showTab(Page* page);
    void showCommands();
    void removePage(Page* page);
    void turnTo(int step);

    Preferences& m_preferences;
    CommandRegistry m_commands;
    QTabWidget* m_tabs = nullptr;
    QToolBar* m_bar = nullptr;
    CommandPalette* m_palette = nullptr;
    bool m_closing = false; // the whole window, page by page
};

} // namespace tandem
