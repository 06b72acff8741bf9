// The whole chain: two windows and a real browser edit one document on a real server process and end equal.
#include "base/random.h"
#include "documents/document_page.h"
#include "documents/status_item.h"
#include "editor/editor_view.h"
#include "integration/browser.h"
#include "integration/http_client.h"
#include "integration/server_process.h"
#include "integration/waiting.h"
#include "people/people_list.h"
#include "settings/preferences.h"

#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

namespace tandem {

namespace {

const QString box = QStringLiteral("#box");

class TogetherTest : public testing::Test {
protected:
    struct Desk {
        Desk(const QTemporaryDir& folder, const DocumentUrl& url, const QString& name, int color)
            : preferences(folder.filePath(name + ".ini")), window(url, preferences) {
            preferences.setPerson({name.toStdString(), color});
            window.resize(700, 500);
            window.show();
            window.start();
        }
        QString text() { return QString::fromStdString(window.document().replica().text()); }
        QString words() { return window.findChild<StatusItem*>()->words(); }
        bool isSaved() { return words() == "Saved"; }

        Preferences preferences;
        DocumentPage window;
    };

    void SetUp() override {
        ASSERT_TRUE(server.start()) << server.output().toStdString();
        id = HttpClient(server.url()).createDocument("Together");
        ASSERT_FALSE(id.isEmpty());
        const DocumentUrl url{server.url(), id};
        ana = std::make_unique<Desk>(folder, url, "Ana", 1);
        ben = std::make_unique<Desk>(folder, url, "Ben", 5);
        ASSERT_TRUE(browser.start()) << browser.problem().toStdString();
        QUrl page = url.link();
        page.setPath("/ui/plain");
        ASSERT_TRUE(browser.open(page)) << browser.problem().toStdString();
        ASSERT_TRUE(browser.waitUntil("return document.getElementById('state').textContent === 'Saved'"));
        ASSERT_TRUE(waitUntil([this] { return ana->isSaved() && ben->isSaved(); }));
    }

    QString pageText() { return browser.property(box, "value").toString(); }
    bool pageIsSaved() {
        return browser.run("return document.getElementById('state').textContent").toString() == "Saved";
    }

    // Everyone has saved and shows what the server has.
    ::testing::AssertionResult endEqual() {
        QString text;
        for (int attempt = 0; attempt < 200; ++attempt) {
            spin(100);
            if (!ana->isSaved() || !ben->isSaved() || !pageIsSaved())
                continue;
            text = HttpClient(server.url()).textOf(id);
            if (text == ana->text() && text == ben->text() && text == pageText())
                return testing::AssertionSuccess();
        }
        return testing::AssertionFailure()
               << "server: " << text.toStdString() << "\nAna: " << ana->text().toStdString()
               << "\nBen: " << ben->text().toStdString() << "\npage: " << pageText().toStdString();
    }

    void typeAt(Desk& desk, int position, const QString& text) {
        QTextCursor cursor = desk.window.editor().textCursor();
        cursor.setPosition(std::min(position, desk.window.editor().document()->characterCount() - 1));
        desk.window.editor().setTextCursor(cursor);
        for (const QChar key : text) {
            if (key == '\n')
                QTest::keyClick(&desk.window.editor(), Qt::Key_Return);
            else
                QTest::keyClick(&desk.window.editor(), key.toLatin1());
        }
    }

    ServerProcess server;
    QTemporaryDir folder;
    QString id;
    std::unique_ptr<Desk> ana;
    std::unique_ptr<Desk> ben;
    Browser browser;
};

} // namespace

TEST_F(TogetherTest, WhatOneTypesStandsInTheOtherWindowAndInTheBrowser) {
    typeAt(*ana, 0, "Hello from Ana");
    ASSERT_TRUE(waitUntil([this] { return ben->text() == "Hello from Ana"; }));
    EXPECT_EQ(ben->window.editor().toPlainText(), "Hello from Ana");
    ASSERT_TRUE(browser.waitUntil("return document.getElementById('box').value === 'Hello from Ana'"));
    ASSERT_TRUE(browser.type(box, " and the page"));
    ASSERT_TRUE(endEqual());
    EXPECT_TRUE(ana->text().contains(" and the page"));
}

TEST_F(TogetherTest, AllThreeTypeAtOnceAndEndEqualWithNothingLost) {
    SeededRandom random(20);
    for (int round = 0; round < 12; ++round) {
        const QString fromAna = QStringLiteral("[a%1]").arg(round);
        const QString fromBen = QStringLiteral("[b%1]").arg(round);
        const QString fromPage = QStringLiteral("[p%1]").arg(round);
        typeAt(*ana, 0, fromAna);
        typeAt(*ben, static_cast<int>(random.below(5)) * 50, fromBen);
        ASSERT_TRUE(
            browser
                .run("const b = document.getElementById('box'); b.setRangeText(arguments[0], b.value.length, "
                     "b.value.length, 'end'); b.dispatchEvent(new InputEvent('input')); return true;",
                     {fromPage})
                .toBool());
    }
    ASSERT_TRUE(endEqual());
    // Their words may have been typed into each other, but every letter is there.
    EXPECT_EQ(ana->text().count('a'), 12);
    EXPECT_EQ(ana->text().count('b'), 12);
    EXPECT_EQ(ana->text().count('p'), 12);
    EXPECT_EQ(ana->window.editor().toPlainText(), ana->text());
    EXPECT_EQ(ben->window.editor().toPlainText(), ben->text());
}

TEST_F(TogetherTest, AServerKilledWhileAllTypeComesBackAndNothingIsLost) {
    typeAt(*ana, 0, "before\n");
    ASSERT_TRUE(endEqual());
    typeAt(*ana, 0, "Ana types");
    server.kill();
    typeAt(*ben, 0, "Ben types on\n");
    ASSERT_TRUE(browser.type(box, "the page too"));
    ASSERT_TRUE(waitUntil([this] {
        return ben->words().startsWith("Offline") || ben->words().startsWith("Reconnecting");
    })) << ben->words().toStdString();
    ASSERT_TRUE(server.start()) << server.output().toStdString();
    ASSERT_TRUE(endEqual());
    for (const char* part : {"before", "Ana types", "Ben types on", "the page too"})
        EXPECT_EQ(ana->text().count(part), 1) << part << " in " << ana->text().toStdString();
}

TEST_F(TogetherTest, PeopleSeeEachOtherAndTheirCarets) {
    typeAt(*ana, 0, "one two three");
    ASSERT_TRUE(waitUntil([this] { return ben->text() == "one two three"; }));
    ASSERT_TRUE(waitUntil([this] {
        for (const Peer& peer : ben->window.document().peers().all()) {
            if (peer.name == "Ana" && peer.selection)
                return *ben->window.document().replica().indexOf(peer.selection->head) == 13;
        }
        return false;
    }));
    EXPECT_EQ(ben->window.findChild<PeopleList*>()->count(), 3);
    ASSERT_TRUE(browser.waitUntil("return document.getElementById('members').textContent.includes('Ana')"));
}

TEST_F(TogetherTest, EmojiRightToLeftTextAndManyLinesSurvive) {
    const QString text = QStringLiteral("שלום 👩‍👩‍👧 café\n\nعربى\tend\n");
    QTextCursor cursor = ana->window.editor().textCursor();
    cursor.insertText(text);
    ASSERT_TRUE(endEqual());
    EXPECT_EQ(ana->text(), text);
    ASSERT_TRUE(browser.type(box, "!"));
    ASSERT_TRUE(endEqual());
}

} // namespace tandem
