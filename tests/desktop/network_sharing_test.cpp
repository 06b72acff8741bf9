// This computer as the server: the real tandem-server as a child of the program, a document on it, and others
// who come with the invitation.
#include "hosting/network_sharing.h"

#include "documents/document_page.h"
#include "documents/library.h"
#include "documents/status_item.h"
#include "editor/editor_view.h"
#include "exchange/importing.h"
#include "history/history_page.h"
#include "history/past_view.h"
#include "hosting/network_address.h"
#include "integration/http_client.h"
#include "integration/waiting.h"
#include "offline/document_place.h"
#include "offline/local_store.h"
#include "settings/preferences.h"
#include "sharing/invitation_dialog.h"
#include "test_settings.h"
#include "window/main_window.h"
#include "window/window_set.h"

#include <QClipboard>
#include <QMessageBox>
#include <QProcess>
#include <QPushButton>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

#include <csignal>

namespace tandem {

namespace {

class NetworkSharingTest : public testing::Test, protected TestSettings {
protected:
    void SetUp() override {
        windows.openNewLocal("Plan");
        QTest::keyClicks(&page().editor(), "ours");
    }

    DocumentPage& page() { return *qobject_cast<DocumentPage*>(windows.window().currentPage()); }
    QString words() { return page().findChild<StatusItem*>()->words(); }
    HostedServer& server() { return windows.sharing()->server(); }
    void trigger(const QString& id) { windows.window().commands().action(id)->trigger(); }
    InvitationDialog* invitation() { return page().findChild<InvitationDialog*>(); }
    // Shares the document in front; the link, on this computer's loopback address.
    DocumentUrl share() {
        trigger("share.network");
        EXPECT_TRUE(waitUntil([this] { return invitation() != nullptr; }))
            << server().problem().toStdString();
        if (!invitation())
            return {};
        DocumentUrl link = *DocumentUrl::parse(invitation()->link());
        link.server.setHost("127.0.0.1");
        delete invitation();
        return link;
    }
    HttpReply read(const DocumentUrl& link) {
        return HttpClient(link.server)
            .get(link.rest().path().toUtf8(), {{"Authorization", "Bearer " + link.token.toUtf8()}});
    }
    static bool isAlive(qint64 process) { return ::kill(static_cast<pid_t>(process), 0) == 0; }

    LocalStore store{folder.filePath("data")};
    Library library{preferences, secrets, &store};
    WindowSet windows{preferences, library};
};

} // namespace

TEST_F(NetworkSharingTest, ADocumentOfThisComputerIsSharedAndOthersWriteInItWithTheLink) {
    const DocumentUrl link = share();
    ASSERT_FALSE(link.token.isEmpty());
    ASSERT_TRUE(waitUntil([this] { return words() == "Saved"; })) << words().toStdString();
    EXPECT_EQ(read(link).json()["text"].toString(), "ours");
    EXPECT_EQ(HttpClient(link.server).get(link.rest().path().toUtf8()).status, 401) << "not without the link";
    if (const std::optional<QHostAddress> address = networkAddress()) {
        for (const Command& command : page().commands())
            if (command.id == "document.copyLink")
                command.action->trigger();
        EXPECT_EQ(QUrl(QGuiApplication::clipboard()->text()).host(), address->toString())
            << "where others reach it";
    }

    const QTemporaryDir otherFolder;
    LocalStore otherStore(otherFolder.filePath("data"));
    DocumentPage other(link, preferences, &otherStore);
    other.start();
    ASSERT_TRUE(waitUntil([&] { return other.document().replica().text() == "ours"; }));
    ASSERT_TRUE(other.document().edit(4, 0, U" and theirs").ok());
    EXPECT_TRUE(waitUntil([this] { return page().document().replica().text() == "ours and theirs"; }));
}

TEST_F(NetworkSharingTest, TheAdminsTokenStandsInNoCommandLineAndMakesDocumentsForNobodyElse) {
    const DocumentUrl link = share();
    QFile commandLine(QStringLiteral("/proc/%1/cmdline").arg(server().processId()));
    ASSERT_TRUE(commandLine.open(QIODevice::ReadOnly));
    EXPECT_FALSE(commandLine.readAll().contains(server().adminToken().toUtf8()));
    EXPECT_EQ(HttpClient(link.server).post("/v1/docs", QJsonObject{{"title", "Mine"}}).status, 401);
}

TEST_F(NetworkSharingTest, ShareOffersTheNetworkForADocumentOfThisComputer) {
    for (const Command& command : page().commands())
        if (command.id == "document.share")
            command.action->trigger();
    auto* question = page().findChild<QMessageBox*>();
    ASSERT_TRUE(question);
    question->defaultButton()->click();
    ASSERT_TRUE(waitUntil([this] { return invitation() != nullptr; })) << server().problem().toStdString();
}

TEST_F(NetworkSharingTest, SharingTwiceInvitesTwiceToTheSameDocument) {
    const DocumentUrl first = share();
    const DocumentUrl second = share();
    EXPECT_EQ(first.rest(), second.rest());
    EXPECT_NE(first.token, second.token);
    EXPECT_EQ(read(first).status, 200);
    EXPECT_EQ(read(second).status, 200);
}

TEST_F(NetworkSharingTest, AServerThatCrashesBeginsAgainAtTheSamePlaceAndNothingTypedIsLost) {
    const DocumentUrl link = share();
    ASSERT_TRUE(waitUntil([this] { return words() == "Saved"; }));
    const qint64 before = server().processId();
    ::kill(static_cast<pid_t>(before), SIGKILL);
    QTest::keyClick(&page().editor(), Qt::Key_End, Qt::ControlModifier);
    QTest::keyClicks(&page().editor(), ", whatever happens");
    ASSERT_TRUE(waitUntil([&] {
        return server().state() == HostedServer::State::running && server().processId() != before;
    })) << server().problem().toStdString();
    page().start(); // "Try now"
    ASSERT_TRUE(waitUntil([this] { return words() == "Saved"; })) << words().toStdString();
    EXPECT_EQ(read(link).json()["text"].toString(), "ours, whatever happens");
}

TEST_F(NetworkSharingTest, WhileItSharesItKeepsItsPortAndWaitsForIt) {
    const DocumentUrl link = share();
    const int port = server().port();
    const qint64 before = server().processId();
    auto other = std::make_unique<QTcpServer>();
    ::kill(static_cast<pid_t>(before), SIGKILL);
    ASSERT_TRUE(waitUntil([&] { return other->listen(QHostAddress::AnyIPv4, static_cast<quint16>(port)); }));
    ASSERT_TRUE(waitUntil([&] { return server().problem().contains("Another program has the port"); }))
        << server().problem().toStdString();
    other.reset();
    ASSERT_TRUE(waitUntil([&] { return server().state() == HostedServer::State::running; }));
    EXPECT_EQ(server().port(), port);
    EXPECT_EQ(read(link).status, 200);
}

TEST_F(NetworkSharingTest, APortThatAnotherProgramHasIsLeftAndDocumentsGoAlong) {
    const DocumentUrl first = share();
    ASSERT_TRUE(waitUntil([this] { return words() == "Saved"; }));
    trigger("share.stop");
    ASSERT_TRUE(waitUntil([this] { return server().state() == HostedServer::State::stopped; }));
    QTest::keyClick(&page().editor(), Qt::Key_End, Qt::ControlModifier);
    QTest::keyClicks(&page().editor(), ", offline");
    QTcpServer other;
    ASSERT_TRUE(other.listen(QHostAddress::AnyIPv4, static_cast<quint16>(first.server.port())));
    const DocumentUrl second = share();
    EXPECT_NE(second.server.port(), first.server.port());
    EXPECT_EQ(second.id, first.id);
    EXPECT_EQ(page().url().server, server().url());
    ASSERT_TRUE(waitUntil([this] { return words() == "Saved"; })) << words().toStdString();
    EXPECT_EQ(read(second).json()["text"].toString(), "ours, offline");
    EXPECT_EQ(library.kept().size(), 1) << "it is one document";
}

TEST_F(NetworkSharingTest, StoppedItIsGoneAndTheDocumentStaysOnThisComputer) {
    share();
    const qint64 process = server().processId();
    trigger("share.stop");
    ASSERT_TRUE(waitUntil([this] { return server().state() == HostedServer::State::stopped; }));
    EXPECT_FALSE(isAlive(process));
    EXPECT_FALSE(windows.window().commands().action("share.stop")->isEnabled());
    QTest::keyClicks(&page().editor(), "x");
    EXPECT_EQ(page().document().replica().text().size(), 5u);
    const DocumentUrl again = share();
    ASSERT_TRUE(waitUntil([this] { return words() == "Saved"; })) << words().toStdString();
    EXPECT_EQ(read(again).json()["text"].toString().size(), 5);
}

TEST_F(NetworkSharingTest, WhenSharingEndsItSaysSoAndTriesNothing) {
    const DocumentUrl link = share();
    ASSERT_TRUE(waitUntil([this] { return words() == "Saved"; })) << words().toStdString();
    LocalStore otherStore(folder.filePath("other"));
    DocumentPage other(link, preferences, &otherStore);
    other.start();
    ASSERT_TRUE(waitUntil([this] { return !page().document().peers().all().empty(); }));
    EXPECT_TRUE(page().description().contains("shared on the network")) << page().description().toStdString();
    EXPECT_EQ(library.placeOf(page().url()), "Shared from here");

    trigger("share.stop");
    EXPECT_EQ(words(), "Sharing has ended · Kept on this computer");
    EXPECT_EQ(page().mark(), Page::Mark::none);
    EXPECT_TRUE(page().document().peers().all().empty()) << "nobody else is there any more";
    QTest::keyClick(&page().editor(), Qt::Key_End, Qt::ControlModifier);
    QTest::keyClicks(&page().editor(), ", later");
    EXPECT_EQ(words(), "Sharing has ended · Kept on this computer");
    ASSERT_TRUE(waitUntil([this] { return server().state() == HostedServer::State::stopped; }));
    EXPECT_EQ(words(), "Sharing has ended · Kept on this computer");
    EXPECT_FALSE(windows.window().commands().action("document.copyLink")->isEnabled());
    trigger("file.history");
    auto* history = qobject_cast<HistoryPage*>(windows.window().currentPage());
    ASSERT_TRUE(history);
    EXPECT_EQ(history->scope(), "This document is not shared now. All of its history is on this computer.");
    EXPECT_TRUE(waitUntil([&] { return history->view().toPlainText() == "ours, later"; }));
    windows.window().closePage(history);

    // So it is when it is opened the next time; and to share it again is one click.
    const DocumentUrl place = page().url();
    EXPECT_TRUE(page().askToClose());
    windows.window().closePage(&page());
    windows.open(place);
    EXPECT_EQ(words(), "Sharing has ended · Kept on this computer");
    EXPECT_EQ(page().document().replica().text(), "ours, later");
    trigger("document.share");
    ASSERT_TRUE(waitUntil([this] { return invitation() != nullptr; })) << server().problem().toStdString();
    ASSERT_TRUE(waitUntil([this] { return words() == "Saved"; })) << words().toStdString();
    EXPECT_TRUE(waitUntil([&] { return other.document().replica().text() == "ours, later"; }));
}

TEST_F(NetworkSharingTest, WhatIsImportedBesideASharedDocumentIsSharedOnlyWhenSomeoneSaysSo) {
    share();
    QFile file(folder.filePath("Notes.txt"));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly) && file.write("private") > 0);
    file.close();
    windows.window().findChild<Importing*>()->importFile(file.fileName());
    ASSERT_TRUE(waitUntil([this] { return page().title() == "Notes"; }));
    EXPECT_TRUE(isLocalOnly(page().url()));
    EXPECT_EQ(page().document().replica().text(), "private");
}

TEST_F(NetworkSharingTest, ClosingTheLastWindowWarnsFirst) {
    share();
    ASSERT_TRUE(waitUntil([this] { return words() == "Saved"; }));
    const QPointer<MainWindow> window = &windows.window();
    EXPECT_FALSE(window->close());
    auto* question = window->findChild<QMessageBox*>();
    ASSERT_TRUE(question);
    for (QAbstractButton* button : question->buttons()) {
        if (question->buttonRole(button) == QMessageBox::AcceptRole)
            button->click();
    }
    EXPECT_TRUE(waitUntil([&] { return !window; }));
}

TEST_F(NetworkSharingTest, TheServerDoesNotOutliveAProgramThatIsKilled) {
    QProcess program;
    program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    program.start(QStringLiteral(TANDEM_TYPIST_PROGRAM), {"host", folder.filePath("other"), "-"});
    ASSERT_TRUE(waitUntil([&] { return program.canReadLine(); }));
    const qint64 process = program.readLine().trimmed().toLongLong();
    ASSERT_GT(process, 0);
    ASSERT_TRUE(isAlive(process));
    program.kill();
    ASSERT_TRUE(program.waitForFinished());
    EXPECT_TRUE(waitUntil([&] { return !isAlive(process); }));
}

TEST_F(NetworkSharingTest, AServerThatIsNotThereIsSpokenOf) {
    HostedServer missing(folder.filePath("none"), folder.filePath("no-such-program"));
    missing.start();
    EXPECT_TRUE(waitUntil([&] { return missing.state() == HostedServer::State::stopped; }));
    EXPECT_TRUE(missing.problem().contains("cannot be started")) << missing.problem().toStdString();
    EXPECT_FALSE(missing.isWanted());
}

} // namespace tandem
