// Documents of this computer on the start page: their names, their bin, and their place among the recent
// ones.
#include "documents/document_page.h"
#include "documents/library.h"
#include "documents/start_page.h"
#include "documents/status_row.h"
#include "editor/editor_view.h"
#include "integration/waiting.h"
#include "offline/document_place.h"
#include "offline/local_store.h"
#include "program.h"
#include "window/main_window.h"
#include "window/window_set.h"

#include <QInputDialog>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

#include <gtest/gtest.h>

namespace tandem {

namespace {

class LocalDocumentsTest : public testing::Test, protected TestSettings {
protected:
    void SetUp() override {
        begin();
        diary = write("Diary", "dear diary");
        plans = write("Plans", "first this");
    }
    void begin() { program = std::make_unique<Program>(static_cast<TestSettings&>(*this)); }
    void restart() {
        program.reset();
        begin();
    }
    DocumentUrl write(const QString& title, const QString& text) {
        QTest::qSleep(2); // another millisecond
        program->windows.openNewLocal(title);
        QTest::keyClicks(&page().editor(), text);
        const DocumentUrl url = page().url();
        window().closePage(&page());
        return url;
    }
    void showStart(const StartPage::Place& place = {StartPage::Place::Kind::thisComputer}) {
        program->windows.showStartPage();
        start().showPlace(place);
        window().activateWindow();
        ASSERT_TRUE(QTest::qWaitForWindowActive(&window()));
    }
    void showBin(bool shown) { start().findChild<QToolButton*>()->setChecked(shown); }

    MainWindow& window() { return program->windows.window(); }
    DocumentPage& page() { return *qobject_cast<DocumentPage*>(window().currentPage()); }
    StartPage& start() { return *qobject_cast<StartPage*>(window().currentPage()); }
    DocumentList& list() { return *start().findChild<DocumentList*>(); }
    QAction& action(const QString& id) { return *window().commands().action(id); }
    QString textOf(const DocumentUrl& url) {
        program->windows.open(url);
        return QString::fromStdString(page().document().replica().text());
    }
    QStringList titles() {
        QStringList titles;
        for (const DocumentList::Row& row : list().rows())
            titles.append(row.title);
        return titles;
    }
    void choose(const QString& title) {
        const auto row = static_cast<int>(titles().indexOf(title));
        ASSERT_GE(row, 0) << title.toStdString();
        list().setCurrentIndex(list().model()->index(row, 0));
        list().setFocus();
    }
    QLabel& message() {
        for (QLabel* label : start().findChildren<QLabel*>())
            if (label->wordWrap())
                return *label;
        std::abort(); // there is one
    }
    void answerTitle(const QString& title) {
        const auto dialogs = window().findChildren<QInputDialog*>();
        ASSERT_FALSE(dialogs.isEmpty());
        QInputDialog* dialog = dialogs.last(); // those before are about to go
        dialog->setTextValue(title);
        dialog->accept();
    }
    QMessageBox* question() {
        for (QMessageBox* each : start().findChildren<QMessageBox*>())
            if (each->isVisible())
                return each;
        return nullptr;
    }

    std::unique_ptr<Program> program;
    DocumentUrl diary;
    DocumentUrl plans;
};

} // namespace

TEST_F(LocalDocumentsTest, OneIsRenamedWhetherItIsOpenOrNot) {
    showStart();
    choose("Diary");
    QTest::keyClick(&list(), Qt::Key_F2);
    answerTitle("  My   diary ");
    EXPECT_EQ(titles(), QStringList({"Plans", "My diary"}));
    program->windows.open(plans);
    action("document.rename").trigger();
    answerTitle("Great plans");
    EXPECT_EQ(page().title(), "Great plans");
    restart();
    showStart();
    EXPECT_EQ(titles(), QStringList({"Great plans", "My diary"}));
    choose("Great plans");
    program->windows.open(plans);
    showStart();
    action("document.rename").trigger();
    answerTitle("Plans");
    program->windows.open(plans);
    EXPECT_EQ(page().title(), "Plans") << "also in the tab that was open";
}

TEST_F(LocalDocumentsTest, OneWithoutATitleIsOfferedItsFirstWords) {
    program->windows.openNewLocal();
    action("document.rename").trigger();
    EXPECT_EQ(window().findChildren<QInputDialog*>().last()->textValue(), "Untitled");
    QTest::keyClick(&page().editor(), Qt::Key_Return);
    QTest::keyClicks(&page().editor(), "## Packing list");
    action("document.rename").trigger();
    EXPECT_EQ(window().findChildren<QInputDialog*>().last()->textValue(), "Packing list");
    program->windows.open(diary);
    action("document.rename").trigger();
    EXPECT_EQ(window().findChildren<QInputDialog*>().last()->textValue(), "Diary");
}

TEST_F(LocalDocumentsTest, WhoeverWantsToSaveIsToldThatItIsKept) {
    program->windows.open(diary);
    window().activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&window()));
    QTest::keyClick(&page().editor(), Qt::Key_S, Qt::ControlModifier);
    const auto labels = page().statusRow().findChildren<QLabel*>();
    EXPECT_TRUE(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
        return label->text() == "Nothing needs to be saved by hand: all is kept as you type it.";
    }));
}

TEST_F(LocalDocumentsTest, OneGoesIntoTheBinAndComesBackWithAllThatWasWritten) {
    program->windows.open(diary);
    QTest::keyClick(&page().editor(), Qt::Key_End, Qt::ControlModifier);
    QTest::keyClicks(&page().editor(), " today");
    showStart();
    choose("Diary");
    QTest::keyClick(&list(), Qt::Key_Delete);
    EXPECT_EQ(titles(), QStringList({"Plans"}));
    EXPECT_TRUE(message().text().startsWith("“Diary” is in the bin.")) << message().text().toStdString();
    EXPECT_EQ(window().pages().size(), 1) << "its tab is closed";
    start().showPlace({});
    EXPECT_EQ(titles(), QStringList({"Plans"}));

    restart();
    showStart();
    EXPECT_EQ(titles(), QStringList({"Plans"}));
    showBin(true);
    ASSERT_EQ(titles(), QStringList({"Diary"}));
    EXPECT_FALSE(action("document.bin").isEnabled());
    EXPECT_FALSE(action("document.rename").isEnabled());
    action("document.restore").trigger();
    EXPECT_TRUE(titles().isEmpty());
    showBin(false);
    EXPECT_TRUE(titles().contains("Diary"));
    EXPECT_EQ(textOf(diary), "dear diary today");
}

TEST_F(LocalDocumentsTest, WhatIsInTheBinIsNotOpenedUntilItIsRestored) {
    showStart();
    choose("Diary");
    action("document.bin").trigger();
    showBin(true);
    choose("Diary");
    QTest::keyClick(&list(), Qt::Key_Return);
    ASSERT_EQ(window().pages().size(), 1);
    EXPECT_TRUE(message().text().startsWith("It is in the bin."));
    emit message().linkActivated("restore");
    EXPECT_TRUE(titles().isEmpty());
    EXPECT_EQ(textOf(diary), "dear diary");
}

TEST_F(LocalDocumentsTest, OnlyDeletingForEverTakesOneAwayAndAsksFirst) {
    showStart();
    choose("Diary");
    EXPECT_FALSE(action("document.purge").isEnabled());
    EXPECT_FALSE(reasonOff(&action("document.purge")).isEmpty());
    action("document.bin").trigger();
    showBin(true);
    choose("Diary");
    action("document.purge").trigger();
    ASSERT_TRUE(question());
    question()->reject();
    EXPECT_EQ(titles(), QStringList({"Diary"}));
    EXPECT_FALSE(question());
    action("document.purge").trigger();
    ASSERT_TRUE(question());
    EXPECT_TRUE(question()->text().contains("Diary"));
    for (QPushButton* button : question()->findChildren<QPushButton*>())
        if (button->text() == "&Delete for Ever")
            button->click();
    EXPECT_TRUE(titles().isEmpty());
    EXPECT_FALSE(program->store.has(storeKeyOf(diary)));
    showBin(false);
    EXPECT_EQ(titles(), QStringList({"Plans"}));
    EXPECT_EQ(textOf(plans), "first this");
}

TEST_F(LocalDocumentsTest, TheOneInFrontGoesIntoTheBinByItsCommandAndIsOfferedBack) {
    program->windows.open(diary);
    ASSERT_TRUE(action("document.bin").isVisible());
    action("document.bin").trigger();
    EXPECT_EQ(titles(), QStringList({"Plans"}));
    EXPECT_TRUE(message().text().startsWith("“Diary” is in the bin.")) << message().text().toStdString();
    emit message().linkActivated("restore");
    EXPECT_TRUE(titles().contains("Diary"));
    EXPECT_EQ(textOf(diary), "dear diary");
}

TEST_F(LocalDocumentsTest, RecentOnesOfThisComputerAndOfServersStandInOneOrder) {
    QTest::qSleep(2);
    program->library.noteOpened({QUrl("http://one.example"), diary.id}, "Elsewhere");
    QTest::qSleep(2);
    program->windows.open(diary);
    showStart({});
    EXPECT_EQ(titles(), QStringList({"Diary", "Elsewhere", "Plans"}));
    EXPECT_EQ(list().rows()[0].place, "Only here");
    choose("Plans");
    action("recent.forget").trigger();
    EXPECT_EQ(titles(), QStringList({"Diary", "Elsewhere"}));
    start().showPlace({StartPage::Place::Kind::thisComputer, {}});
    EXPECT_TRUE(titles().contains("Plans")) << "left out is not deleted";
    QTest::qSleep(2);
    EXPECT_EQ(textOf(plans), "first this");
    showStart({});
    EXPECT_EQ(titles(), QStringList({"Plans", "Diary", "Elsewhere"}));
}

TEST_F(LocalDocumentsTest, ANewOneBeginsWhereTheLastOneWas) {
    showStart({});
    start().createDocument();
    EXPECT_EQ(window().findChild<QInputDialog*>(), nullptr);
    EXPECT_TRUE(isLocalOnly(page().url()));
    const QUrl server("http://127.0.0.1:9");
    program->library.addServer(server);
    QTest::qSleep(2);
    program->library.noteOpened({server, diary.id}, "Elsewhere");
    showStart({});
    start().createDocument();
    auto* dialog = window().findChild<QInputDialog*>();
    ASSERT_TRUE(dialog);
    EXPECT_TRUE(dialog->labelText().contains("127.0.0.1:9"));
}

} // namespace tandem
