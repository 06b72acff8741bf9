#include "window/main_window.h"

#include "editor/editor_view.h"
#include "settings/preferences.h"
#include "window/people_list.h"
#include "window/status_item.h"

#include <QMessageBox>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

namespace tandem {

namespace {

class MainWindowTest : public testing::Test {
protected:
    void SetUp() override {
        window.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&window));
    }

    QMessageBox* question() { return window.findChild<QMessageBox*>(); }

    QPushButton* answer(QMessageBox::ButtonRole role) {
        for (QAbstractButton* button : question()->buttons())
            if (question()->buttonRole(button) == role)
                return qobject_cast<QPushButton*>(button);
        return nullptr;
    }

    QTemporaryDir folder;
    Preferences preferences{folder.filePath("settings.ini")};
    // Nobody listens there.
    MainWindow window{{QUrl("http://127.0.0.1:9"), "abcdefghijklmnopqrstuv"}, preferences};
};

} // namespace

TEST_F(MainWindowTest, TheTitleIsThatOfTheDocumentAndPlainText) {
    window.document().setTitle("Notes\n<b>of</b> today");
    EXPECT_EQ(window.windowTitle(), "Notes <b>of</b> today – Tandem");
}

TEST_F(MainWindowTest, PeopleAreListedWithThisPersonFirst) {
    preferences.setPerson({"Zoe", 4});
    window.document().mutablePeers().put({"s1", "Ana", 1, std::nullopt, false});
    window.document().onPeersChanged();
    const auto* people = window.findChild<PeopleList*>();
    ASSERT_EQ(people->count(), 2);
    EXPECT_EQ(people->item(0)->text(), "Zoe");
    EXPECT_EQ(people->item(1)->text(), "Ana");
}

TEST_F(MainWindowTest, WithoutAServerItSaysThatItIsOfflineAndTypingGoesOn) {
    window.start();
    QTest::keyClicks(&window.editor(), "still here");
    const auto* status = window.findChild<StatusItem*>();
    EXPECT_TRUE(QTest::qWaitFor([&] { return status->words().startsWith("Offline, 10 edits kept here"); }))
        << status->words().toStdString();
    EXPECT_EQ(window.document().replica().text(), "still here");
}

TEST_F(MainWindowTest, ClosingWithEverythingSavedAsksNothing) {
    EXPECT_TRUE(window.close());
}

TEST_F(MainWindowTest, ClosingWithUnsavedEditsAsksAndCanBeCancelled) {
    QTest::keyClicks(&window.editor(), "x");
    EXPECT_FALSE(window.close());
    ASSERT_TRUE(question());
    EXPECT_EQ(question()->text(), "1 edit has not reached the server.");
    QTest::keyClick(question(), Qt::Key_Escape);
    EXPECT_TRUE(window.isVisible());
}

TEST_F(MainWindowTest, ClosingCanLoseTheEditsWhenToldSo) {
    QTest::keyClicks(&window.editor(), "x");
    window.close();
    ASSERT_TRUE(question());
    QTest::mouseClick(answer(QMessageBox::DestructiveRole), Qt::LeftButton);
    EXPECT_FALSE(window.isVisible());
}

TEST_F(MainWindowTest, ClosingCanWaitUntilTheEditsAreSaved) {
    window.start();
    QTest::keyClicks(&window.editor(), "x");
    window.close();
    ASSERT_TRUE(question());
    QTest::mouseClick(answer(QMessageBox::AcceptRole), Qt::LeftButton);
    EXPECT_TRUE(window.isVisible());
    const Outbox::Entry entry = window.document().outbox().entries().front();
    ASSERT_TRUE(window.document().applyAck(entry.replica, entry.last, 1));
    EXPECT_TRUE(QTest::qWaitFor([&] { return !window.isVisible(); }));
}

TEST_F(MainWindowTest, AViewerCannotType) {
    window.showStatus({.state = ClientSession::State::live, .mayEdit = false});
    QTest::keyClicks(&window.editor(), "x");
    EXPECT_TRUE(window.document().outbox().empty());
}

TEST_F(MainWindowTest, TheSizeOfTheTextIsRemembered) {
    window.editor().zoom(5);
    MainWindow next(window.url(), preferences);
    EXPECT_EQ(next.editor().textSize(), window.editor().textSize());
}

} // namespace tandem
