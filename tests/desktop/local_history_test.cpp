// The history of documents that no server has: who wrote what in which colour, and versions with names, which
// stay on this computer until a server takes the document.
#include "base/random.h"
#include "documents/document_page.h"
#include "documents/library.h"
#include "documents/publish_dialog.h"
#include "editor/editor_view.h"
#include "editor/tools/editor_tools.h"
#include "history/author_colors.h"
#include "history/author_legend.h"
#include "history/history_page.h"
#include "history/past_view.h"
#include "integration/http_client.h"
#include "integration/server_process.h"
#include "integration/waiting.h"
#include "offline/local_store.h"
#include "offline/store_database.h"
#include "offline/stored_journal.h"
#include "program.h"
#include "theme/person_colors.h"
#include "window/main_window.h"
#include "window/window_set.h"

#include <QCheckBox>
#include <QComboBox>
#include <QInputDialog>
#include <QJsonArray>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSlider>
#include <QTest>

#include <gtest/gtest.h>

namespace tandem {

namespace {

// With a document or its history in front.
struct ShowingProgram : Program {
    using Program::Program;

    DocumentPage& page() { return *qobject_cast<DocumentPage*>(windows.window().currentPage()); }
    HistoryPage& history() { return *qobject_cast<HistoryPage*>(windows.window().currentPage()); }
    void type(const QString& text) {
        QTest::keyClick(&page().editor(), Qt::Key_End, Qt::ControlModifier);
        QTest::keyClicks(&page().editor(), text);
    }
    void showHistory() {
        windows.window().commands().action("file.history")->trigger();
        ASSERT_TRUE(waitUntil([this] { return history().view().authorAt(0) != nullptr; }));
    }
};

class LocalHistoryTest : public testing::Test, protected TestSettings {
protected:
    void SetUp() override {
        preferences.setPerson({"Ana", 4});
        begin();
        program->windows.openNewLocal("Diary");
        place = program->page().url();
        program->type("one ");
    }
    void begin() { program = std::make_unique<ShowingProgram>(static_cast<TestSettings&>(*this)); }
    void restartAs(const std::string& name, int color) {
        program.reset();
        preferences.setPerson({name, color});
        begin();
        program->windows.open(place);
    }
    void goTo(qint64 version) {
        program->history().slider().setValue(static_cast<int>(version));
        ASSERT_TRUE(waitUntil([&] { return program->history().shownVersion() == version; }));
    }
    void name(qint64 version, const QString& label) {
        goTo(version);
        button("&Name This Version…")->click();
        const auto dialogs = program->history().findChildren<QInputDialog*>();
        ASSERT_FALSE(dialogs.isEmpty());
        QInputDialog* dialog = dialogs.last(); // those before are about to go
        dialog->setTextValue(label);
        dialog->accept();
    }
    QPushButton* button(const QString& words) {
        for (QPushButton* each : program->history().findChildren<QPushButton*>())
            if (each->text() == words && each->isVisible())
                return each;
        ADD_FAILURE() << words.toStdString();
        return nullptr;
    }
    void publishTo(const ServerProcess& server) {
        program->windows.window().commands().action("document.publish")->trigger();
        auto* dialog = program->page().findChild<PublishDialog*>();
        ASSERT_TRUE(dialog);
        dialog->findChildren<QLineEdit*>()[1]->setText(server.url().toString());
        for (QPushButton* each : dialog->findChildren<QPushButton*>())
            if (each->text() == "&Publish")
                each->click();
    }
    QStringList names() {
        QStringList names;
        const auto* box = program->history().findChild<QComboBox*>();
        for (int i = 1; i < box->count(); ++i)
            names.append(QStringLiteral("%1 %2").arg(box->itemData(i).toString(), box->itemText(i)));
        return names;
    }

    std::unique_ptr<ShowingProgram> program;
    DocumentUrl place;
};

} // namespace

TEST_F(LocalHistoryTest, EachPersonHasOneColourAndANameInTheLegend) {
    restartAs("Ben", 4);
    program->type("two ");
    restartAs("Ana", 7);
    program->type("three");
    program->showHistory();
    const PastView& view = program->history().view();
    EXPECT_EQ(view.authorAt(0)->name, "Ana");
    EXPECT_EQ(view.authorAt(5)->name, "Ben");
    EXPECT_EQ(view.authorAt(9)->name, "Ana");
    EXPECT_EQ(view.authorAt(0)->color, 7) << "as this person has chosen";
    EXPECT_EQ(view.authorAt(9)->color, 7) << "whichever run it was written in";
    EXPECT_NE(view.authorAt(5)->color, 7);
    EXPECT_EQ(program->history().legend().names(), QStringList({"Ana", "Ben"}));
    goTo(2);
    EXPECT_TRUE(waitUntil([this] { return program->history().legend().names() == QStringList({"Ana"}); }));
    EXPECT_TRUE(program->history().words().contains("Ana")) << program->history().words().toStdString();
    program->history().findChild<QCheckBox*>()->setChecked(true);
    EXPECT_FALSE(program->history().legend().isVisible()) << "differences have other colours";
}

TEST_F(LocalHistoryTest, TheEditorKnowsWhoWroteWhatToo) {
    restartAs("Ben", 5);
    program->type("two ");
    restartAs("Ana", 7);
    const AuthorTints& tints = program->page().tools().tints();
    EXPECT_EQ(tints.nameAt(0), "Ana");
    EXPECT_EQ(tints.nameAt(5), "Ben");
    const auto parts = tints.partsOf(0, 8);
    ASSERT_EQ(parts.size(), 2u);
    EXPECT_EQ(tints.colorOf(parts[0].author), 7) << "this person, in another run";
    EXPECT_NE(tints.colorOf(parts[1].author), 7);
}

TEST_F(LocalHistoryTest, AVersionGetsANameThatIsKeptOnThisComputer) {
    program->showHistory();
    name(2, "First draft");
    EXPECT_EQ(names(), QStringList({"2 First draft"}));
    name(2, "Rough draft");
    name(0, "Empty");
    EXPECT_EQ(names(), QStringList({"0 Empty", "2 Rough draft"}));

    restartAs("Ana", 4);
    program->type("two");
    program->showHistory();
    EXPECT_EQ(names(), QStringList({"0 Empty", "2 Rough draft"}));
    emit program->history().findChild<QComboBox*>()->activated(2);
    EXPECT_TRUE(waitUntil([this] { return program->history().view().toPlainText() == "on"; }));
}

TEST_F(LocalHistoryTest, AServerThatTakesTheDocumentGetsTheNamesToo) {
    program->showHistory();
    name(3, "Before publishing");
    program->windows.open(place);
    ServerProcess server;
    ASSERT_TRUE(server.start()) << server.output().toStdString();
    publishTo(server);
    const auto published = [&] {
        return HttpClient(server.url())
            .get(("/v1/docs/" + place.id + "/versions").toUtf8())
            .json()["versions"]
            .toArray();
    };
    ASSERT_TRUE(waitUntil([&] { return published().size() == 1; }));
    EXPECT_EQ(published()[0].toObject()["label"].toString(), "Before publishing");
    EXPECT_EQ(published()[0].toObject()["version"].toInt(), 3);
    EXPECT_EQ(HttpClient(server.url())
                  .get(("/v1/docs/" + place.id + "?version=3").toUtf8())
                  .json()["text"]
                  .toString(),
              "one");
    program->showHistory();
    EXPECT_TRUE(waitUntil([this] { return names() == QStringList({"3 Before publishing"}); }));
}

TEST_F(LocalHistoryTest, WhileTheServerThatTookItIsAwayAllOfItsHistoryIsHereWithItsTimes) {
    ServerProcess server;
    ASSERT_TRUE(server.start()) << server.output().toStdString();
    publishTo(server);
    ASSERT_TRUE(waitUntil([&] { return HttpClient(server.url()).textOf(place.id) == "one "; }));
    program->type("two");
    ASSERT_TRUE(waitUntil([&] { return HttpClient(server.url()).textOf(place.id) == "one two"; }));
    server.kill();
    ASSERT_TRUE(waitUntil([this] { return !program->page().isLive(); }));
    program->showHistory();
    EXPECT_EQ(program->history().scope(),
              "The server does not answer now. All of its history is on this computer.");
    goTo(2);
    EXPECT_EQ(program->history().view().toPlainText(), "on");
    const QString today = QLocale().toString(QDateTime::currentDateTime().date(), QLocale::ShortFormat);
    EXPECT_TRUE(program->history().words().startsWith("Change 2 of 7 · Ana, " + today))
        << program->history().words().toStdString();
}

TEST_F(LocalHistoryTest, TheHistoryIsOpenOnceAndShowsTheDocumentAsItIs) {
    program->showHistory();
    program->windows.open(place);
    program->type("more");
    program->showHistory();
    EXPECT_TRUE(waitUntil([this] { return program->history().view().toPlainText() == "one more"; }));
    EXPECT_TRUE(waitUntil([this] { return program->windows.window().pages().size() == 2; }));
}

TEST_F(LocalHistoryTest, ANameKeepsItsTextWhenDamageTakesAChangeAway) {
    program->showHistory();
    name(2, "Early");
    restartAs("Ben", 5);
    QTest::keyClick(&program->page().editor(), Qt::Key_Home, Qt::ControlModifier);
    QTest::keyClicks(&program->page().editor(), "two");
    program->showHistory();
    name(6, "Later");
    EXPECT_EQ(program->history().view().toPlainText(), "twone ");
    program.reset();
    {
        auto file = StoreDatabase::open(folder.filePath("data/documents.sqlite"),
                                        StoreDatabase::Purpose::readingAndWriting);
        ASSERT_TRUE(file.ok());
        ASSERT_TRUE((*file)->execute("UPDATE journal SET record = x'00' WHERE n = 4").ok()); // Ana's last
    }
    begin();
    program->windows.open(place);
    ASSERT_FALSE(program->store.notice().isEmpty()) << "of a rescue";
    program->showHistory();
    EXPECT_EQ(names(), QStringList({"2 Early", "5 Later"}));
    goTo(2);
    EXPECT_EQ(program->history().view().toPlainText(), "on");
    goTo(5);
    EXPECT_EQ(program->history().view().toPlainText(), "twone");
}

TEST(PastNamesTest, TheyStayWithTheirDocumentWhateverBecomesOfIt) {
    const QTemporaryDir folder;
    const QString local = QStringLiteral("local:abcdefghijklmnopqrstuv");
    const QString later = QStringLiteral("http://127.0.0.1:9/v1/docs/abcdefghijklmnopqrstuv");
    SeededRandom random(1);
    PastNames expected;
    {
        OpenDocument document(random);
        LocalStore store(folder.path());
        store.setPersonName("Ana");
        const auto journal = store.keep(local, local, document);
        ASSERT_TRUE(document.edit(0, 0, U"mine").ok());
        store.setPersonName("Zoe"); // who is here under the same id
        ASSERT_TRUE(document.edit(4, 0, U" too").ok());
        const ReplicaId ana = document.author()->replica;
        for (const auto& [last, label] :
             {std::pair(Counter{4}, "First"), std::pair(Counter{8}, "Second"), std::pair(Counter{4}, "")})
            store.nameState(local, {{ana, last}}, label);
        journal->keepAnew();
        expected = {{{{{ana, 8}}, "Second"}}, {}, {{ana, "Ana"}}};
        EXPECT_EQ(store.namesOf(local), expected);
        ASSERT_TRUE(document.edit(0, 0, U"damaged: ").ok());
    }
    {
        auto file = StoreDatabase::open(folder.filePath("documents.sqlite"),
                                        StoreDatabase::Purpose::readingAndWriting);
        ASSERT_TRUE(file.ok());
        ASSERT_TRUE((*file)
                        ->execute("UPDATE journal SET record = x'00' WHERE n = (SELECT max(n) FROM journal)")
                        .ok());
    }
    OpenDocument document(random);
    LocalStore store(folder.path());
    auto journal = store.keep(local, local, document);
    EXPECT_EQ(document.replica().text(), "mine too");
    ASSERT_FALSE(store.notice().isEmpty()) << "of a rescue";
    EXPECT_EQ(store.namesOf(local), expected);
    journal = store.move(std::move(journal), later, later, document);
    store.forget(local);
    expected.states.clear();
    expected.versions = {{2, "Second"}}; // as the server will number it
    EXPECT_EQ(store.namesOf(later), expected);
    EXPECT_TRUE(store.namesOf(local).empty());
    journal.reset();
    store.forget(later);
    EXPECT_TRUE(store.namesOf(later).empty());
}

TEST(AuthorColorsTest, AsLongAsThereAreEnoughEachAuthorHasAnother) {
    AuthorColors colors("Ana", 3);
    QSet<int> seen{3};
    for (int i = 1; i < theme::personColorCount; ++i)
        seen.insert(colors.of({i, QStringLiteral("Person %1").arg(i), 0, 1}));
    EXPECT_EQ(seen.size(), theme::personColorCount);
    EXPECT_EQ(colors.of({99, "Ana", 0, 1}), 3);
    EXPECT_EQ(colors.of({1, "Person 1", 0, 1}), colors.of({500, "Person 1", 0, 1}));
    const int further = colors.of({50, "One more", 0, 1});
    EXPECT_TRUE(further >= 0 && further < theme::personColorCount);
    colors.of({7, "", 0, 1});
    EXPECT_EQ(colors.of({7, "", 5, 1}), colors.of({7, "", 0, 1})) << "nobody knows who, but the same one";
}

} // namespace tandem
