#include "window/main_window.h"

#include "commands/command_palette.h"
#include "commands/menus.h"
#include "commands/shortcuts_overview.h"
#include "settings/preferences.h"
#include "window/tab_dot.h"

#include <QCloseEvent>
#include <QMenuBar>
#include <QTabBar>
#include <QTabWidget>
#include <QToolBar>

namespace tandem {

namespace {
constexpr QSize usualSize(1080, 720);
constexpr QSize toolIconSize(18, 18);
} // namespace

MainWindow::MainWindow(Preferences& preferences, QWidget* parent)
    : QMainWindow(parent), m_preferences(preferences) {
    resize(usualSize);
    makeTabs();
    new Menus(*menuBar(), m_commands, this);
    m_palette = new CommandPalette(m_commands, this);
    connect(&m_commands, &CommandRegistry::changed, this, &MainWindow::showCommands);
    makeCommands();
    restoreGeometry(m_preferences.windowGeometry());
}

MainWindow::~MainWindow() {
    m_commands.disconnect(this);
    m_commands.setPageCommands({}); // they go with the pages
}

void MainWindow::makeTabs() {
    m_tabs = new QTabWidget;
    m_tabs->tabBar()->setObjectName(QStringLiteral("tabs")); // the style sheet knows it
    m_tabs->tabBar()->setDrawBase(false);
    m_tabs->setDocumentMode(true);
    m_tabs->setMovable(true);
    m_tabs->setTabsClosable(true);
    m_tabs->setElideMode(Qt::ElideRight);
    m_tabs->setUsesScrollButtons(true);
    m_tabs->tabBar()->setExpanding(false);
    m_tabs->setAccessibleName(tr("Open documents"));
    m_tabs->tabBar()->setAccessibleName(tr("Open documents"));
    connect(m_tabs, &QTabWidget::currentChanged, this, &MainWindow::showCurrentPage);
    connect(m_tabs, &QTabWidget::currentChanged, this, [this] {
        if (!m_closing)
            emit tabsChanged();
    });
    connect(m_tabs->tabBar(), &QTabBar::tabMoved, this, &MainWindow::tabsChanged);
    connect(m_tabs, &QTabWidget::tabCloseRequested, this,
            [this](int index) { closePage(static_cast<Page*>(m_tabs->widget(index))); });

    m_bar = new QToolBar(tr("Document"));
    m_bar->setIconSize(toolIconSize);
    m_bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_tabs->setCornerWidget(m_bar, Qt::TopRightCorner);
    setCentralWidget(m_tabs);
}

void MainWindow::makeCommands() {
    QList<Command> commands;
    const auto add = [&](const char* id, Section section, const QString& text,
                         const QList<QKeySequence>& shortcuts, std::function<void()> use) {
        commands.append(
            {QString::fromLatin1(id), section, makeAction(this, text, shortcuts, std::move(use))});
    };
    add("tab.close", Section::fileClose, tr("&Close Tab"), {Qt::CTRL | Qt::Key_W, Qt::CTRL | Qt::Key_F4},
        [this] {
            if (currentPage())
                closePage(currentPage());
        });
    add("window.close", Section::fileClose, tr("Close &Window"), {Qt::CTRL | Qt::SHIFT | Qt::Key_W},
        [this] { close(); });
    add("go.command", Section::goAnywhere, tr("&Commands…"), {Qt::CTRL | Qt::SHIFT | Qt::Key_P},
        [this] { m_palette->open(); });
    add("tab.next", Section::goTabs, tr("&Next Tab"), {Qt::CTRL | Qt::Key_Tab, Qt::CTRL | Qt::Key_PageDown},
        [this] { turnTo(1); });
    add("tab.previous", Section::goTabs, tr("&Previous Tab"),
        {Qt::CTRL | Qt::SHIFT | Qt::Key_Tab, Qt::CTRL | Qt::Key_PageUp}, [this] { turnTo(-1); });
    add("view.fullScreen", Section::viewPanels, tr("&Full Screen"), {Qt::Key_F11},
        [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
    add("help.shortcuts", Section::helpLearn, tr("&Keyboard Shortcuts"),
        {Qt::CTRL | Qt::Key_Question, Qt::Key_F1}, [this] {
            auto* overview = new ShortcutsOverview(m_commands, this);
            overview->setAttribute(Qt::WA_DeleteOnClose);
            overview->open();
        });
    m_commands.add(commands);
}

// --- pages

void MainWindow::addPage(Page* page) {
    const int index = m_tabs->addTab(page, QString());
    connect(page, &Page::titleChanged, this, [this, page] { showTab(page); });
    connect(page, &Page::commandsChanged, this, [this, page] {
        if (page == currentPage())
            m_commands.setPageCommands(page->commands());
    });
    connect(page, &Page::closeAllowed, this, [this, page] {
        removePage(page);
        if (m_closing)
            close();
    });
    connect(page, &Page::closeRefused, this, [this] {
        m_closing = false;
        emit tabsChanged();
    });
    showTab(page);
    m_tabs->setCurrentIndex(index);
    page->setFocus();
    emit tabsChanged();
}

void MainWindow::showPage(Page* page) {
    m_tabs->setCurrentWidget(page);
    page->setFocus();
}

Page* MainWindow::currentPage() const {
    return static_cast<Page*>(m_tabs->currentWidget());
}

QList<Page*> MainWindow::pages() const {
    QList<Page*> pages;
    for (int i = 0; i < m_tabs->count(); ++i)
        pages.append(static_cast<Page*>(m_tabs->widget(i)));
    return pages;
}

void MainWindow::closePage(Page* page) {
    if (page->askToClose())
        removePage(page);
    else
        showPage(page);
}

void MainWindow::removePage(Page* page) {
    page->disconnect(this);
    m_tabs->removeTab(m_tabs->indexOf(page));
    page->deleteLater();
    if (Page* next = currentPage(); next && !m_closing)
        next->setFocus(); // what is typed goes there
    if (!m_closing)
        emit tabsChanged();
    if (m_tabs->count() == 0) {
        showCurrentPage();
        if (!m_closing)
            emit lastPageClosed();
    }
}

void MainWindow::turnTo(int step) {
    const int count = m_tabs->count();
    if (count == 0)
        return;
    m_tabs->setCurrentIndex((m_tabs->currentIndex() + step + count) % count);
    currentPage()->setFocus();
}

// --- what is shown

void MainWindow::showCurrentPage() {
    Page* page = currentPage();
    m_commands.setPageCommands(page ? page->commands() : QList<Command>());
    if (page)
        showTab(page);
}

void MainWindow::showTab(Page* page) {
    const int index = m_tabs->indexOf(page);
    if (index < 0)
        return;
    QString label = page->title();
    m_tabs->setTabText(index, label.replace(u'&', QStringLiteral("&&")));
    m_tabs->setTabIcon(index, tabDot(page->mark(), palette()));
    m_tabs->setTabToolTip(index, page->description().toHtmlEscaped().replace(u'\n', QStringLiteral("<br>")));
    if (page == currentPage())
        setWindowTitle(tr("%1 – Tandem").arg(page->title()));
}

// The shortcuts are those of the window; the buttons those that ask for a place in the tool bar.
void MainWindow::showCommands() {
    const QList<QAction*> before = actions();
    for (QAction* action : before)
        removeAction(action);
    m_bar->clear();
    for (const Command& command : m_commands.all()) {
        addAction(command.action);
        tintIcon(command.action, palette());
        if (command.toolBar == Command::ToolBar::yes)
            m_bar->addAction(command.action);
    }
}

void MainWindow::bringToFront() {
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

// --- events

// Page by page: the first one that has to ask stops it, and its answer goes on.
void MainWindow::closeEvent(QCloseEvent* event) {
    m_closing = true;
    for (Page* page : pages()) {
        if (page->askToClose())
            continue;
        showPage(page);
        event->ignore();
        return;
    }
    m_preferences.setWindowGeometry(saveGeometry());
    event->accept();
}

void MainWindow::changeEvent(QEvent* event) {
    QMainWindow::changeEvent(event);
    if (event->type() != QEvent::PaletteChange || !m_palette)
        return;
    for (const Command& command : m_commands.all())
        tintIcon(command.action, palette());
    for (Page* page : pages())
        showTab(page);
}

} // namespace tandem
