// The history of a document, from a real server.
#include "history/history_page.h"

#include "base/random.h"
#include "client/open_document.h"
#include "deflate/deflate.h"
#include "documents/document_page.h"
#include "documents/library.h"
#include "editor/editor_view.h"
#include "fake_keychain.h"
#include "history/past_log.h"
#include "history/past_view.h"
#include "integration/http_client.h"
#include "integration/server_process.h"
#include "integration/waiting.h"
#include "offline/local_store.h"
#include "offline/stored_journal.h"
#include "settings/preferences.h"
#include "theme/person_colors.h"
#include "window/main_window.h"
#include "window/window_set.h"

#include <QCheckBox>
#include <QComboBox>
#include <QInputDialog>
#include <QJsonArray>
#include <QLocale>
#include <QPushButton>
#include <QSlider>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

namespace tandem {

namespace {

class HistoryTest : public testing::Test {
protected:
    // Twenty versions of a text, in turn by two authors: "v1\n", "v1\nv2\n", ...
    void SetUp() override {
        ASSERT_TRUE(server.start()) << server.output().toStdString();
        url = {server.url(), HttpClient(server.url()).createDocument("Notes")};
        for (int i = 1; i <= 20; ++i) {
            const QString line = QStringLiteral("v%1\n").arg(i);
            const HttpReply reply =
                HttpClient(server.url())
                    .post(("/v1/docs/" + url.id + "/edits").toUtf8(),
                          QJsonObject{
                              {"id", QStringLiteral("edit-%1").arg(i)},
                              {"version", i - 1},
                              {"name", i % 2 == 0 ? "Ben" : "Ana"},
                              {"edits", QJsonArray{QJsonObject{{"index", text.size()}, {"insert", line}}}}});
            ASSERT_EQ(reply.status, 200) << reply.body.toStdString();
            text += line;
        }
        preferences.setPerson({"Zoe", 3});
        page = std::make_unique<HistoryPage>(url, "Notes", preferences);
        page->resize(800, 500);
        page->show();
        ASSERT_TRUE(waitUntil([this] { return page->slider().isEnabled(); }));
    }

    bool shows(qint64 version) {
        return waitUntil([this, version] { return page->shownVersion() == version; });
    }
    QPushButton* button(const QString& words) {
        for (QPushButton* each : page->findChildren<QPushButton*>()) {
            if (each->text() == words)
                return each;
        }
        return nullptr;
    }

    ServerProcess server;
    QTemporaryDir folder;
    Preferences preferences{folder.filePath("settings.ini")};
    DocumentUrl url;
    QString text;
    std::unique_ptr<HistoryPage> page;
};

QString toldAs(const QList<LineOfTwo>& lines) {
    QString told;
    for (const LineOfTwo& line : lines)
        told += (line.in == LineOfTwo::In::both      ? ' '
                 : line.in == LineOfTwo::In::earlier ? '-'
                                                     : '+') +
                line.text;
    return told;
}

} // namespace

TEST_F(HistoryTest, TheSliderGoesThroughAllVersionsAndEndsWhereItIsLeft) {
    EXPECT_EQ(page->slider().maximum(), 20);
    EXPECT_EQ(page->view().toPlainText(), text);
    for (int version = 19; version >= 3; --version) // faster than answers come
        page->slider().setValue(version);
    ASSERT_TRUE(shows(3));
    EXPECT_EQ(page->view().toPlainText(), "v1\nv2\nv3\n");
    page->slider().setValue(0);
    ASSERT_TRUE(shows(0));
    EXPECT_EQ(page->view().toPlainText(), "");
    EXPECT_TRUE(page->words().startsWith("Version 0 of 20")) << page->words().toStdString();
}

TEST_F(HistoryTest, EachPartKnowsItsAuthor) {
    ASSERT_TRUE(waitUntil([this] { return page->view().authorAt(0) != nullptr; }));
    EXPECT_EQ(page->view().authorAt(0)->name, "Ana");
    EXPECT_EQ(page->view().authorAt(4)->name, "Ben");
    EXPECT_EQ(page->view().authorAt(static_cast<int>(text.size())), nullptr);
    EXPECT_TRUE(waitUntil([this] { return page->words().contains("Ana"); })) << page->words().toStdString();
}

TEST_F(HistoryTest, WhoeverIsHereHasTheColourThatTheyChose) {
    const auto colorOf = [this](int position) {
        const AuthorSpan* span = page->view().authorAt(position);
        return span ? span->color : -1;
    };
    const int chosen = (theme::personColorOf("Ben") + 5) % theme::personColorCount;
    ASSERT_TRUE(waitUntil([&] { return colorOf(4) >= 0; }));
    EXPECT_NE(colorOf(4), chosen);
    page->meet({{"session", "Ben", chosen, {}, false}});
    EXPECT_TRUE(waitUntil([&] { return colorOf(4) == chosen; })) << colorOf(4);
    EXPECT_NE(colorOf(0), chosen) << "that is Ana";
}

TEST_F(HistoryTest, WhatDiffersFromNowIsShownLineByLine) {
    page->slider().setValue(18);
    ASSERT_TRUE(shows(18));
    page->findChild<QCheckBox*>()->setChecked(true);
    EXPECT_EQ(page->view().toPlainText(), text);
    page->findChild<QCheckBox*>()->setChecked(false);
    EXPECT_FALSE(page->view().toPlainText().contains("v19"));
}

TEST_F(HistoryTest, AVersionGetsANameAndIsFoundByIt) {
    page->slider().setValue(7);
    ASSERT_TRUE(shows(7));
    button("&Name This Version…")->click();
    auto* dialog = page->findChild<QInputDialog*>();
    ASSERT_TRUE(dialog);
    dialog->setTextValue("First draft");
    dialog->accept();
    auto* names = page->findChild<QComboBox*>();
    ASSERT_TRUE(waitUntil([names] { return names->count() == 2; }));
    EXPECT_EQ(names->itemText(1), "First draft");
    page->slider().setValue(12);
    ASSERT_TRUE(shows(12));
    emit names->activated(1);
    EXPECT_TRUE(shows(7));
}

TEST_F(HistoryTest, GoingBackIsANewEditOfThisPerson) {
    page->slider().setValue(5);
    ASSERT_TRUE(shows(5));
    button("&Restore")->click();
    ASSERT_TRUE(waitUntil([this] { return page->slider().maximum() > 20; }));
    EXPECT_EQ(HttpClient(server.url()).textOf(url.id), "v1\nv2\nv3\nv4\nv5\n");
    page->slider().setValue(20);
    ASSERT_TRUE(shows(20));
    EXPECT_EQ(page->view().toPlainText(), text) << "nothing of it is gone";
}

TEST_F(HistoryTest, WithTheWholeLogAnyVersionComesWithoutTheServer) {
    ASSERT_TRUE(waitUntil([this] { return page->hasAll(); }));
    server.kill();
    QString expected;
    for (int version = 1; version <= 20; ++version) {
        expected += QStringLiteral("v%1\n").arg(version);
        page->slider().setValue(version == 20 ? 0 : 20); // from elsewhere
        page->slider().setValue(version);
        ASSERT_TRUE(shows(version)) << page->words().toStdString();
        ASSERT_EQ(page->view().toPlainText(), expected);
        ASSERT_EQ(page->view().authorAt(0)->name, "Ana");
    }
    EXPECT_EQ(page->view().authorAt(4)->name, "Ben");
}

TEST_F(HistoryTest, WhoeverPointsAtATextIsToldWhoWroteItAndWhen) {
    ASSERT_TRUE(waitUntil([this] { return page->hasAll(); }));
    page->slider().setValue(19);
    ASSERT_TRUE(shows(19));
    emit page->view().hovered(4, QPoint());
    const QString today = QLocale().toString(QDateTime::currentDateTime().date(), QLocale::ShortFormat);
    EXPECT_TRUE(waitUntil([&] { return page->writer().startsWith("Ben, " + today); }))
        << page->writer().toStdString();
}

TEST_F(HistoryTest, ADocumentWithoutAServerHasItsHistoryHere) {
    SeededRandom random(3);
    OpenDocument document(random);
    LocalStore store(folder.filePath("data"));
    const auto journal = store.keep("local:diary", "local:diary", document);
    const qint64 before = QDateTime::currentMSecsSinceEpoch();
    for (std::size_t i = 0; i < 5; ++i)
        ASSERT_TRUE(document.edit(i, 0, U"x").ok());
    const PastTimes times = store.timesOf("local:diary");
    ASSERT_EQ(times.size(), 5u);
    EXPECT_GE(times.begin()->second, before);
    HistoryPage local({QUrl(), "abcdefghijklmnopqrstuv"}, "Diary", preferences,
                      PastLog::of(document.outbox(), {}, "Zoe", times), &store);
    local.show();
    ASSERT_TRUE(waitUntil([&] { return local.shownVersion() == 5; }));
    EXPECT_EQ(local.view().toPlainText(), "xxxxx");
    local.slider().setValue(2);
    ASSERT_TRUE(waitUntil([&] { return local.shownVersion() == 2; }));
    EXPECT_EQ(local.view().toPlainText(), "xx");
    EXPECT_EQ(local.view().authorAt(0)->name, "Zoe");
    const QString today = QLocale().toString(QDateTime::currentDateTime().date(), QLocale::ShortFormat);
    EXPECT_TRUE(local.words().contains("Zoe, " + today)) << local.words().toStdString();
    emit local.view().hovered(1, QPoint());
    EXPECT_TRUE(waitUntil([&] { return local.writer().startsWith("Zoe, " + today); }))
        << local.writer().toStdString();
}

TEST_F(HistoryTest, GoingBackWithoutAServerIsAnEditThatCanBeUndone) {
    LocalStore store(folder.filePath("data"));
    FakeKeychain::State keychain;
    SecretStore secrets(std::make_unique<FakeKeychain>(keychain), folder.filePath("secrets.json"));
    Library library(preferences, secrets, &store);
    WindowSet windows(preferences, library);
    windows.openNewLocal("Diary");
    auto* diary = qobject_cast<DocumentPage*>(windows.window().currentPage());
    QTest::keyClicks(&diary->editor(), "good morning");
    windows.window().commands().action("file.history")->trigger();
    auto* history = qobject_cast<HistoryPage*>(windows.window().currentPage());
    ASSERT_TRUE(history);
    ASSERT_TRUE(waitUntil([&] { return history->shownVersion() > 4; }));
    history->slider().setValue(4);
    ASSERT_TRUE(waitUntil([&] { return history->shownVersion() == 4; }));
    for (QPushButton* each : history->findChildren<QPushButton*>())
        if (each->text() == "&Restore")
            each->click();
    EXPECT_EQ(diary->document().replica().text(), "good");
    EXPECT_TRUE(waitUntil([&] { return windows.window().pages().size() == 1; }));
    diary->editor().undo();
    EXPECT_EQ(diary->document().replica().text(), "good morning");
}

TEST(PastViewTest, ItsColoursFollowThePalette) {
    PastView view;
    view.resize(300, 200);
    view.showText("words");
    view.showAuthors({{1, "Ana", 0, 5, 3}});
    for (const theme::Scheme scheme : {theme::Scheme::light, theme::Scheme::dark}) {
        view.setPalette(theme::paletteOf(scheme));
        view.grab();
        ASSERT_EQ(view.extraSelections().size(), 1);
        EXPECT_EQ(view.extraSelections()[0].format.background().color(),
                  theme::personColors(3, scheme).selection);
    }
}

TEST(PastLogTest, NoBytesDoHarm) {
    SeededRandom random(9);
    for (int round = 0; round < 2'000; ++round) {
        std::string bytes = "TDA1";
        for (std::uint64_t i = random.below(60); i > 0; --i)
            bytes.push_back(static_cast<char>(random.below(random.below(2) == 0 ? 8 : 256)));
        const auto log = PastLog::read(deflate(bytes));
        if (log.ok() && log->head() > 0) {
            EXPECT_FALSE(log->change(log->head()).size() > bytes.size());
        }
    }
    EXPECT_FALSE(PastLog::read("no archive").ok());
}

TEST_F(HistoryTest, WithoutItsServerItSaysSo) {
    server.kill();
    page = std::make_unique<HistoryPage>(url, "Notes", preferences);
    EXPECT_TRUE(waitUntil([this] { return page->words().contains("Nothing answers at"); }))
        << page->words().toStdString();
    EXPECT_FALSE(page->slider().isEnabled());
}

TEST(LineDifferenceTest, TellsTheFewestLinesInTheirOrder) {
    EXPECT_EQ(toldAs(lineDifference("a\nb\nc", "a\nx\nc")), " a-b+x c");
    EXPECT_EQ(toldAs(lineDifference("", "")), " ");
    EXPECT_EQ(toldAs(lineDifference("a", "a\nb")), " a+b");
    EXPECT_EQ(toldAs(lineDifference("a\nb\nc\nd", "b\nd\ne")), "-a b-c d+e");
    EXPECT_EQ(toldAs(lineDifference("x\na\nb\ny", "x\nb\na\ny")).count('-'), 1);
}

TEST(LineDifferenceTest, GivesBothTextsBackWhateverTheyAre) {
    SeededRandom random(5);
    for (int round = 0; round < 300; ++round) {
        QStringList texts[2];
        for (QStringList& lines : texts)
            for (std::uint64_t i = 1 + random.below(30); i > 0; --i)
                lines.append(QString(QChar('a' + static_cast<int>(random.below(4)))));
        QStringList earlier;
        QStringList later;
        for (const LineOfTwo& line : lineDifference(texts[0].join('\n'), texts[1].join('\n'))) {
            if (line.in != LineOfTwo::In::later)
                earlier.append(line.text);
            if (line.in != LineOfTwo::In::earlier)
                later.append(line.text);
        }
        ASSERT_EQ(earlier, texts[0]);
        ASSERT_EQ(later, texts[1]);
    }
}

TEST(AuthorSpansTest, CodePointsBecomeUnits) {
    const QJsonArray authors{QJsonObject{{"replica", 1}, {"name", "Ana"}, {"length", 2}},
                             QJsonObject{{"replica", 2}, {"name", "Ben"}, {"length", 1}}};
    const QList<AuthorSpan> spans = authorSpans(authors, QStringLiteral("a😀b"));
    ASSERT_EQ(spans.size(), 2);
    EXPECT_EQ(spans[0], (AuthorSpan{1, "Ana", 0, 3}));
    EXPECT_EQ(spans[1], (AuthorSpan{2, "Ben", 3, 1}));
}

} // namespace tandem
