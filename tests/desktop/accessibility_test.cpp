// What one reaches without a mouse, and what a screen reader says of it, in every part of the program.
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
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QToolBar>

#include <gtest/gtest.h>

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

    LocalStore store{folder.filePath("data")};
    Library library{preferences, secrets, &store};
    int looked = 0;
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
    const DocumentUrl url{QUrl("http://127.0.0.1:9"), "abcdefghijklmnopqrstuv"};
    HistoryPage history(url, "Notes", preferences);
    look(history);
    ShareLinks links;
    ShareDialog share(links, "Notes");
    look(share);
    InvitationDialog invitation(url.link(), "For all.", nullptr);
    look(invitation);
    PersonDialog person({"Ana", 1}, nullptr);
    look(person);
    PublishDialog publish({"Notes", url.id, "secret"}, library, nullptr);
    look(publish);
    EXPECT_GT(looked, 20);
}

} // namespace tandem
