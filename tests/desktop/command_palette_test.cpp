#include "commands/command_palette.h"

#include "commands/finder.h"
#include "commands/shortcuts_overview.h"

#include <QLineEdit>
#include <QListView>
#include <QTest>
#include <QTreeWidget>

#include <gtest/gtest.h>

namespace tandem {

namespace {

class CommandPaletteTest : public testing::Test {
protected:
    void SetUp() override {
        registry.add({command("edit.find", Section::editFind, "&Find…", Qt::CTRL | Qt::Key_F),
                      command("edit.replace", Section::editFind, "&Replace…", Qt::CTRL | Qt::Key_H),
                      command("view.dark", Section::viewTheme, "&Dark Theme", 0)});
        window.resize(800, 600);
        window.show();
    }

    Command command(const char* id, Section section, const QString& text, QKeyCombination keys) {
        QAction* action = makeAction(&window, text, {QKeySequence(keys)},
                                     [this, id] { done.append(QString::fromLatin1(id)); });
        return {QString::fromLatin1(id), section, action};
    }
    Command command(const char* id, Section section, const QString& text, int) {
        return {QString::fromLatin1(id), section,
                makeAction(&window, text, {}, [this, id] { done.append(QString::fromLatin1(id)); })};
    }
    QLineEdit* field() { return palette.finder().findChild<QLineEdit*>(); }
    QListView* list() { return palette.finder().findChild<QListView*>(); }
    QStringList shown() { return palette.finder().shownKeys(); }

    QWidget window;
    CommandRegistry registry;
    CommandPalette palette{registry, &window};
    QStringList done;
};

} // namespace

TEST_F(CommandPaletteTest, ItListsEveryCommandAndFollowsWhatIsTyped) {
    palette.open();
    EXPECT_EQ(shown(), QStringList({"edit.find", "edit.replace", "view.dark"}));
    QTest::keyClicks(field(), "dt");
    EXPECT_EQ(shown(), QStringList({"view.dark"}));
    QTest::keyClick(field(), Qt::Key_Return);
    EXPECT_EQ(done, QStringList({"view.dark"}));
    EXPECT_FALSE(palette.finder().isVisible());
}

TEST_F(CommandPaletteTest, TheArrowsChooseAndGoRound) {
    palette.open();
    QTest::keyClick(field(), Qt::Key_Down);
    QTest::keyClick(field(), Qt::Key_Down);
    QTest::keyClick(field(), Qt::Key_Down);
    QTest::keyClick(field(), Qt::Key_Up);
    QTest::keyClick(field(), Qt::Key_Return);
    EXPECT_EQ(done, QStringList({"view.dark"}));
}

TEST_F(CommandPaletteTest, WhatIsOffIsShownOffAndCannotBeChosen) {
    setAvailable(registry.action("edit.replace"), false, "You may only read.");
    palette.open();
    QTest::keyClicks(field(), "replace");
    EXPECT_EQ(shown(), QStringList({"edit.replace"}));
    EXPECT_FALSE(list()->model()->index(0, 0).flags().testFlag(Qt::ItemIsEnabled));
    QTest::keyClick(field(), Qt::Key_Return);
    EXPECT_TRUE(done.isEmpty());
    EXPECT_TRUE(palette.finder().isVisible());
}

TEST_F(CommandPaletteTest, EscapeDoesNothing) {
    palette.open();
    QTest::keyClick(field(), Qt::Key_Escape);
    EXPECT_FALSE(palette.finder().isVisible());
    EXPECT_TRUE(done.isEmpty());
}

TEST_F(CommandPaletteTest, ThatNothingIsCalledSoIsSaid) {
    palette.open();
    QTest::keyClicks(field(), "qqq");
    EXPECT_TRUE(shown().isEmpty());
    EXPECT_EQ(list()->model()->index(0, 0).data().toString(), "No command is called so.");
}

TEST_F(CommandPaletteTest, TheOverviewListsEveryShortcut) {
    const ShortcutsOverview overview(registry, &window);
    const auto* tree = overview.findChild<QTreeWidget*>();
    ASSERT_EQ(tree->topLevelItemCount(), 1); // the theme has no keys
    EXPECT_EQ(tree->topLevelItem(0)->text(0), "Edit");
    EXPECT_EQ(tree->topLevelItem(0)->child(1)->text(0), "Replace");
    EXPECT_EQ(tree->topLevelItem(0)->child(1)->text(1), "Ctrl+H");
}

} // namespace tandem
