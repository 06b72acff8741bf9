// `tandem-server backup`: one state of a database that people write into, as a file that is whole or not
// there.
#include "integration/backup_fixture.h"
#include "integration/typing_crowd.h"
#include "storage/sql/sql_connection.h"

#include <QDir>
#include <QFile>

#include <sys/resource.h>

namespace tandem {
namespace {

class BackupTest : public BackupFixture {};

class TypedBackupTest : public BackupFixture, public testing::WithParamInterface<DatabaseKind> {};

// Files of processes that are started while it lives cannot grow beyond so many bytes.
class SmallFiles {
public:
    explicit SmallFiles(rlim_t bytes) {
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit small{bytes, m_before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &small);
    }
    ~SmallFiles() { ::setrlimit(RLIMIT_FSIZE, &m_before); }

private:
    rlimit m_before{};
};

QString noise(int length) {
    SeededRandom random(7);
    QString text;
    for (int i = 0; i < length; ++i)
        text += QChar(0x4E00 + static_cast<char16_t>(random.below(0x5000)));
    return text;
}

} // namespace

TEST_P(TypedBackupTest, BackupsMadeWhilePeopleTypeAreEachOneStateOfTheDatabase) {
    ServedDatabase source(GetParam());
    source.start();
    const QString document = source.http().createDocument("Typed");
    const QString other = source.http().createDocument("Other", noise(200'000));
    TypingCrowd crowd(20'281);
    for (int i = 0; i < 2; ++i)
        crowd.addOperationsClient(source.server().websocketUrl(document));
    crowd.addPlainClient(source.server().websocketUrl(document));
    ASSERT_EQ(crowd.settle(), std::nullopt);
    constexpr int backups = 4;
    for (int i = 0; i < backups; ++i) {
        source.command().begin({"backup", path(QString::number(i))});
        do
            crowd.typeFor(20);
        while (source.command().isRunning());
        ASSERT_EQ(source.command().waitForEnd(), 0) << source.command().output().toStdString();
        EXPECT_TRUE(source.command().output().startsWith("2 documents, "));
    }
    ASSERT_EQ(crowd.settle(), std::nullopt) << "nobody was kept from typing";
    ASSERT_EQ(crowd.differences(source.http().textOf(document)), std::nullopt);

    int versionBefore = 0;
    for (int i = 0; i < backups; ++i) {
        ServedDatabase restored(DatabaseKind::sqlite);
        ASSERT_NO_FATAL_FAILURE(restored.run({"restore", path(QString::number(i))}));
        ASSERT_NO_FATAL_FAILURE(restored.run({"verify"}));
        EXPECT_TRUE(restored.command().output().contains(" 0 problems"));
        ASSERT_NO_FATAL_FAILURE(restored.start());
        const int version = restored.http().get("/v1/docs/" + document.toUtf8()).json()["version"].toInt();
        EXPECT_GT(version, versionBefore);
        versionBefore = version;
        EXPECT_EQ(restored.http().textOf(document), textAt(source, document, version));
        EXPECT_EQ(restored.http().textOf(other), source.http().textOf(other));
    }
}

INSTANTIATE_TEST_SUITE_P(Databases, TypedBackupTest, allDatabaseKinds(), nameOfKind);

TEST_F(BackupTest, AFullDiskLeavesNoHalfFileAndTheOneOfBefore) {
    ServedDatabase source(DatabaseKind::sqlite);
    source.start();
    const QString document = source.http().createDocument("Large", noise(300'000));
    ASSERT_FALSE(document.isEmpty());
    write(path("backup"), "the one of before");
    {
        const SmallFiles limit(200'000);
        for (const char* name : {"backup", "new"}) {
            EXPECT_EQ(source.command().runToEnd({"backup", path(name)}), 1);
            EXPECT_TRUE(source.command().output().contains(" cannot be written: File too large"))
                << source.command().output().toStdString();
        }
    }
    EXPECT_EQ(read(path("backup")), "the one of before");
    EXPECT_EQ(QDir(m_folder.path()).entryList(QDir::Files), QStringList{"backup"});
    source.run({"backup", path("backup")});
    EXPECT_EQ(rowsOf(path("backup"))["documents"].size(), 1u);
    EXPECT_EQ(QFile(path("backup")).permissions() & (QFile::ReadGroup | QFile::ReadOther),
              QFile::Permissions());
}

TEST_F(BackupTest, WhatCannotBeBackedUpIsSaidAndLeavesNoFile) {
    ServedDatabase source(DatabaseKind::sqlite);
    EXPECT_EQ(source.command().runToEnd({"backup", path("backup")}), 1);
    EXPECT_TRUE(source.command().output().contains("There is no database"));
    source.seed();
    EXPECT_EQ(source.command().runToEnd({"backup"}), 2);
    EXPECT_TRUE(source.command().output().contains("needs the name of a file"));
    EXPECT_EQ(source.command().runToEnd({"backup", path("none/backup")}), 1);
    EXPECT_EQ(source.command().runToEnd({"backup", m_folder.path()}), 1);
    EXPECT_TRUE(source.command().output().contains("is no file"));
    write(QString::fromStdString(std::get<SqliteFile>(source.address()).path), QByteArray(10'000, 'x'));
    EXPECT_EQ(source.command().runToEnd({"backup", path("backup")}), 1);
    EXPECT_TRUE(source.command().output().contains("cannot be read: the database is damaged"))
        << source.command().output().toStdString();
    EXPECT_TRUE(QDir(m_folder.path()).entryList(QDir::Files).isEmpty());
}

TEST_F(BackupTest, ALogThatIsShorterThanItsDocumentIsCopiedAndTold) {
    ServedDatabase source(DatabaseKind::sqlite);
    source.seed();
    {
        auto connection = SqlConnection::open(source.address(), SqlPurpose::writing);
        ASSERT_TRUE((*connection)->execute("UPDATE documents SET head = 2 WHERE id = 'sample-minutes-0001'"));
    }
    EXPECT_EQ(source.command().runToEnd({"backup", path("backup")}), 1);
    EXPECT_TRUE(source.command().output().contains("some log is damaged"));
    EXPECT_EQ(rowsOf(path("backup"))["documents"].size(), 3u);
}

TEST_F(BackupTest, StandardOutputTakesABackupAsAFileDoes) {
    ServedDatabase source(DatabaseKind::sqlite);
    source.seed();
    source.run({"backup", "-"});
    const QByteArray all = source.command().outputBytes(); // behind it the summary, on standard error
    const qsizetype summary = all.lastIndexOf("3 documents, 3 changes, ");
    ASSERT_GT(summary, 0);
    write(path("backup"), all.left(summary));
    EXPECT_EQ(rowsOf(path("backup"))["documents"].size(), 3u);
}

TEST_F(BackupTest, EveryTableOfADatabaseIsInABackupOrLeftOutOnPurpose) {
    ServedDatabase database(DatabaseKind::sqlite);
    database.run({"init-db"});
    auto connection = SqlConnection::open(database.address(), SqlPurpose::reading);
    std::set<std::string> expected(tablesLeftOut().begin(), tablesLeftOut().end());
    expected.insert({"schema_versions", "write_probe"});
    for (const BackupTable& table : backupTables())
        expected.insert(table.name);
    std::set<std::string> found;
    auto tables = (*connection)->run("SELECT name FROM sqlite_master WHERE type = 'table'");
    while (tables->next())
        found.insert(tables->text(0));
    EXPECT_EQ(found, expected);

    for (const BackupTable& table : backupTables()) {
        SCOPED_TRACE(table.name);
        auto rows =
            (*connection)
                ->run("SELECT name, pk, \"notnull\" FROM pragma_table_info(?)", {sqlText(table.name)});
        std::map<std::string, bool> columns; // may they be null?
        std::map<std::int64_t, std::string> key;
        while (rows->next()) {
            columns[rows->text(0)] = rows->integer(2) == 0;
            if (rows->integer(1) > 0)
                key[rows->integer(1)] = rows->text(0);
        }
        ASSERT_EQ(key.size(), table.keyColumns);
        for (std::size_t i = 0; i < key.size(); ++i)
            EXPECT_EQ(table.columns[i].name, key[static_cast<std::int64_t>(i) + 1]);
        EXPECT_EQ(columns.size(), table.columns.size());
        for (const BackupColumn& column : table.columns) {
            ASSERT_TRUE(columns.contains(column.name)) << column.name;
            EXPECT_EQ(columns[column.name], column.nullable) << column.name;
        }
    }
}

} // namespace tandem
