#include "window/main_window.h"

#include "commands/command_palette.h"
#include "commands/finder.h"
#include "documents/document_page.h"
#include "documents/library.h"
#include "documents/status_row.h"
#include "editor/editor_view.h"
#include "settings/preferences.h"
#include "test_settings.h"
#include "theme/theme.h"
#include "window/window_set.h"

#include <QAbstractButton>
#include <QApplication>
#include <QMenuBar>
#include <QMessageBox>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QToolBar>
#include <QToolButton>

#include <gtest/gtest.h>

namespace tandem {

namespace {

class MainWindowTest : public testing::Test, protected TestSettings {
protected:
    void SetUp() override {
        windows.open(first);
        ASSERT_TRUE(QTest::qWaitForWindowActive(&window()));
    }

    MainWindow& window() { return windows.window(); }
    QTabWidget* tabs() { return window().findChild<QTabWidget*>(); }
    DocumentPage* page() { return qobject_cast<DocumentPage*>(window().currentPage()); }

    Library library{preferences, secrets};
    WindowSet windows{preferences, library};
    // Nobody listens there.
    const DocumentUrl first{QUrl("http://127.0.0.1:9"), "aaaaaaaaaaaaaaaaaaaaaa"};
    const DocumentUrl second{QUrl("http://127.0.0.1:9"), "bbbbbbbbbbbbbbbbbbbbbb"};
};

} // namespace

TEST_F(MainWindowTest, EachDocumentHasATabOfItsOwnAndIsOpenOnce) {
    windows.open(second);
    EXPECT_EQ(tabs()->count(), 2);
    EXPECT_EQ(page()->url().id, second.id);
    windows.open(first);
    EXPECT_EQ(tabs()->count(), 2);
    EXPECT_EQ(page()->url().id, first.id);
    EXPECT_TRUE(page()->editor().hasFocus());
}

TEST_F(MainWindowTest, ALinkThatMayAllowMoreIsUsedByTheTabThatIsOpen) {
    DocumentUrl link = first;
    link.token = "abcdefghijklmnopqrstuvwxyz012345";
    windows.open(link);
    EXPECT_EQ(tabs()->count(), 1);
    EXPECT_EQ(page()->url().token, link.token);
    windows.open(first);
    EXPECT_EQ(page()->url().token, link.token);
}

TEST_F(MainWindowTest, TheTitleOfTheTabAndTheWindowIsThatOfTheDocument) {
    page()->document().setTitle("Research & <b>notes</b>");
    EXPECT_EQ(tabs()->tabText(0), "Research && <b>notes</b>");
    EXPECT_EQ(window().windowTitle(), "Research & <b>notes</b> – Tandem");
    EXPECT_TRUE(tabs()->tabToolTip(0).contains("&lt;b&gt;"));
}

TEST_F(MainWindowTest, ADotTellsThatATabIsNotSavedOrOffline) {
    page()->showStatus({.state = ClientSession::State::live});
    EXPECT_TRUE(tabs()->tabIcon(0).isNull());
    page()->showStatus({.state = ClientSession::State::live, .unsaved = 3});
    EXPECT_FALSE(tabs()->tabIcon(0).isNull());
    const QImage full = tabs()->tabIcon(0).pixmap(16).toImage();
    page()->showStatus({.state = ClientSession::State::offline});
    EXPECT_NE(tabs()->tabIcon(0).pixmap(16).toImage(), full);
}

TEST_F(MainWindowTest, TheKeyboardTurnsToTheNextTabAndClosesIt) {
    windows.open(second);
    QTest::keyClick(&page()->editor(), Qt::Key_Tab, Qt::ControlModifier);
    EXPECT_EQ(page()->url().id, first.id);
    QTest::keyClick(&page()->editor(), Qt::Key_Backtab, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_EQ(page()->url().id, second.id);
    QTest::keyClick(&page()->editor(), Qt::Key_W, Qt::ControlModifier);
    EXPECT_EQ(tabs()->count(), 1);
    EXPECT_EQ(page()->url().id, first.id);
}

TEST_F(MainWindowTest, TheCommandsAreThoseOfThePageInFront) {
    DocumentPage* before = page();
    QAction* undoBefore = window().commands().action("edit.undo");
    windows.open(second);
    EXPECT_NE(window().commands().action("edit.undo"), undoBefore);
    QTest::keyClicks(&page()->editor(), "x");
    window().commands().action("edit.undo")->trigger();
    EXPECT_EQ(page()->document().replica().text(), "");
    window().showPage(before);
    EXPECT_EQ(window().commands().action("edit.undo"), undoBefore);
}

TEST_F(MainWindowTest, NoTwoCommandsHaveTheSameShortcut) {
    QMap<QString, QString> owners;
    for (const Command& command : window().commands().all()) {
        for (const QKeySequence& keys : command.action->shortcuts()) {
            QString& owner = owners[keys.toString()];
            EXPECT_TRUE(owner.isEmpty() || owner == command.id)
                << keys.toString().toStdString() << ": " << owner.toStdString() << " and "
                << command.id.toStdString();
            owner = command.id;
        }
    }
    EXPECT_GT(owners.size(), 15);
}

TEST_F(MainWindowTest, EveryCommandOfAMenuStandsInItsMenu) {
    QSet<QAction*> inMenus;
    for (const QMenu* menu : window().menuBar()->findChildren<QMenu*>())
        for (QAction* action : menu->actions())
            inMenus.insert(action);
    for (const Command& command : window().commands().all())
        EXPECT_EQ(inMenus.contains(command.action), menuOf(command.section) != Menu::none)
            << command.id.toStdString();
}

TEST_F(MainWindowTest, BehindAClosedTabTheKeyboardIsInTheOneThatIsShown) {
    DocumentPage* stays = page();
    windows.openNewLocal("Another");
    window().closePage(window().currentPage());
    ASSERT_EQ(window().currentPage(), stays);
    EXPECT_EQ(QApplication::focusWidget(), &stays->editor());
}

TEST_F(MainWindowTest, NoSentenceMakesAWindowWider) {
    window().resize(700, 500);
    page()->statusRow().tell(QString(300, 'w'));
    page()->showStatus({.state = ClientSession::State::offline,
                        .unsaved = 123'456,
                        .retryInMs = 3'000,
                        .problem = QString(300, 'w')});
    QCoreApplication::processEvents();
    EXPECT_LE(window().minimumSizeHint().width(), 700);
    EXPECT_EQ(window().width(), 700);
}

TEST_F(MainWindowTest, ClosingTheLastTabShowsTheStartPage) {
    window().closePage(page());
    ASSERT_EQ(tabs()->count(), 1);
    EXPECT_EQ(tabs()->tabText(0), "Start");
}

TEST_F(MainWindowTest, ClosingTheWindowGoesThroughAllTabsAndTheFirstUnsavedOneStopsIt) {
    QTest::keyClicks(&page()->editor(), "x");
    windows.open(second);
    EXPECT_FALSE(window().close());
    EXPECT_EQ(page()->url().id, first.id);
    auto* question = page()->findChild<QMessageBox*>();
    ASSERT_TRUE(question);
    QTest::keyClick(question, Qt::Key_Escape);
    EXPECT_TRUE(window().isVisible());

    EXPECT_FALSE(window().close());
    const QPointer<MainWindow> closing = &window();
    for (auto* each : page()->findChildren<QMessageBox*>())
        for (QAbstractButton* button : each->buttons())
            if (each->isVisible() && each->buttonRole(button) == QMessageBox::DestructiveRole)
                button->click();
    EXPECT_TRUE(QTest::qWaitFor([&] { return closing.isNull(); }));
}

TEST_F(MainWindowTest, TheTabsThatWereOpenComeBackInTheirOrder) {
    windows.rememberTabs();
    windows.open(second);
    windows.open(first);
    window().close();
    WindowSet later(preferences, library);
    later.restoreTabs();
    QStringList ids;
    for (Page* each : later.window().pages())
        ids.append(qobject_cast<DocumentPage*>(each)->url().id);
    EXPECT_EQ(ids, QStringList({first.id, second.id}));
    EXPECT_EQ(qobject_cast<DocumentPage*>(later.window().currentPage())->url().id, first.id);
}

TEST_F(MainWindowTest, SizeAndThemeAreThoseOfTheLastTime) {
    window().resize(731, 517);
    window().commands().action("theme.dark")->trigger();
    window().close();
    const Preferences again(folder.filePath("settings.ini"));
    EXPECT_EQ(again.theme(), theme::Choice::dark);
    MainWindow next(preferences);
    EXPECT_EQ(next.size(), QSize(731, 517));
}

TEST_F(MainWindowTest, TheIconsOfTheToolBarHaveTheirSizeBeforeAndBehindAChangeOfTheme) {
    const QFont font = QApplication::font();
    const QPalette palette = QApplication::palette();
    theme::Theme theme(*qApp);
    theme.choose(theme::Choice::light);
    {
        WindowSet dressed(preferences, library);
        dressed.open(second);
        const auto* bar = dressed.window().findChild<QToolBar*>();
        ASSERT_TRUE(bar);
        const auto heights = [bar] {
            QList<int> all;
            for (const QToolButton* button : bar->findChildren<QToolButton*>())
                if (button->isVisible() && !button->icon().isNull())
                    all.append(button->height());
            return all;
        };
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&dressed.window()));
        const QList<int> before = heights();
        EXPECT_GE(before.size(), 3);
        constexpr int aroundIcon = 2 * (4 + 1); // padding and border of the style sheet
        for (const int height : before)
            EXPECT_GE(height, bar->iconSize().height() + aroundIcon);
        for (const theme::Choice choice : {theme::Choice::dark, theme::Choice::light}) {
            theme.choose(choice);
            QCoreApplication::processEvents();
            QTest::qWait(50); // for the layout
            EXPECT_EQ(heights(), before);
        }
    }
    qApp->setStyleSheet({});
    QApplication::setPalette(palette);
    QApplication::setFont(font);
}

TEST_F(MainWindowTest, ATabThatWasClosedDoesNotComeBack) {
    windows.rememberTabs();
    windows.open(second);
    window().closePage(page());
    EXPECT_EQ(preferences.openTabs().documents.size(), 1);
    window().closePage(page());
    window().close();
    WindowSet later(preferences, library);
    later.restoreTabs();
    EXPECT_TRUE(later.windows().isEmpty());
}

TEST_F(MainWindowTest, SecretsOfTabsComeBackFromTheKeychainAndAreInNoSettings) {
    windows.rememberTabs();
    DocumentUrl link = second;
    link.token = "SECRETsecretSECRETsecretSECRETse";
    windows.open(link);
    window().close();
    QFile settings(folder.filePath("settings.ini"));
    ASSERT_TRUE(settings.open(QIODevice::ReadOnly));
    EXPECT_FALSE(settings.readAll().contains(link.token.toUtf8()));
    WindowSet later(preferences, library);
    later.restoreTabs();
    EXPECT_EQ(qobject_cast<DocumentPage*>(later.window().currentPage())->url().token, link.token);
}

TEST_F(MainWindowTest, ARestoredTabHasItsTitleBeforeTheServerAnswers) {
    library.noteOpened(second, "Second document");
    windows.open(second);
    EXPECT_EQ(page()->title(), "Second document");
}

TEST_F(MainWindowTest, ThePaletteRunsWhatIsTypedAndGivesTheKeyboardBack) {
    Finder& finder = window().commandPalette().finder();
    QTest::keyClick(&page()->editor(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    ASSERT_TRUE(finder.isVisible());
    const qreal size = page()->editor().textSize();
    QTest::keyClicks(window().focusWidget(), "zoomin");
    EXPECT_EQ(finder.shownKeys().value(0), "view.zoomIn");
    QTest::keyClick(window().focusWidget(), Qt::Key_Return);
    EXPECT_FALSE(finder.isVisible());
    EXPECT_EQ(page()->editor().textSize(), size + 1);
    EXPECT_TRUE(page()->editor().hasFocus());
}

} // namespace tandem
