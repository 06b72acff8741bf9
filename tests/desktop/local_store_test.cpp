#include "local_store_test.h"

#include "offline/store_database.h"
#include "offline/stored_document.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <sys/resource.h>

#include <csignal>

namespace tandem {

namespace {

// No file of this process may become larger.
class FullDisk {
public:
    FullDisk() {
        std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        rlimit none = m_before;
        none.rlim_cur = 0;
        ::setrlimit(RLIMIT_FSIZE, &none);
    }
    ~FullDisk() { ::setrlimit(RLIMIT_FSIZE, &m_before); }

private:
    rlimit m_before{};
};

} // namespace

TEST_F(LocalStoreTest, ADocumentOpensAgainWithoutAServerWithAllThatWasTyped) {
    std::vector<OpenDocument::Author> authors;
    {
        LocalStore store(folder.path());
        ASSERT_TRUE(store.isKeeping()) << store.problem().toStdString();
        Desk desk(store, random);
        desk.document.setTitle("Notes");
        ASSERT_TRUE(join(desk.document).ok());
        desk.type(U"acked ");
        commit(desk.document);
        desk.type(U"and 😀 not");
        authors = desk.document.authorsOfOutbox();
    }
    LocalStore store(folder.path());
    Desk desk(store, random);
    EXPECT_EQ(desk.text(), "acked and 😀 not");
    EXPECT_EQ(desk.document.title(), "Notes");
    EXPECT_EQ(desk.document.version(), 1u);
    EXPECT_EQ(desk.document.epoch(), epoch);
    ASSERT_EQ(desk.document.outbox().size(), 1u);
    ASSERT_EQ(desk.document.authorsOfOutbox().size(), 1u);
    EXPECT_EQ(desk.document.authorsOfOutbox()[0].replica, authors[0].replica);
    EXPECT_EQ(desk.document.authorsOfOutbox()[0].key, authors[0].key);
    desk.type(U" yet");
    EXPECT_NE(desk.document.author()->replica, authors[0].replica);
}

TEST_F(LocalStoreTest, WhateverHappensInADocumentIsThereAfterARestart) {
    OpenDocument other(random);
    ASSERT_TRUE(join(other).ok());
    auto store = std::make_unique<LocalStore>(folder.path());
    auto desk = std::make_unique<Desk>(*store, random);
    ASSERT_TRUE(join(desk->document).ok());
    for (int step = 0; step < 300; ++step) {
        OpenDocument& who = random.below(3) == 0 ? other : desk->document;
        const std::size_t length = who.replica().length();
        const std::size_t index = random.below(length + 1);
        ASSERT_TRUE(who.edit(index, random.below(length - index + 1) / 4, U"word").ok());
        if (random.below(3) == 0)
            commit(desk->document, {&other});
        if (random.below(3) == 0)
            commit(other, {&desk->document});
        if (random.below(60) == 0) {
            ASSERT_TRUE(join(desk->document).ok());
        }
        if (random.below(20) != 0)
            continue;
        const std::string text = desk->text();
        const Seq version = desk->document.version();
        const std::size_t unsent = desk->document.outbox().size();
        const auto acked = desk->document.acked();
        desk.reset();
        store.reset();
        store = std::make_unique<LocalStore>(folder.path());
        EXPECT_EQ(store->documents().at(0).unsent, static_cast<qint64>(unsent));
        desk = std::make_unique<Desk>(*store, random);
        ASSERT_EQ(desk->text(), text);
        ASSERT_EQ(desk->document.version(), version);
        ASSERT_EQ(desk->document.outbox().size(), unsent);
        ASSERT_EQ(desk->document.acked(), acked);
    }
    commit(desk->document, {&other});
    commit(other, {&desk->document});
    EXPECT_EQ(desk->text(), other.replica().text());
}

TEST_F(LocalStoreTest, ADocumentClosedAMomentAgoOpensWithItsLastEdit) {
    LocalStore store(folder.path());
    for (int i = 0; i < 20; ++i) {
        Desk desk(store, random);
        EXPECT_EQ(desk.length(), static_cast<std::size_t>(i));
        desk.type(U"x");
    }
}

TEST_F(LocalStoreTest, ALongJournalBecomesASnapshotAndNothingOfItIsLost) {
    std::string text;
    {
        LocalStore store(folder.path());
        Desk desk(store, random);
        ASSERT_TRUE(join(desk.document).ok());
        for (int i = 0; i < 6'000; ++i) {
            desk.type(U"k");
            if (i % 2 == 0)
                commit(desk.document);
        }
        text = desk.text();
        const auto isCompact = [this] {
            const auto database =
                StoreDatabase::open(file(), StoreDatabase::Purpose::reading).value().release();
            const std::unique_ptr<StoreDatabase> owner(database);
            const auto stored = readStored(*database, key.toStdString());
            return stored.ok() && *stored && (*stored)->rowsBehind < 4'000;
        };
        EXPECT_TRUE(QTest::qWaitFor(isCompact, 20'000));
        desk.type(U"!");
        text += "!";
    }
    LocalStore store(folder.path());
    Desk desk(store, random);
    EXPECT_EQ(desk.text(), text);
    EXPECT_EQ(desk.document.outbox().size(), 2u); // the last key, and "!"
}

TEST_F(LocalStoreTest, DocumentsAreListedTheLastUsedFirstAndForgottenOnes) {
    LocalStore store(folder.path());
    { Desk(store, random, "one").type(U"1"); }
    QTest::qSleep(2); // another millisecond
    { Desk(store, random, "two").type(U"2"); }
    ASSERT_EQ(store.documents().size(), 2);
    EXPECT_EQ(store.documents()[0].key, "two");
    EXPECT_EQ(store.documents()[0].link, link);
    EXPECT_EQ(store.documents()[0].unsent, 1);
    store.forget("two");
    ASSERT_EQ(store.documents().size(), 1);
    EXPECT_EQ(Desk(store, random, "two").text(), "");
}

TEST_F(LocalStoreTest, WhatIsInTheBinIsThereStillWhereTheFileIsRescuedAndComesOutWhenItIsOpened) {
    {
        LocalStore store(folder.path());
        { Desk(store, random, "local:one").type(U"1"); }
        { Desk(store, random, "local:two").type(U"2"); }
        store.setBinned("local:one", true);
    }
    {
        auto file = StoreDatabase::open(this->file(), StoreDatabase::Purpose::readingAndWriting);
        ASSERT_TRUE(file.ok());
        ASSERT_TRUE((*file)->execute("UPDATE journal SET record = x'00' WHERE n = 2").ok());
    }
    LocalStore store(folder.path());
    { Desk(store, random, "local:two"); }
    ASSERT_FALSE(store.notice().isEmpty()) << "of a rescue";
    const auto entryOf = [&](const QString& wanted) {
        for (const LocalStore::Entry& entry : store.documents())
            if (entry.key == wanted)
                return entry;
        return LocalStore::Entry();
    };
    EXPECT_TRUE(entryOf("local:one").binned.isValid());
    EXPECT_TRUE(entryOf("local:one").used.isValid());
    EXPECT_FALSE(entryOf("local:two").binned.isValid());
    EXPECT_EQ(Desk(store, random, "local:one").text(), "1");
    EXPECT_FALSE(entryOf("local:one").binned.isValid()) << "or what is typed into it could be deleted";
}

TEST_F(LocalStoreTest, ASecondProgramIsToldAndLeavesTheStoreAlone) {
    LocalStore first(folder.path());
    Desk desk(first, random);
    desk.type(U"mine");
    LocalStore second(folder.path());
    EXPECT_FALSE(second.isKeeping());
    EXPECT_TRUE(second.problem().startsWith("Another Tandem is running")) << second.problem().toStdString();
    Desk other(second, random);
    other.type(U"in memory");
    EXPECT_FALSE(second.flush());
    ASSERT_TRUE(first.flush());
    EXPECT_EQ(first.documents().at(0).unsent, 1);
}

TEST_F(LocalStoreTest, AStoreOfANewerProgramIsRefusedAndNotTouched) {
    fillFile();
    QByteArray newer = bytes();
    newer[63] = 99; // user_version, in the file's head
    setBytes(newer);
    {
        LocalStore store(folder.path());
        EXPECT_FALSE(store.isKeeping());
        EXPECT_TRUE(store.problem().contains("newer Tandem")) << store.problem().toStdString();
        Desk desk(store, random);
        desk.type(U"x");
    }
    EXPECT_EQ(bytes(), newer);
    EXPECT_TRUE(filesAside().isEmpty());
    EXPECT_FALSE(QFile::exists(file() + "-wal"));
}

TEST_F(LocalStoreTest, AStoreOfAnOlderProgramGoesOnAndLacksOnlyWhatThatDidNotKeep) {
    fillFile();
    {
        auto older = StoreDatabase::open(file(), StoreDatabase::Purpose::readingAndWriting);
        ASSERT_TRUE(older.ok());
        for (const char* statement :
             {"ALTER TABLE journal DROP COLUMN time", "DROP TABLE version_names", "DROP TABLE author_names",
              "DROP TABLE named_states", "ALTER TABLE documents DROP COLUMN binned",
              "ALTER TABLE documents DROP COLUMN left_out", "PRAGMA user_version = 1",
              "PRAGMA wal_checkpoint(TRUNCATE)"})
            ASSERT_TRUE((*older)->execute(statement).ok()) << statement;
    }
    LocalStore store(folder.path());
    Desk desk(store, random);
    EXPECT_EQ(desk.document.outbox().size(), 40u) << store.problem().toStdString();
    EXPECT_TRUE(store.timesOf(key).empty());
    desk.type(U" and now");
    EXPECT_EQ(store.timesOf(key).size(), 1u);
    EXPECT_TRUE(filesAside().isEmpty());
}

TEST_F(LocalStoreTest, NamesThatAnOlderProgramGaveToNumbersOfChangesKeepWhatTheyMeant) {
    const QString local = QStringLiteral("local:abcdefghijklmnopqrstuv");
    std::vector<ReplicaId> replicas;
    for (const char32_t* text : {U"Ana", U"Ben"}) {
        LocalStore store(folder.path());
        Desk(store, random, "elsewhere").type(U"first in the journal");
        Desk desk(store, random, local);
        desk.type(text);
        desk.type(U" ");
        replicas.push_back(desk.document.author()->replica);
    }
    {
        auto older = StoreDatabase::open(file(), StoreDatabase::Purpose::readingAndWriting);
        ASSERT_TRUE(older.ok());
        for (const char* statement :
             {"DROP TABLE named_states",
              "INSERT INTO version_names SELECT id, 0, 'Empty' FROM documents WHERE key LIKE 'local:%'",
              "INSERT INTO version_names SELECT id, 1, 'Ana' FROM documents WHERE key LIKE 'local:%'",
              "INSERT INTO version_names SELECT id, 3, 'Both' FROM documents WHERE key LIKE 'local:%'",
              "INSERT INTO version_names SELECT id, 1, 'Published' FROM documents WHERE key = 'elsewhere'",
              "PRAGMA user_version = 4", "PRAGMA wal_checkpoint(TRUNCATE)"})
            ASSERT_TRUE((*older)->execute(statement).ok()) << statement;
    }
    LocalStore store(folder.path());
    const PastNames names = store.namesOf(local);
    EXPECT_TRUE(names.versions.empty());
    ASSERT_EQ(names.states.size(), 3u);
    EXPECT_EQ(names.states.at({}), "Empty");
    EXPECT_EQ(names.states.at({{replicas[0], 3}}), "Ana");
    EXPECT_EQ(names.states.at({{replicas[0], 4}, {replicas[1], 3}}), "Both");
    EXPECT_EQ(store.namesOf("elsewhere").versions.at(1), "Published");
}

TEST_F(LocalStoreTest, AFullDiskIsToldAndWhatWasTypedGoesInWhenThereIsRoom) {
    LocalStore store(folder.path());
    Desk desk(store, random);
    desk.type(U"before ");
    ASSERT_TRUE(store.flush());
    QSignalSpy told(&store, &LocalStore::problemChanged);
    {
        const FullDisk full;
        desk.type(U"meanwhile ");
        EXPECT_FALSE(store.flush());
        ASSERT_TRUE(QTest::qWaitFor([&] { return !store.problem().isEmpty(); }));
        EXPECT_TRUE(store.problem().startsWith("This computer's disk is full"))
            << store.problem().toStdString();
        EXPECT_FALSE(store.isKeeping());
        desk.type(U"still ");
    }
    EXPECT_TRUE(QTest::qWaitFor([&] { return store.isKeeping(); }));
    EXPECT_EQ(told.size(), 2);
    desk.journal.reset();
    EXPECT_EQ(Desk(store, random).text(), "before meanwhile still ");
}

TEST_F(LocalStoreTest, AcksOfLongAgoComeBackWhenTheServerIsRestoredFromABackup) {
    {
        LocalStore store(folder.path());
        Desk desk(store, random);
        ASSERT_TRUE(join(desk.document).ok());
        desk.type(U"backed up, ");
        commit(desk.document);
        desk.type(U"acked");
        commit(desk.document);
    }
    log.resize(1);
    epoch = "restored";
    {
        LocalStore store(folder.path());
        Desk desk(store, random);
        ASSERT_TRUE(join(desk.document).ok());
        EXPECT_EQ(desk.text(), "backed up, acked");
        EXPECT_EQ(desk.document.outbox().size(), 1u);
    }
    LocalStore store(folder.path()); // and it is known in the next program that this is the newer log
    Desk desk(store, random);
    EXPECT_EQ(desk.text(), "backed up, acked");
    EXPECT_EQ(desk.document.outbox().size(), 1u);
    EXPECT_EQ(desk.document.epoch(), "restored");
    EXPECT_TRUE(desk.document.hasLeft("epoch"));
}

} // namespace tandem
