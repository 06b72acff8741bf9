#include "documents/quick_open.h"

#include "commands/finder.h"
#include "integration/http_client.h"
#include "integration/server_process.h"
#include "integration/waiting.h"
#include "offline/document_place.h"
#include "offline/local_store.h"
#include "offline/stored_journal.h"
#include "test_settings.h"

#include <QLineEdit>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

namespace tandem {

namespace {

class QuickOpenTest : public testing::Test, protected TestSettings {
protected:
    QuickOpenTest() {
        preferences.removeServer(preferences.servers().front());
        window.resize(800, 600);
        window.show();
        QObject::connect(&quick, &QuickOpen::chosen, &quick,
                         [this](const DocumentUrl& document) { chosen.append(document); });
    }
    QLineEdit* field() { return quick.finder().findChild<QLineEdit*>(); }

    Library library{preferences, secrets};
    QWidget window;
    QuickOpen quick{library, &window};
    QList<DocumentUrl> chosen;
};

const QString someId = QStringLiteral("abcdefghijklmnopqrstuv");

} // namespace

TEST_F(QuickOpenTest, RecentDocumentsAreThereAtOnceAndFoundByAFewLetters) {
    library.noteOpened({QUrl("http://one.example"), someId}, "Moving day");
    library.noteOpened({QUrl("http://two.example"), someId}, "Minutes of May");
    quick.open();
    EXPECT_EQ(quick.finder().shownKeys().size(), 2);
    QTest::keyClicks(field(), "md");
    QTest::keyClick(field(), Qt::Key_Return);
    ASSERT_EQ(chosen.size(), 1);
    EXPECT_EQ(chosen[0].server, QUrl("http://one.example"));
}

TEST_F(QuickOpenTest, OfEqualMatchesTheOneOpenedLastComesFirst) {
    library.noteOpened({QUrl("http://one.example"), someId}, "Notes");
    library.noteOpened({QUrl("http://two.example"), someId}, "Notes");
    quick.open();
    QTest::keyClicks(field(), "notes");
    QTest::keyClick(field(), Qt::Key_Return);
    EXPECT_EQ(chosen.value(0).server, QUrl("http://two.example"));
}

TEST_F(QuickOpenTest, WhatServersListComesInWhileItIsOpenAndNothingTwice) {
    ServerProcess server;
    ASSERT_TRUE(server.start()) << server.output().toStdString();
    const QString first = HttpClient(server.url()).createDocument("Shopping list");
    HttpClient(server.url()).createDocument("Seldom opened");
    preferences.addServer(server.url());
    library.noteOpened({server.url(), first}, "Shopping list");
    quick.open();
    EXPECT_EQ(quick.finder().shownKeys().size(), 1);
    ASSERT_TRUE(waitUntil([this] { return quick.finder().shownKeys().size() == 2; }));
    QTest::keyClicks(field(), "seldom");
    EXPECT_EQ(quick.finder().shownKeys().size(), 1);
    QTest::keyClick(field(), Qt::Key_Return);
    EXPECT_EQ(chosen.size(), 1);
}

TEST_F(QuickOpenTest, DocumentsOfThisComputerAreFoundWithoutAServer) {
    LocalStore store(folder.filePath("data"));
    SystemRandom random;
    const DocumentUrl diary = makeLocalOnly(random);
    {
        OpenDocument document(random);
        const auto journal = store.keep(storeKeyOf(diary), storeLinkOf(diary), document);
        document.setTitle("Diary");
        ASSERT_TRUE(document.edit(0, 0, U"today"));
        ASSERT_TRUE(store.flush());
    }
    Library with(preferences, secrets, &store);
    QuickOpen open(with, &window);
    QObject::connect(&open, &QuickOpen::chosen, &open,
                     [this](const DocumentUrl& each) { chosen.append(each); });
    open.open();
    auto* typed = open.finder().findChild<QLineEdit*>();
    QTest::keyClicks(typed, "dia");
    QTest::keyClick(typed, Qt::Key_Return);
    ASSERT_EQ(chosen.size(), 1);
    EXPECT_TRUE(chosen[0].isSameDocument(diary));
}

TEST_F(QuickOpenTest, ALinkIsOpenedAsWell) {
    quick.open();
    field()->setText("tandem://example.org/" + someId + "#token=secret");
    QTest::keyClick(field(), Qt::Key_Return);
    ASSERT_EQ(chosen.size(), 1);
    EXPECT_EQ(chosen[0].token, "secret");
}

} // namespace tandem
