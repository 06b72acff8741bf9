// What one reaches without a mouse, and what a screen reader says of it, in every part of the program.
#include "commands/command_palette.h"
#include "documents/document_page.h"
#include "documents/library.h"
#include "documents/publish_dialog.h"
#include "documents/start_page.h"
#include "editor/editor_view.h"
#include "editor/tools/editor_tools.h"
#include "history/history_page.h"
#include "offline/local_store.h"
#include "people/person_dialog.h"
#include "settings/preferences.h"
#include "sharing/invitation_dialog.h"
#include "sharing/share_dialog.h"
#include "test_settings.h"
#include "window/main_window.h"
#include "window/window_set.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QComboBox>
#include <QDialog>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QToolBar>

#include <gtest/gtest.h>

#include <functional>

namespace tandem {

namespace {

class AccessibilityTest : public testing::Test, protected TestSettings {
protected:
    // Of what speaks for its parts, and whose keys reach them.
    static bool isPartOfAnother(const QWidget* widget) {
        for (const QWidget* whole = widget->parentWidget(); whole; whole = whole->parentWidget())
            if (qobject_cast<const QComboBox*>(whole) || qobject_cast<const QLineEdit*>(whole) ||
                qobject_cast<const QAbstractSpinBox*>(whole) || qobject_cast<const QTabBar*>(whole) ||
                whole->objectName() == "finder")
                return true;
        return qobject_cast<const QScrollBar*>(widget) || widget->objectName().startsWith("qt_");
    }
    static QString nameOf(QWidget* widget) {
        QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(widget);
        return interface ? interface->text(QAccessible::Name) : QString();
    }
    // What one can use: named, and in reach of the keyboard, which buttons of the tool bar are by their
    // commands.
    void look(QWidget& part) {
        for (QWidget* widget : part.findChildren<QWidget*>()) {
            const bool isUsed = qobject_cast<QAbstractButton*>(widget) || qobject_cast<QLineEdit*>(widget) ||
                                qobject_cast<QAbstractSlider*>(widget) || qobject_cast<QComboBox*>(widget) ||
                                qobject_cast<QAbstractItemView*>(widget) ||
                                qobject_cast<QPlainTextEdit*>(widget);
            if (!isUsed || isPartOfAnother(widget))
                continue;
            ++looked;
            const std::string which = widget->metaObject()->className() + std::string(" in ") +
                                      widget->parentWidget()->metaObject()->className();
            EXPECT_FALSE(nameOf(widget).isEmpty()) << which << " has no name";
            const bool isOfToolBar = qobject_cast<QToolBar*>(widget->parentWidget()) != nullptr;
            EXPECT_TRUE(isOfToolBar || widget->focusPolicy() & Qt::TabFocus || widget->focusProxy())
                << which << ", " << nameOf(widget).toStdString() << ", is out of reach of the keyboard";
        }
    }

    // All that screen readers can go to, windows and what opens from them included: what takes the keyboard
    // has a name.
    void walk(QAccessibleInterface& part) {
        for (int i = 0; i < part.childCount(); ++i) {
            QAccessibleInterface* child = part.child(i);
            if (!child || child->state().invisible)
                continue;
            ++walked;
            const QObject* object = child->object();
            EXPECT_FALSE(child->state().focusable && child->text(QAccessible::Name).isEmpty())
                << "role " << child->role() << ", "
                << (object ? object->metaObject()->className() : "no object") << " in "
                << part.text(QAccessible::Name).toStdString() << " has no name";
            walk(*child);
        }
    }
    void walkShown(QWidget& window) {
        window.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&window));
        QAccessibleInterface* whole = QAccessible::queryAccessibleInterface(&window);
        EXPECT_FALSE(whole->text(QAccessible::Name).isEmpty()) << window.metaObject()->className();
        walk(*whole);
    }

    void withHistoryAndDialogs(const std::function<void(QWidget&)>& visit) {
        const DocumentUrl url{QUrl("http://127.0.0.1:9"), "abcdefghijklmnopqrstuv"};
        HistoryPage history(url, "Notes", preferences);
        history.setWindowTitle("Notes");
        visit(history);
        ShareLinks links;
        ShareDialog share(links, "Notes");
        visit(share);
        InvitationDialog invitation(url.link(), "For all.", nullptr);
        visit(invitation);
        PersonDialog person({"Ana", 1}, nullptr);
        visit(person);
        PublishDialog publish({"Notes", url.id, "secret"}, library, nullptr);
        visit(publish);
    }

    LocalStore store{folder.filePath("data")};
    Library library{preferences, secrets, &store};
    int looked = 0;
    int walked = 0;
};

} // namespace

TEST_F(AccessibilityTest, WhatOneCanUseInAWindowHasANameAndIsInReachOfTheKeyboard) {
    WindowSet windows(preferences, library);
    windows.openNewLocal("Diary", "today");
    auto* page = qobject_cast<DocumentPage*>(windows.window().currentPage());
    for (const Command& command : page->commands())
        if (command.id == "edit.replace" || command.id == "go.line" || command.id == "view.preview")
            command.action->trigger(); // its bars and panels are there
    look(windows.window());
    windows.showStartPage();
    look(windows.window());
    windows.window().commands().action("person.choose")->trigger();
    EXPECT_GT(looked, 30);
}

TEST_F(AccessibilityTest, SoDoesWhatIsInDialogsAndInTheHistory) {
    withHistoryAndDialogs([this](QWidget& window) { look(window); });
    EXPECT_GT(looked, 20);
}

TEST_F(AccessibilityTest, WhateverAScreenReaderCanGoToSaysWhatItIs) {
    WindowSet windows(preferences, library);
    windows.openNewLocal("Diary", "today");
    MainWindow& window = windows.window();
    auto* page = qobject_cast<DocumentPage*>(window.currentPage());
    page->document().mutablePeers().put({"b", "Ben", 1, std::nullopt, false});
    page->showPeople();
    page->showStatus({.state = ClientSession::State::stopped, .problem = "Closed."}); // its bar is there
    for (const Command& command : page->commands())
        if (command.id == "edit.replace" || command.id == "go.line" || command.id == "view.preview" ||
            command.id == "view.people")
            command.action->trigger();
    walkShown(window);
    windows.showStartPage();
    walkShown(window);
    for (const char* opener : {"help.shortcuts", "person.choose"})
        window.commands().action(opener)->trigger();
    for (QDialog* dialog : window.findChildren<QDialog*>())
        walkShown(*dialog);
    window.commandPalette().open();
    walkShown(window);
    for (const QMenu* menu : window.findChildren<QMenu*>())
        for (const QAction* action : menu->actions())
            EXPECT_TRUE(action->isSeparator() || !action->text().isEmpty());
    EXPECT_GT(walked, 100);
}

TEST_F(AccessibilityTest, SoDoDialogs) {
    withHistoryAndDialogs([this](QWidget& window) { walkShown(window); });
    EXPECT_GT(walked, 40);
}

} // namespace tandem
