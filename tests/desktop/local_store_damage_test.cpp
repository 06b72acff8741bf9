// What becomes of a store whose file is damaged, and of the documents in it.
#include "local_store_test.h"

#include "offline/own_record.h"
#include "offline/store_database.h"
#include "offline/stored_document.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

namespace tandem {

TEST_F(LocalStoreTest, OfAFileThatIsNoDatabaseAnyMoreTheOutboxIsRescued) {
    fillFile();
    QByteArray damaged = bytes();
    std::fill_n(damaged.begin(), 100, 'x');
    setBytes(damaged);

    LocalStore store(folder.path());
    ASSERT_TRUE(store.isKeeping()) << store.problem().toStdString();
    EXPECT_TRUE(store.notice().contains("was damaged")) << store.notice().toStdString();
    ASSERT_EQ(filesAside().size(), 1);
    Desk desk(store, random);
    ASSERT_TRUE(join(desk.document).ok());
    commit(desk.document);
    std::string text = "acked";
    for (int i = 0; i < 40; ++i)
        text += " unsent";
    EXPECT_EQ(desk.text(), text);
}

TEST_F(LocalStoreTest, DamageAnywhereLosesNoEditWhoseBytesAreWhole) {
    fillFile();
    const QByteArray whole = bytes();
    for (int round = 0; round < 40; ++round) {
        QByteArray damaged = whole;
        if (round % 4 == 0)
            damaged.truncate(static_cast<qsizetype>(random.below(static_cast<std::uint64_t>(whole.size()))));
        for (int flip = 0; flip < 30 && !damaged.isEmpty(); ++flip)
            damaged[static_cast<qsizetype>(random.below(static_cast<std::uint64_t>(damaged.size())))] ^=
                static_cast<char>(1 + random.below(255));
        QDir(folder.path()).removeRecursively();
        QDir().mkpath(folder.path());
        setBytes(damaged);
        std::set<Counter> readable;
        for (const OwnRecord& record :
             findOwn({damaged.constData(), static_cast<std::size_t>(damaged.size())}))
            readable.insert(record.change.first);

        LocalStore store(folder.path());
        Desk desk(store, random);
        ASSERT_TRUE(store.isKeeping()) << store.problem().toStdString();
        std::set<Counter> there;
        for (const Outbox::Entry& entry : desk.document.outbox().entries())
            there.insert(entry.first);
        for (const std::string& acked : desk.document.acked())
            there.insert(decodeChange(acked)->first);
        for (const Counter counter : readable)
            EXPECT_TRUE(there.contains(counter)) << "round " << round << ", counter " << counter;
        ASSERT_TRUE(join(desk.document).ok());
        desk.type(U"x");
        // What was not found while reading is found while writing, or by looking through the file.
        EXPECT_TRUE(QTest::qWaitFor([&] { return store.flush(); })) << store.problem().toStdString();
    }
}

TEST_F(LocalStoreTest, ARowThatDamageHidesIsMissed) {
    fillFile();
    {
        const auto database = StoreDatabase::open(file(), StoreDatabase::Purpose::readingAndWriting);
        ASSERT_TRUE(database.ok());
        // As if an index did not lead to it any more; its bytes stay.
        ASSERT_TRUE((*database)->execute("PRAGMA secure_delete = OFF").ok());
        ASSERT_TRUE(
            (*database)->execute("DELETE FROM journal WHERE n = (SELECT max(n) - 3 FROM journal)").ok());
    }
    LocalStore store(folder.path());
    const Desk desk(store, random);
    EXPECT_FALSE(store.notice().isEmpty());
    EXPECT_EQ(desk.document.outbox().size(), 41u) << "with one that was acked: the server knows it";
}

TEST_F(LocalStoreTest, DamageWhileADocumentIsOpenIsMendedFromWhatIsInMemory) {
    LocalStore store(folder.path());
    Desk desk(store, random);
    ASSERT_TRUE(join(desk.document).ok());
    desk.type(U"before ");
    ASSERT_TRUE(store.flush());
    for (const char* suffix : {"", "-wal"}) {
        QFile opened(file() + suffix);
        ASSERT_TRUE(opened.open(QIODevice::ReadWrite));
        opened.write(QByteArray(static_cast<int>(opened.size()), 'x'));
    }
    desk.type(U"and after");
    store.documents(); // whoever reads or writes next finds it
    EXPECT_TRUE(QTest::qWaitFor([&] { return !store.notice().isEmpty(); }));
    EXPECT_TRUE(store.isKeeping());
    desk.journal.reset();
    EXPECT_EQ(Desk(store, random).text(), "before and after");
}

TEST_F(LocalStoreTest, ADocumentWithoutAServerIsRescuedWithAllItsAuthors) {
    const QString local = QStringLiteral("local:abcdefghijklmnopqrstuv");
    std::string text;
    for (int session = 0; session < 5; ++session) {
        LocalStore store(folder.path());
        Desk desk(store, random, local);
        ASSERT_TRUE(desk.document.edit(desk.length() / 2, 0, U"[session]").ok());
        text = desk.text();
    }
    QByteArray damaged = bytes();
    std::fill_n(damaged.begin(), 100, 'x');
    setBytes(damaged);
    LocalStore store(folder.path());
    EXPECT_EQ(Desk(store, random, local).text(), text);
}

} // namespace tandem
