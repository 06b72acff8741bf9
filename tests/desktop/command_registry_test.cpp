#include "commands/command_registry.h"

#include "commands/menus.h"

#include <QMenuBar>
#include <QSignalSpy>

#include <gtest/gtest.h>

namespace tandem {

namespace {

class CommandRegistryTest : public testing::Test {
protected:
    Command command(const char* id, Section section) {
        return {QString::fromLatin1(id), section, makeAction(&owner, QString::fromLatin1(id), {}, [] {})};
    }
    QStringList ids() {
        QStringList ids;
        for (const Command& each : registry.all())
            ids.append(each.id);
        return ids;
    }

    QObject owner;
    CommandRegistry registry;
};

} // namespace

TEST_F(CommandRegistryTest, CommandsStandInTheOrderOfTheMenusWhoeverHandsThemIn) {
    registry.add({command("about", Section::helpAbout), command("open", Section::fileOpen)});
    registry.setPageCommands({command("undo", Section::editUndo), command("redo", Section::editUndo)});
    EXPECT_EQ(ids(), QStringList({"open", "undo", "redo", "about"}));
}

TEST_F(CommandRegistryTest, CommandsOfThePageGoWithIt) {
    registry.add({command("open", Section::fileOpen)});
    registry.setPageCommands({command("undo", Section::editUndo)});
    registry.setPageCommands({command("zoom", Section::viewZoom)});
    EXPECT_EQ(ids(), QStringList({"open", "zoom"}));
    EXPECT_EQ(registry.action("undo"), nullptr);
}

TEST_F(CommandRegistryTest, MenusWithoutCommandsAreNotShown) {
    QMenuBar bar;
    const Menus menus(bar, registry, nullptr);
    registry.add({command("open", Section::fileOpen), command("quit", Section::fileClose),
                  command("hidden", Section::paletteOnly)});
    QStringList shown;
    for (const QAction* action : bar.actions())
        if (action->isVisible())
            shown.append(action->text());
    EXPECT_EQ(shown, QStringList({"&File"}));
    const QList<QAction*> inFile = bar.actions().front()->menu()->actions();
    ASSERT_EQ(inFile.size(), 3);
    EXPECT_TRUE(inFile[1]->isSeparator());
}

TEST_F(CommandRegistryTest, ACommandThatIsOffSaysWhy) {
    QAction* action = command("cut", Section::editClipboard).action;
    setAvailable(action, false, "You may only read.");
    EXPECT_FALSE(action->isEnabled());
    EXPECT_EQ(reasonOff(action), "You may only read.");
    EXPECT_EQ(action->toolTip(), "You may only read.");
    setAvailable(action, true, "You may only read.");
    EXPECT_EQ(reasonOff(action), "");
    EXPECT_EQ(action->toolTip(), "cut");
}

TEST_F(CommandRegistryTest, NamesInListsHaveNoMnemonicsAndNoDots) {
    const QAction* action = makeAction(&owner, "Search && &Replace…", {}, [] {});
    EXPECT_EQ(plainText(action), "Search & Replace");
}

} // namespace tandem
