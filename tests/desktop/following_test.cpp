#include "people/following.h"

#include "documents/document_page.h"
#include "editor/editor_view.h"
#include "people/people_list.h"
#include "settings/preferences.h"

#include <QScrollBar>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>

#include <gtest/gtest.h>

namespace tandem {

namespace {

class FollowingTest : public testing::Test {
protected:
    void SetUp() override {
        page.resize(700, 400);
        page.show();
        page.activateWindow();
        ASSERT_TRUE(QTest::qWaitForWindowActive(&page));
        std::u32string lines;
        for (int i = 0; i < 300; ++i)
            lines += U"a line of text\n";
        SystemRandom random;
        OpenDocument written(random);
        ASSERT_TRUE(written.edit(0, 0, lines));
        ASSERT_TRUE(page.document().adoptSnapshot(written.replica().encode(), 1, "epoch"));
        placeAna(200);
        page.editor().setFocus();
    }

    void placeAna(int line, bool idle = false) {
        const Anchor anchor = page.editor().binding().anchorAt(line * 15, Side::right);
        page.document().mutablePeers().put({"s1", "Ana", 1, Selection{anchor, anchor}, idle});
        page.document().onPeersChanged();
    }
    bool sees(int line) {
        const QRect caret = page.editor().caretRect(line * 15);
        return page.editor().viewport()->rect().contains(caret);
    }
    int top() { return page.editor().verticalScrollBar()->value(); }

    QTemporaryDir folder;
    Preferences preferences{folder.filePath("settings.ini")};
    DocumentPage page{{QUrl("http://127.0.0.1:9"), "abcdefghijklmnopqrstuv"}, preferences};
    Following& following = page.following();
};

} // namespace

TEST_F(FollowingTest, AClickOnSomeoneFollowsThemWhereverTheyGo) {
    ASSERT_FALSE(sees(200));
    auto* people = page.findChild<PeopleList*>();
    QTest::mouseClick(people->viewport(), Qt::LeftButton, {},
                      people->visualItemRect(people->item(1)).center());
    EXPECT_EQ(following.words(), "Following Ana · Esc");
    EXPECT_TRUE(sees(200));
    placeAna(20);
    EXPECT_TRUE(sees(20));
    EXPECT_EQ(people->item(1)->toolTip(), "Stop following");
}

TEST_F(FollowingTest, WhatIsInSightAlreadyDoesNotMoveTheView) {
    following.toggle("s1");
    const int before = top();
    placeAna(201);
    EXPECT_EQ(top(), before);
}

TEST_F(FollowingTest, EscapeEndsItAndNothingElseHappens) {
    following.toggle("s1");
    QTest::keyClick(&page.editor(), Qt::Key_Escape);
    EXPECT_EQ(following.words(), "");
    const int before = top();
    placeAna(3);
    EXPECT_EQ(top(), before);
}

TEST_F(FollowingTest, OwnTypingScrollingAndClickingEndIt) {
    const auto type = [this] { QTest::keyClick(&page.editor(), Qt::Key_X); };
    const auto scroll = [this] {
        QWheelEvent wheel({50, 50}, page.editor().viewport()->mapToGlobal(QPointF(50, 50)), {}, {0, -120}, {},
                          {}, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(page.editor().viewport(), &wheel);
    };
    const auto click = [this] { QTest::mouseClick(page.editor().viewport(), Qt::LeftButton, {}, {50, 50}); };
    const auto pull = [this] { QTest::mouseClick(page.editor().verticalScrollBar(), Qt::LeftButton); };
    for (const std::function<void()>& act : {std::function<void()>(type), std::function<void()>(scroll),
                                             std::function<void()>(click), std::function<void()>(pull)}) {
        following.toggle("s1");
        ASSERT_NE(following.words(), "");
        act();
        EXPECT_EQ(following.words(), "");
    }
}

TEST_F(FollowingTest, OthersEditsDoNotEndIt) {
    following.toggle("s1");
    QTest::keyClick(&page.editor(), Qt::Key_Shift);
    emit page.editor().binding().editsShown();
    EXPECT_EQ(following.session(), "s1");
}

TEST_F(FollowingTest, ItEndsWhenThatPersonLeaves) {
    following.toggle("s1");
    page.document().mutablePeers().remove("s1");
    page.document().onPeersChanged();
    EXPECT_EQ(following.words(), "");
    for (const Command& command : page.commands()) {
        if (command.section == Section::peopleHere) {
            EXPECT_EQ(reasonOff(command.action), "Nobody else is here.");
        }
    }
}

TEST_F(FollowingTest, TheKeyboardFollowsAndJumpsToo) {
    const auto trigger = [this](const QString& id) {
        for (const Command& command : page.commands())
            if (command.id == id)
                command.action->trigger();
    };
    trigger("people.jump");
    EXPECT_TRUE(sees(200));
    EXPECT_EQ(following.words(), "");
    page.document().mutablePeers().put({"s2", "Ben", 2, std::nullopt, false});
    page.document().onPeersChanged();
    trigger("people.follow");
    EXPECT_EQ(following.session(), "s1");
    trigger("people.follow");
    EXPECT_EQ(following.session(), "s2");
}

TEST_F(FollowingTest, WhoeverIsIdleIsShownAway) {
    placeAna(200, true);
    auto* people = page.findChild<PeopleList*>();
    EXPECT_EQ(people->item(1)->data(Qt::AccessibleTextRole).toString(), "Ana, away");
}

TEST_F(FollowingTest, TheRowWithTheKeyboardStaysWhilePeopleMove) {
    auto* people = page.findChild<PeopleList*>();
    people->setCurrentRow(1);
    placeAna(7);
    EXPECT_EQ(people->currentRow(), 1);
}

} // namespace tandem
