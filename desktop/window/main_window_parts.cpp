// The parts that a MainWindow is made of: menus, bars, the people's dock.
#include "window/main_window.h"

#include "editor/editor_view.h"
#include "settings/preferences.h"
#include "window/people_list.h"
#include "window/status_item.h"
#include "window/title_label.h"

#include <QAction>
#include <QActionGroup>
#include <QDockWidget>
#include <QLabel>
#include <QMenuBar>
#include <QMessageBox>
#include <QStatusBar>
#include <QToolBar>

namespace tandem {

namespace {
constexpr QSize toolIconSize(18, 18);
} // namespace

QAction* MainWindow::makeAction(const QString& text, const QKeySequence& shortcut,
                                std::function<void()> use) {
    auto* action = new QAction(text, this);
    action->setShortcut(shortcut);
    connect(action, &QAction::triggered, this, [use = std::move(use)] { use(); });
    return action;
}

void MainWindow::makeActions() {
    makeFileMenu();
    makeEditMenu();
    makeViewMenu();
    makeHelpMenu();
}

void MainWindow::makeFileMenu() {
    QMenu* menu = menuBar()->addMenu(tr("&File"));
    m_open = makeAction(tr("&Open or Create…"), QKeySequence::Open, [this] { emit openRequested(); });
    m_copyLink = makeAction(tr("Copy &Link"), Qt::CTRL | Qt::SHIFT | Qt::Key_C, [this] { copyLink(); });
    menu->addActions({m_open, m_copyLink});
    menu->addSeparator();
    menu->addAction(makeAction(tr("&Close Window"), QKeySequence::Close, [this] { close(); }));
    QAction* quit = makeAction(tr("&Quit"), Qt::CTRL | Qt::Key_Q, [this] { emit quitRequested(); });
    quit->setMenuRole(QAction::QuitRole);
    menu->addAction(quit);
}

void MainWindow::makeEditMenu() {
    QMenu* menu = menuBar()->addMenu(tr("&Edit"));
    m_undo = makeAction(tr("&Undo"), QKeySequence::Undo, [this] { m_editor->undo(); });
    m_redo = makeAction(tr("&Redo"), {}, [this] { m_editor->redo(); });
    m_redo->setShortcuts({Qt::CTRL | Qt::SHIFT | Qt::Key_Z, Qt::CTRL | Qt::Key_Y});
    menu->addActions({m_undo, m_redo});
    menu->addSeparator();
    QAction* cut = makeAction(tr("Cu&t"), QKeySequence::Cut, [this] { m_editor->cut(); });
    QAction* copy = makeAction(tr("&Copy"), QKeySequence::Copy, [this] { m_editor->copy(); });
    QAction* paste = makeAction(tr("&Paste"), QKeySequence::Paste, [this] { m_editor->paste(); });
    QAction* all = makeAction(tr("Select &All"), QKeySequence::SelectAll, [this] { m_editor->selectAll(); });
    menu->addActions({cut, copy, paste, all});
    menu->addSeparator();
    menu->addAction(makeAction(tr("Your &Name and Colour…"), {}, [this] { choosePerson(); }));
}

void MainWindow::makeViewMenu() {
    QMenu* menu = menuBar()->addMenu(tr("&View"));
    QAction* larger = makeAction(tr("Zoom &In"), {}, [this] { m_editor->zoom(1); });
    larger->setShortcuts({Qt::CTRL | Qt::Key_Plus, Qt::CTRL | Qt::Key_Equal});
    QAction* smaller = makeAction(tr("Zoom &Out"), Qt::CTRL | Qt::Key_Minus, [this] { m_editor->zoom(-1); });
    QAction* usual = makeAction(tr("&Actual Size"), Qt::CTRL | Qt::Key_0, [this] { m_editor->resetZoom(); });
    menu->addActions({larger, smaller, usual});
    menu->addSeparator();
    menu->addAction(m_peopleShown);
    menu->addSeparator();

    QMenu* themes = menu->addMenu(tr("&Theme"));
    auto* group = new QActionGroup(this);
    const std::pair<theme::Choice, QString> choices[] = {{theme::Choice::system, tr("Like the &System")},
                                                         {theme::Choice::light, tr("&Light")},
                                                         {theme::Choice::dark, tr("&Dark")}};
    for (const auto& [choice, text] : choices) {
        QAction* action = makeAction(text, {}, [this, chosen = choice] { emit themeChosen(chosen); });
        action->setCheckable(true);
        action->setChecked(choice == m_preferences.theme());
        group->addAction(action);
        themes->addAction(action);
    }
}

void MainWindow::makeHelpMenu() {
    QMenu* menu = menuBar()->addMenu(tr("&Help"));
    menu->addAction(makeAction(tr("&About Tandem"), {}, [this] {
        QMessageBox::about(this, tr("About Tandem"),
                           tr("<b>Tandem %1</b><p>Write together, in one text, at the same time.</p>")
                               .arg(QStringLiteral(TANDEM_VERSION)));
    }));
}

void MainWindow::makeToolBar() {
    auto* bar = new QToolBar(tr("Document"), this);
    bar->setObjectName(QStringLiteral("document-bar"));
    bar->setMovable(false);
    bar->setIconSize(toolIconSize);
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);

    m_titleLabel = new TitleLabel;
    bar->addWidget(m_titleLabel);
    bar->addActions({m_open, m_copyLink, m_peopleShown});
    addToolBar(bar);
}

void MainWindow::makePeople() {
    auto* dock = new QDockWidget(tr("People"), this);
    dock->setObjectName(QStringLiteral("people"));
    dock->setFeatures(QDockWidget::DockWidgetClosable);
    m_people = new PeopleList;
    dock->setWidget(m_people);
    addDockWidget(Qt::RightDockWidgetArea, dock);
    m_peopleShown = dock->toggleViewAction();
    connect(m_people, &PeopleList::personChosen, this, &MainWindow::revealPerson);
    connect(m_people, &PeopleList::ownNameChosen, this, &MainWindow::choosePerson);
}

void MainWindow::makeStatusBar() {
    m_status = new StatusItem;
    m_place = new QLabel;
    m_place->setContentsMargins(8, 2, 8, 2);
    statusBar()->setSizeGripEnabled(false);
    statusBar()->addWidget(m_status, 1);
    statusBar()->addPermanentWidget(m_place);
    connect(m_status, &StatusItem::retryRequested, this, [this] {
        if (m_client)
            m_client->retryNow();
    });
}

void MainWindow::tintIcons() {
    m_open->setIcon(theme::icon(QStringLiteral("open"), palette()));
    m_copyLink->setIcon(theme::icon(QStringLiteral("link"), palette()));
    m_peopleShown->setIcon(theme::icon(QStringLiteral("people"), palette()));
}

} // namespace tandem
