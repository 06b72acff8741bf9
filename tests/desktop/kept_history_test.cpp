// The history of a document whose server is away: what this computer has of it.
#include "base/random.h"
#include "documents/document_page.h"
#include "documents/library.h"
#include "documents/status_item.h"
#include "editor/editor_view.h"
#include "history/history_page.h"
#include "history/past_view.h"
#include "integration/http_client.h"
#include "integration/server_process.h"
#include "integration/waiting.h"
#include "offline/local_store.h"
#include "test_settings.h"
#include "window/main_window.h"
#include "window/window_set.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>
#include <QPushButton>
#include <QSlider>
#include <QTest>

#include <gtest/gtest.h>

namespace tandem {

namespace {

class KeptHistoryTest : public testing::Test, protected TestSettings {
protected:
    void SetUp() override {
        ASSERT_TRUE(server.start()) << server.output().toStdString();
        url = {server.url(), HttpClient(server.url()).createDocument("Notes", "before ")};
        preferences.setPerson({"Ana", 4});
        windows.open(url);
        ASSERT_TRUE(isSaved());
    }
    DocumentPage& page() { return *qobject_cast<DocumentPage*>(windows.window().currentPage()); }
    HistoryPage& history() { return *qobject_cast<HistoryPage*>(windows.window().currentPage()); }
    QString words() { return page().findChild<StatusItem*>()->words(); }
    bool isSaved() {
        return waitUntil([this] { return words() == "Saved"; });
    }
    bool isOffline() {
        return waitUntil([this] { return words().startsWith("Offline"); });
    }
    void type(const QString& text) {
        QTest::keyClick(&page().editor(), Qt::Key_End, Qt::ControlModifier);
        QTest::keyClicks(&page().editor(), text);
    }
    // Someone else, whose change comes to this computer while it is connected.
    void benWrites(const QString& text) {
        const HttpReply reply =
            HttpClient(server.url())
                .post(("/v1/docs/" + url.id + "/edits").toUtf8(),
                      QJsonObject{{"id", "of-ben"},
                                  {"version", static_cast<qint64>(page().document().version())},
                                  {"name", "Ben"},
                                  {"edits", QJsonArray{QJsonObject{{"index", 0}, {"insert", text}}}}});
        ASSERT_EQ(reply.status, 200) << reply.body.toStdString();
        ASSERT_TRUE(waitUntil([&] { return textHere().contains(text); }));
    }
    QString textHere() { return QString::fromStdString(page().document().replica().text()); }
    void showHistory() {
        windows.window().commands().action("file.history")->trigger();
        ASSERT_TRUE(waitUntil([this] { return history().slider().isEnabled(); }));
    }
    bool shows(qint64 change, const QString& text) {
        history().slider().setValue(static_cast<int>(change));
        return waitUntil(
            [&] { return history().shownVersion() == change && history().view().toPlainText() == text; });
    }

    ServerProcess server;
    DocumentUrl url;
    LocalStore store{folder.filePath("data")};
    Library library{preferences, secrets, &store};
    WindowSet windows{preferences, library};
};

} // namespace

TEST_F(KeptHistoryTest, WhileTheServerIsAwayItGoesBackAsFarAsThisComputerKnows) {
    type("xy");
    ASSERT_TRUE(isSaved());
    benWrites("Ben ");
    server.kill();
    ASSERT_TRUE(isOffline());
    type("z");
    showHistory();
    EXPECT_TRUE(history().isOfThisComputer());
    EXPECT_EQ(history().scope(), "The server does not answer now. This computer has its last 4 changes; what "
                                 "was before comes from the server.");
    EXPECT_EQ(history().slider().maximum(), 4);
    EXPECT_TRUE(shows(0, "before "));
    EXPECT_TRUE(shows(2, "before xy"));
    EXPECT_TRUE(history().words().startsWith("Change 2 of 4 · Ana, ")) << history().words().toStdString();
    EXPECT_TRUE(shows(3, "Ben before xy"));
    EXPECT_TRUE(shows(4, "Ben before xyz"));
}

TEST_F(KeptHistoryTest, GoingBackMeanwhileIsAnEditThatTheServerGetsLater) {
    type("xy");
    server.kill();
    ASSERT_TRUE(isOffline());
    showHistory();
    ASSERT_TRUE(shows(1, "before x"));
    for (QPushButton* each : history().findChildren<QPushButton*>())
        if (each->text() == "&Restore")
            each->click();
    ASSERT_TRUE(waitUntil([this] { return windows.window().pages().size() == 1; }));
    EXPECT_EQ(textHere(), "before x");
    ASSERT_TRUE(server.start());
    EXPECT_TRUE(waitUntil([this] { return HttpClient(server.url()).textOf(url.id) == "before x"; }));
}

TEST_F(KeptHistoryTest, WhoMayOnlyReadCannotGoBackThereEither) {
    ServerProcess linked{{"--access", "links"}};
    ASSERT_TRUE(linked.start()) << linked.output().toStdString();
    const QJsonObject made =
        HttpClient(linked.url()).post("/v1/docs", QJsonObject{{"title", "Plan"}, {"text", "a plan"}}).json();
    const QByteArray place = "/v1/docs/" + made["id"].toString().toUtf8();
    const auto asOwner = [&](const QByteArray& path, const QJsonObject& body) {
        return HttpClient(linked.url())
            .request("POST", place + path,
                     {{"Content-Type", "application/json"},
                      {"Authorization", "Bearer " + made["link"]["secret"].toString().toUtf8()}},
                     QJsonDocument(body).toJson())
            .json();
    };
    const QString secret = asOwner("/links", {{"role", "viewer"}})["secret"].toString();
    windows.open({linked.url(), made["id"].toString(), secret});
    ASSERT_TRUE(waitUntil([this] { return textHere() == "a plan"; }));
    ASSERT_FALSE(page().mayEdit());
    asOwner("/edits", {{"id", "of-ben"},
                       {"version", static_cast<qint64>(page().document().version())},
                       {"edits", QJsonArray{QJsonObject{{"index", 0}, {"insert", "not "}}}}});
    ASSERT_TRUE(waitUntil([this] { return textHere() == "not a plan"; }));
    linked.kill();
    ASSERT_TRUE(isOffline());
    showHistory();
    ASSERT_TRUE(history().isOfThisComputer());
    EXPECT_TRUE(shows(0, "a plan"));
    for (QPushButton* each : history().findChildren<QPushButton*>()) {
        if (each->text() == "&Restore") {
            EXPECT_TRUE(each->isHidden());
        }
    }
}

TEST_F(KeptHistoryTest, AServerThatHasJustGoneIsFoundOutAndWhenItIsBackItsHistoryIsShownAgain) {
    type("x");
    ASSERT_TRUE(isSaved());
    server.kill();
    ASSERT_TRUE(page().isLive()) << "nobody has noticed";
    showHistory();
    EXPECT_TRUE(history().isOfThisComputer());
    EXPECT_TRUE(history().scope().startsWith("Nothing answers at")) << history().scope().toStdString();
    EXPECT_TRUE(shows(1, "before x"));

    ASSERT_TRUE(server.start());
    windows.open(url);
    ASSERT_TRUE(isSaved());
    showHistory();
    EXPECT_FALSE(history().isOfThisComputer());
    EXPECT_EQ(history().scope(), "");
    EXPECT_TRUE(shows(1, "before "));
    EXPECT_TRUE(history().words().startsWith("Version 1 of 2")) << history().words().toStdString();
}

TEST_F(KeptHistoryTest, WhatWasLostHereIsLeftOutOfIt) {
    KeptPast past;
    SeededRandom random(4);
    OpenDocument document(random);
    for (std::size_t i = 0; i < 4; ++i)
        ASSERT_TRUE(document.edit(i, 0, U"x").ok());
    for (const Outbox::Entry& each : document.outbox().entries())
        if (each.first != 2) // with which those behind it have lost their place
            past.steps.push_back({each.replica, each.last, 0, each.bytes});
    HistoryPage local(url, "Notes", preferences, PastLog::of(past, {}), "All that is here.");
    local.show();
    ASSERT_TRUE(waitUntil([&] { return local.shownVersion() == 3; }));
    EXPECT_EQ(local.view().toPlainText(), "x");
}

} // namespace tandem
