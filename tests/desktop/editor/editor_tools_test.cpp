// The tools of an editor put together, as a page has them.
#include "editor/tools/editor_tools.h"

#include "editor/tools/editor_resources.h"
#include "editor_fixture.h"
#include "settings/preferences.h"

#include <QLineEdit>
#include <QScrollBar>
#include <QTemporaryDir>

namespace tandem {

namespace {

class EditorToolsTest : public EditorFixture {
protected:
    QAction* action(const QString& id) {
        for (const Command& command : tools.commands())
            if (command.id == id)
                return command.action;
        ADD_FAILURE() << "no command " << qPrintable(id);
        return nullptr;
    }
    QString language() const {
        return tools.highlighter().language() ? tools.highlighter().language()->id : QString();
    }

    QTemporaryDir folder;
    Preferences preferences{folder.filePath("settings.ini")};
    EditorTools tools{view, mine.document, clock, preferences, "doc-1", nullptr};
};

} // namespace

TEST_F(EditorToolsTest, EveryCommandHasAnIdAWordAndAShortcutOfItsOwn) {
    QSet<QString> ids;
    QSet<QKeySequence> shortcuts;
    for (const Command& command : tools.commands()) {
        EXPECT_FALSE(ids.contains(command.id)) << qPrintable(command.id);
        ids.insert(command.id);
        EXPECT_FALSE(command.action->text().isEmpty()) << qPrintable(command.id);
        for (const QKeySequence& shortcut : command.action->shortcuts()) {
            EXPECT_FALSE(shortcuts.contains(shortcut)) << qPrintable(command.id + ' ' + shortcut.toString());
            shortcuts.insert(shortcut);
        }
    }
    for (const char* id : {"edit.find", "edit.replace", "edit.findNext", "edit.findPrevious", "go.line"})
        EXPECT_TRUE(ids.contains(id)) << id;
}

TEST_F(EditorToolsTest, WhatChangesTheTextIsMarkedAsEditing) {
    for (const Command& command : tools.commands()) {
        if (command.section == Section::editText || command.id == "edit.replace") {
            EXPECT_EQ(command.needs, Command::Needs::editing) << qPrintable(command.id);
        }
    }
}

TEST_F(EditorToolsTest, TheLanguageFollowsTheTitleUnlessOneIsChosenForTheDocument) {
    EXPECT_EQ(language(), "markdown");
    tools.setTitle("server.py");
    EXPECT_EQ(language(), "python");
    EXPECT_EQ(tools.languageButton()->text(), "Python");
    action("language.rust")->trigger();
    tools.setTitle("other.go");
    EXPECT_EQ(language(), "rust");
    EditorTools again(view, mine.document, clock, preferences, "doc-1", nullptr);
    again.setTitle("other.go");
    EXPECT_EQ(again.highlighter().language()->id, "rust");
    action("language.auto")->trigger();
    EXPECT_EQ(language(), "go");
    tools.setTitle("notes.txt");
    EXPECT_EQ(language(), "");
    EXPECT_EQ(tools.languageButton()->text(), "Plain text");
}

TEST_F(EditorToolsTest, WhatIsChosenIsKeptOnThisComputerAndChangesNoText) {
    write(U"a\ttext that is wide " + std::u32string(300, U'w'));
    action("view.wrap")->trigger();
    action("view.spelling")->trigger();
    action("typing.tabWidth8")->trigger();
    EXPECT_FALSE(view.wrapsLines());
    EXPECT_FALSE(tools.spelling().isOn());
    Preferences same(folder.filePath("settings.ini"));
    EXPECT_FALSE(same.editorValue("wrapsLines", true).toBool());
    EXPECT_EQ(same.editorValue("tabWidth").toInt(), 8);
    EXPECT_TRUE(mine.document.outbox().empty());
}

TEST_F(EditorToolsTest, AllToolsTogetherLeaveTheViewStillAndTheTextRight) {
    fill(400);
    for (const char* id : {"view.authors", "view.preview", "edit.find"})
        action(id)->trigger();
    view.verticalScrollBar()->setValue(200);
    putCaret(positionOf("line 205"));
    QTest::keyClicks(&view, "int main() { ");
    const QRect before = view.cursorRect();
    SeededRandom random(4);
    for (int i = 0; i < 50; ++i) {
        editRemotely(random.below(500), 0, i % 5 == 0 ? U"/* \n" : U"x");
        QCoreApplication::processEvents();
        ASSERT_EQ(view.cursorRect(), before) << "edit " << i;
        QTest::keyClick(&view, Qt::Key_A);
        QTest::keyClick(&view, Qt::Key_Backspace);
    }
    EXPECT_TRUE(view.binding().agrees());
}

} // namespace tandem
