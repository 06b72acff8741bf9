// The names behind a text, as a real server tells them to a page.
#include "people/known_authors.h"

#include "documents/document_page.h"
#include "editor/editor_view.h"
#include "integration/http_client.h"
#include "integration/server_process.h"
#include "integration/waiting.h"
#include "settings/preferences.h"

#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

namespace tandem {

namespace {

class KnownAuthorsTest : public testing::Test {
protected:
    struct Desk {
        Desk(const QTemporaryDir& folder, const DocumentUrl& url, const QString& name, int color)
            : preferences(folder.filePath(name + ".ini")), page(url, preferences) {
            preferences.setPerson({name.toStdString(), color});
            page.show();
            page.start();
        }
        std::string text() { return page.document().replica().text(); }
        ReplicaId authorAt(std::size_t index) {
            return page.document().replica().anchorAt(index, Side::left).element.replica;
        }

        Preferences preferences;
        DocumentPage page;
    };

    void SetUp() override {
        ASSERT_TRUE(server.start()) << server.output().toStdString();
        url = {server.url(), HttpClient(server.url()).createDocument("Names")};
        ana = std::make_unique<Desk>(folder, url, "Ana", 1);
        auto ben = std::make_unique<Desk>(folder, url, "Ben", 5);
        QTest::keyClicks(&ben->page.editor(), "his");
        ASSERT_TRUE(waitUntil([this] { return ana->text() == "his"; }));
        QTest::keyClicks(&ana->page.editor(), "her");
        ASSERT_EQ(ana->text().size(), 6u);
        ASSERT_TRUE(waitUntil([&] { return ben->text() == ana->text(); }));
        his = ben->authorAt(ben->text().find("his"));
        hers = ana->authorAt(ana->text().find("her"));
        ASSERT_NE(his, hers);
    }

    // What `authors` tells in the end.
    static std::optional<AuthorNames::Author> told(const KnownAuthors& authors, ReplicaId replica) {
        waitUntil([&] { return authors.authorOf(replica).has_value(); });
        return authors.authorOf(replica);
    }

    ServerProcess server;
    QTemporaryDir folder;
    DocumentUrl url;
    std::unique_ptr<Desk> ana;
    ReplicaId his = 0;
    ReplicaId hers = 0;
};

} // namespace

TEST_F(KnownAuthorsTest, TheServerKnowsWhoWroteWhatAlsoWhenTheyHaveLeft) {
    KnownAuthors authors(ana->page.document(), ana->preferences);
    authors.setPlace(url);
    EXPECT_FALSE(authors.authorOf(his)) << "nobody was asked yet";
    const auto ben = told(authors, his);
    ASSERT_TRUE(ben);
    EXPECT_EQ(ben->name, "Ben");
}

TEST_F(KnownAuthorsTest, OneselfIsKnownWithoutAsking) {
    const KnownAuthors authors(ana->page.document(), ana->preferences);
    const auto own = authors.authorOf(hers);
    ASSERT_TRUE(own);
    EXPECT_EQ(own->name, "Ana");
    EXPECT_EQ(own->color, 1);
}

TEST_F(KnownAuthorsTest, WhoeverIsHereHasTheirColour) {
    KnownAuthors authors(ana->page.document(), ana->preferences);
    authors.setPlace(url);
    ana->page.document().mutablePeers().put({"another", "Ben", 9, std::nullopt, false});
    const auto ben = told(authors, his);
    ASSERT_TRUE(ben);
    EXPECT_EQ(ben->color, 9);
}

TEST_F(KnownAuthorsTest, WithoutItsServerNobodyElseIsKnown) {
    server.kill();
    KnownAuthors authors(ana->page.document(), ana->preferences);
    authors.setPlace(url);
    EXPECT_FALSE(authors.authorOf(his));
    spin(300);
    EXPECT_FALSE(authors.authorOf(his));
}

} // namespace tandem
