#include "documents/document_page.h"

#include "documents/side_panel.h"
#include "documents/status_item.h"
#include "editor/editor_view.h"
#include "people/people_list.h"
#include "settings/preferences.h"

#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

namespace tandem {

namespace {

class DocumentPageTest : public testing::Test {
protected:
    void SetUp() override {
        page.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&page));
    }

    QMessageBox* question() { return page.findChild<QMessageBox*>(); }

    QPushButton* answer(QMessageBox::ButtonRole role) {
        for (QAbstractButton* button : question()->buttons())
            if (question()->buttonRole(button) == role)
                return qobject_cast<QPushButton*>(button);
        return nullptr;
    }

    QAction* action(const QString& id) {
        for (const Command& command : page.commands())
            if (command.id == id)
                return command.action;
        return nullptr;
    }

    QTemporaryDir folder;
    Preferences preferences{folder.filePath("settings.ini")};
    // Nobody listens there.
    DocumentPage page{{QUrl("http://127.0.0.1:9"), "abcdefghijklmnopqrstuv"}, preferences};
};

} // namespace

TEST_F(DocumentPageTest, TheTitleIsThatOfTheDocumentAndPlainText) {
    EXPECT_EQ(page.title(), "Untitled");
    const QSignalSpy told(&page, &Page::titleChanged);
    page.document().setTitle("Notes\n<b>of</b> today");
    EXPECT_EQ(page.title(), "Notes <b>of</b> today");
    EXPECT_EQ(told.count(), 1);
}

TEST_F(DocumentPageTest, PeopleAreListedWithThisPersonFirst) {
    preferences.setPerson({"Zoe", 4});
    page.document().mutablePeers().put({"s1", "Ana", 1, std::nullopt, false});
    page.document().onPeersChanged();
    const auto* people = page.findChild<PeopleList*>();
    ASSERT_EQ(people->count(), 2);
    EXPECT_EQ(people->item(0)->text(), "Zoe");
    EXPECT_EQ(people->item(1)->text(), "Ana");
}

TEST_F(DocumentPageTest, WithoutAServerItSaysThatItIsOfflineAndTypingGoesOn) {
    page.start();
    QTest::keyClicks(&page.editor(), "still here");
    const auto* status = page.findChild<StatusItem*>();
    EXPECT_TRUE(QTest::qWaitFor([&] { return status->words().startsWith("Offline, 10 edits only in this window"); }))
        << status->words().toStdString();
    EXPECT_EQ(page.document().replica().text(), "still here");
    EXPECT_EQ(page.mark(), Page::Mark::offline);
}

TEST_F(DocumentPageTest, ClosingWithEverythingSavedAsksNothing) {
    EXPECT_TRUE(page.askToClose());
    EXPECT_FALSE(question());
}

TEST_F(DocumentPageTest, ClosingWithUnsavedEditsAsksAndCanBeCancelled) {
    const QSignalSpy refused(&page, &Page::closeRefused);
    QTest::keyClicks(&page.editor(), "x");
    EXPECT_FALSE(page.askToClose());
    ASSERT_TRUE(question());
    EXPECT_EQ(question()->text(), "1 edit has not reached the server.");
    QTest::keyClick(question(), Qt::Key_Escape);
    EXPECT_EQ(refused.count(), 1);
}

TEST_F(DocumentPageTest, ClosingCanLoseTheEditsWhenToldSo) {
    QSignalSpy allowed(&page, &Page::closeAllowed);
    QTest::keyClicks(&page.editor(), "x");
    EXPECT_FALSE(page.askToClose());
    QTest::mouseClick(answer(QMessageBox::DestructiveRole), Qt::LeftButton);
    EXPECT_TRUE(allowed.count() == 1 || allowed.wait());
}

TEST_F(DocumentPageTest, ClosingCanWaitUntilTheEditsAreSaved) {
    QSignalSpy allowed(&page, &Page::closeAllowed);
    page.start();
    QTest::keyClicks(&page.editor(), "x");
    EXPECT_FALSE(page.askToClose());
    QTest::mouseClick(answer(QMessageBox::AcceptRole), Qt::LeftButton);
    QCoreApplication::processEvents();
    EXPECT_EQ(allowed.count(), 0);
    const Outbox::Entry entry = page.document().outbox().entries().front();
    ASSERT_TRUE(page.document().applyAck(entry.replica, entry.last, 1));
    EXPECT_TRUE(allowed.count() == 1 || allowed.wait());
}

TEST_F(DocumentPageTest, AViewerCannotTypeAndIsToldWhy) {
    page.showStatus({.state = ClientSession::State::live, .mayEdit = false});
    QTest::keyClicks(&page.editor(), "x");
    EXPECT_TRUE(page.document().outbox().empty());
    for (const Command& command : page.commands()) {
        if (command.needs == Command::Needs::editing) {
            EXPECT_FALSE(command.action->isEnabled()) << command.id.toStdString();
            EXPECT_EQ(command.action->toolTip(), "With this link you may only read.");
        }
    }
    EXPECT_TRUE(action("edit.copy")->isEnabled());

    page.showStatus({.state = ClientSession::State::live, .mayEdit = true});
    QTest::keyClicks(&page.editor(), "x");
    EXPECT_EQ(page.document().replica().text(), "x");
    EXPECT_TRUE(action("edit.paste")->isEnabled());
    EXPECT_EQ(reasonOff(action("edit.paste")), "");
}

TEST_F(DocumentPageTest, TheSizeOfTheTextIsThatOfEveryPageAndRemembered) {
    DocumentPage other(page.url(), preferences);
    page.editor().zoom(5);
    EXPECT_EQ(other.editor().textSize(), page.editor().textSize());
    const DocumentPage next(page.url(), preferences);
    EXPECT_EQ(const_cast<DocumentPage&>(next).editor().textSize(), page.editor().textSize());
}

TEST_F(DocumentPageTest, ThePanelBesideTheTextIsShownByItsCommandAndRemembered) {
    EXPECT_EQ(page.sidePanel().shownName(), "people");
    action("view.people")->trigger();
    EXPECT_FALSE(page.sidePanel().isVisible());
    DocumentPage next(page.url(), preferences);
    EXPECT_EQ(next.sidePanel().shownName(), "");
    action("view.people")->trigger();
    EXPECT_TRUE(page.sidePanel().isVisible());
}

TEST_F(DocumentPageTest, AnotherPanelTakesThePlaceOfTheFirst) {
    QAction* history = page.sidePanel().add("history", "&History", new QLabel("past"));
    history->trigger();
    EXPECT_EQ(page.sidePanel().shownName(), "history");
    EXPECT_FALSE(action("view.people")->isChecked());
    history->trigger();
    EXPECT_FALSE(page.sidePanel().isVisible());
}

} // namespace tandem
