// Documents that are kept on this computer, in real pages, with a real server that comes and goes.
#include "connection/outbox_courier.h"
#include "documents/document_list.h"
#include "documents/document_page.h"
#include "documents/publish_dialog.h"
#include "documents/refused_bar.h"
#include "documents/start_page.h"
#include "documents/status_item.h"
#include "editor/editor_view.h"
#include "fake_keychain.h"
#include "integration/http_client.h"
#include "integration/server_process.h"
#include "integration/waiting.h"
#include "offline/document_place.h"
#include "offline/local_store.h"
#include "settings/preferences.h"
#include "window/main_window.h"
#include "window/window_set.h"

#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

namespace tandem {

namespace {

const QByteArray adminToken = "the-admin-of-this-test";

// The program, which ends and begins again.
struct Program {
    Program(const QTemporaryDir& folder, FakeKeychain::State& keychain)
        : preferences(folder.filePath("settings.ini"))
        , store(folder.filePath("data"))
        , secrets(std::make_unique<FakeKeychain>(keychain), folder.filePath("secrets.json"))
        , library(preferences, secrets, &store)
        , windows(preferences, library) {
        preferences.setPerson({"Ana", 1});
    }

    DocumentPage& open(const DocumentUrl& url) {
        windows.open(url);
        return page();
    }
    DocumentPage& page() { return *qobject_cast<DocumentPage*>(windows.window().currentPage()); }
    QString words() { return page().findChild<StatusItem*>()->words(); }
    QString text() { return QString::fromStdString(page().document().replica().text()); }
    void type(const QString& text) { QTest::keyClicks(&page().editor(), text); }
    void closePage() { windows.window().closePage(&page()); }

    Preferences preferences;
    LocalStore store;
    SecretStore secrets;
    Library library;
    WindowSet windows;
};

class OfflineTest : public testing::Test {
protected:
    explicit OfflineTest(const QStringList& arguments = {}) : server(arguments) {}

    void SetUp() override {
        ASSERT_TRUE(server.start()) << server.output().toStdString();
        url = {server.url(), HttpClient(server.url()).createDocument("Notes")};
        begin();
    }
    void begin() { program = std::make_unique<Program>(folder, keychain); }
    void restart() {
        program.reset();
        begin();
    }
    bool isSaved() {
        return waitUntil([this] { return program->words() == "Saved"; });
    }
    bool isOffline() {
        return waitUntil([this] { return program->words().startsWith("Offline"); });
    }
    HttpClient http() const { return HttpClient(server.url()); }
    QString serverText() const { return http().textOf(url.id); }

    ServerProcess server;
    QTemporaryDir folder;
    FakeKeychain::State keychain;
    DocumentUrl url;
    std::unique_ptr<Program> program;
};

class OfflineLinksTest : public OfflineTest {
protected:
    OfflineLinksTest() : OfflineTest({"--access", "links", "--admin-token", adminToken}) {}

    HttpReply asOwner(const QByteArray& method, const QString& path, const QJsonObject& body = {}) const {
        return http().request(method, ("/v1/docs/" + url.id + path).toUtf8(),
                              {{"Authorization", "Bearer " + owner}, {"Content-Type", "application/json"}},
                              body.isEmpty() ? QByteArray() : QJsonDocument(body).toJson());
    }
    // The document, opened with a link for editors.
    void openAsEditor() {
        const HttpReply made = http().post("/v1/docs", QJsonObject{{"title", "Shared"}});
        ASSERT_EQ(made.status, 201) << made.body.toStdString();
        url.id = made.json()["id"].toString();
        owner = made.json()["link"].toObject()["secret"].toString().toUtf8();
        const HttpReply link = asOwner("POST", "/links", {{"role", "editor"}});
        ASSERT_EQ(link.status, 201) << link.body.toStdString();
        url.token = link.json()["secret"].toString();
        number = link.json()["number"].toInt();
        program->open(url);
        ASSERT_TRUE(isSaved()) << program->words().toStdString();
    }

    QByteArray owner;
    int number = 0;
};

} // namespace

TEST_F(OfflineTest, ADocumentOpensWithoutItsServerAndWhatIsTypedGoesThereLater) {
    program->open(url);
    program->type("online ");
    ASSERT_TRUE(isSaved());
    server.kill();
    ASSERT_TRUE(isOffline());
    program->type("offline ");
    EXPECT_TRUE(waitUntil([this] {
        return program->words().startsWith("Offline, 8 edits kept on this computer");
    })) << program->words().toStdString();

    restart();
    program->open(url);
    EXPECT_EQ(program->page().editor().toPlainText(), "online offline ");
    EXPECT_EQ(program->page().title(), "Notes");
    program->type("again ");
    EXPECT_EQ(program->text(), "online offline again ");

    restart();
    ASSERT_TRUE(server.start());
    program->open(url);
    ASSERT_TRUE(isSaved()) << program->words().toStdString();
    EXPECT_EQ(serverText(), "online offline again ");
}

TEST_F(OfflineTest, ClosingOfflineAsksNothingAndSaysThatTheEditsAreKept) {
    server.kill();
    program->open(url);
    program->type("kept");
    QSignalSpy closed(&program->page(), &DocumentPage::closedWithEdits);
    EXPECT_TRUE(program->page().askToClose());
    EXPECT_FALSE(program->page().findChild<QMessageBox*>());
    ASSERT_EQ(closed.size(), 1);
    EXPECT_TRUE(closed[0][0].toString().startsWith("4 edits of “Untitled” are kept on this computer"))
        << closed[0][0].toString().toStdString();
}

TEST_F(OfflineTest, WhatWasTypedIntoAClosedDocumentIsBroughtToItsServer) {
    server.kill();
    program->open(url);
    program->type("typed and closed");
    program->closePage();
    ASSERT_TRUE(server.start());
    EXPECT_TRUE(waitUntil([this] { return serverText() == "typed and closed"; }))
        << serverText().toStdString();
    EXPECT_TRUE(waitUntil([this] { return program->store.documents().at(0).unsent == 0; }));
}

TEST_F(OfflineTest, WhatAnEarlierRunHasLeftIsBroughtAndOpeningItMeanwhileDoesNoHarm) {
    server.kill();
    program->open(url);
    program->type("left behind");
    restart();
    ASSERT_TRUE(server.start());
    spin(900); // the courier is about to begin
    program->open(url);
    program->type("!");
    ASSERT_TRUE(isSaved());
    EXPECT_EQ(serverText().count("left behind"), 1);
    EXPECT_EQ(serverText().size(), 12);
    EXPECT_EQ(serverText(), program->text());
}

TEST_F(OfflineTest, TheStartPageListsWhatIsOnThisComputerWithoutAServer) {
    program->open(url);
    program->type("x");
    ASSERT_TRUE(isSaved());
    program->windows.openNewLocal("Diary", "today");
    restart();
    server.kill();
    program->windows.showStartPage();
    auto* page = qobject_cast<StartPage*>(program->windows.window().currentPage());
    ASSERT_TRUE(page);
    page->showPlace({StartPage::Place::Kind::thisComputer});
    auto* list = page->findChild<DocumentList*>();
    ASSERT_EQ(list->rows().size(), 2);
    EXPECT_EQ(list->rows()[0].title, "Diary");
    EXPECT_EQ(list->rows()[0].place, "Only here");
    QTest::keyClick(list, Qt::Key_Return);
    EXPECT_EQ(program->text(), "today");
    EXPECT_EQ(program->words(), "Kept on this computer");
    EXPECT_EQ(program->page().mark(), Page::Mark::none);
}

TEST_F(OfflineTest, WhereNoServerAnswersADocumentOfThisComputerIsOffered) {
    server.kill();
    program->windows.showStartPage(server.url());
    auto* page = qobject_cast<StartPage*>(program->windows.window().currentPage());
    ASSERT_TRUE(page);
    QLabel* message = nullptr;
    ASSERT_TRUE(waitUntil([&] {
        for (QLabel* label : page->findChildren<QLabel*>())
            if (label->text().contains("Nothing answers at"))
                message = label;
        return message != nullptr;
    }));
    EXPECT_TRUE(message->text().contains("Write on this computer")) << message->text().toStdString();
    emit message->linkActivated("new-local");
    program->type("all the same");
    EXPECT_EQ(program->text(), "all the same");
    EXPECT_EQ(program->words(), "Kept on this computer");
}

TEST_F(OfflineTest, ADocumentOfThisComputerInWhichNothingWasWrittenIsNotKept) {
    program->windows.openNewLocal();
    program->closePage();
    program->windows.openNewLocal();
    program->type("x");
    QTest::keyClick(&program->page().editor(), Qt::Key_Backspace);
    program->closePage();
    EXPECT_TRUE(waitUntil([this] { return program->store.documents().size() == 1; }));
    EXPECT_EQ(program->store.documents()[0].unsent, 2);
}

TEST_F(OfflineTest, ADocumentOfThisComputerIsPublishedWithEachOfItsEditsAndItsAuthors) {
    program->windows.openNewLocal("Diary");
    const DocumentUrl local = program->page().url();
    program->type("first");
    restart(); // another author id
    program->open(local);
    EXPECT_EQ(program->text(), "first");
    QTest::keyClick(&program->page().editor(), Qt::Key_End, Qt::ControlModifier);
    program->type(" then");
    for (const QUrl& known : program->preferences.servers())
        program->preferences.removeServer(known);
    program->preferences.addServer(server.url());
    emit program->page().publishRequested();
    auto* dialog = program->page().findChild<PublishDialog*>();
    ASSERT_TRUE(dialog);
    QTest::keyClick(dialog->findChild<QLineEdit*>(), Qt::Key_Return);
    for (QPushButton* button : dialog->findChildren<QPushButton*>()) {
        if (button->text() == "&Publish" && button->isEnabled())
            button->click();
    }
    ASSERT_TRUE(waitUntil([this] { return program->page().url().server == server.url(); }));
    ASSERT_TRUE(isSaved()) << program->words().toStdString();
    url = program->page().url();
    EXPECT_EQ(url.id, local.id);
    EXPECT_EQ(serverText(), "first then");
    EXPECT_EQ(program->page().document().version(), 10u) << "each key is a version of its own";
    EXPECT_EQ(program->page().document().replica().authors().size(), 2u);

    program->type("!");
    ASSERT_TRUE(isSaved());
    restart();
    ASSERT_EQ(program->store.documents().size(), 1) << "and it is no local one any more";
    program->open(url);
    EXPECT_EQ(program->text(), "first then!");
    ASSERT_TRUE(isSaved());
    EXPECT_EQ(serverText(), "first then!");
}

TEST_F(OfflineTest, TheTextOfADocumentThatWasPurgedStaysAndCanBecomeANewOne) {
    program->open(url);
    program->type("precious");
    ASSERT_TRUE(isSaved());
    ASSERT_EQ(http().request("DELETE", ("/v1/docs/" + url.id + "?purge=true").toUtf8(), {}, {}).status, 204);
    auto* bar = program->page().findChild<RefusedBar*>();
    ASSERT_TRUE(waitUntil([bar] { return bar->isVisible(); }));
    EXPECT_TRUE(bar->words().contains("does not exist")) << bar->words().toStdString();
    EXPECT_TRUE(bar->words().contains("kept on this computer"));

    restart();
    program->open(url);
    EXPECT_EQ(program->text(), "precious");
    bar = program->page().findChild<RefusedBar*>();
    ASSERT_TRUE(waitUntil([bar] { return bar->isVisible(); }));
    emit bar->copyRequested();
    EXPECT_EQ(program->text(), "precious");
    EXPECT_TRUE(isLocalOnly(program->page().url()));
    EXPECT_EQ(program->page().title(), "Notes");
}

TEST_F(OfflineLinksTest, EditsMadeWhileARoleWasTakenAwayStayAndAreSpokenOf) {
    openAsEditor();
    program->type("before ");
    ASSERT_TRUE(isSaved());
    server.kill();
    ASSERT_TRUE(isOffline());
    program->type("meanwhile");
    program.reset();
    ASSERT_TRUE(server.start());
    const QString link = "/links/" + QString::number(number);
    ASSERT_EQ(asOwner("PATCH", link, {{"role", "viewer"}}).status, 200);
    begin();
    program->open(url);
    EXPECT_TRUE(waitUntil([this] {
        return program->words().startsWith("Not saved yet · 9 edits kept on this computer");
    })) << program->words().toStdString();
    EXPECT_EQ(program->text(), "before meanwhile");
    restart();
    ASSERT_EQ(asOwner("PATCH", link, {{"role", "editor"}}).status, 200);
    program->open(url);
    EXPECT_TRUE(isSaved()) << program->words().toStdString();
}

TEST_F(OfflineLinksTest, WhoeverMayNotOpenADocumentAnyMoreKeepsWhatTheyTyped) {
    openAsEditor();
    program->type("before ");
    ASSERT_TRUE(isSaved());
    program.reset();
    ASSERT_EQ(asOwner("DELETE", "/links/" + QString::number(number)).status, 204);
    begin();
    program->open(url);
    program->type("offline ");
    auto* bar = program->page().findChild<RefusedBar*>();
    ASSERT_TRUE(waitUntil([bar] { return bar->isVisible(); }));
    EXPECT_TRUE(bar->words().contains("kept on this computer")) << bar->words().toStdString();
    EXPECT_TRUE(program->words().contains("8 edits kept on this computer")) << program->words().toStdString();
    restart();
    program->open(url);
    EXPECT_EQ(program->text().size(), 15);
    EXPECT_TRUE(program->text().contains("offline "));
}

TEST_F(OfflineTest, WhatTheServersBackupLacksIsBroughtBackByAProgramThatWasRestarted) {
    const QString backup = folder.filePath("backup");
    program->open(url);
    program->type("backed up, ");
    ASSERT_TRUE(isSaved());
    const DocumentUrl place = url;
    program.reset();
    ASSERT_EQ(server.terminate(), 0);
    ASSERT_EQ(server.runToEnd({"backup", backup}), 0) << server.output().toStdString();
    ASSERT_TRUE(server.start()) << server.output().toStdString();
    begin();
    program->open(place);
    QTest::keyClick(&program->page().editor(), Qt::Key_End, Qt::ControlModifier);
    program->type("acked later");
    ASSERT_TRUE(isSaved());
    program.reset();
    ASSERT_EQ(server.terminate(), 0);
    ASSERT_EQ(server.runToEnd({"restore", backup, "replace"}), 0) << server.output().toStdString();
    ASSERT_TRUE(server.start()) << server.output().toStdString();
    ASSERT_EQ(serverText(), "backed up, ");
    begin();
    program->open(place);
    EXPECT_TRUE(waitUntil([this] { return serverText() == "backed up, acked later"; }))
        << serverText().toStdString();
    ASSERT_TRUE(isSaved());
    EXPECT_EQ(program->text(), "backed up, acked later");
}

} // namespace tandem
