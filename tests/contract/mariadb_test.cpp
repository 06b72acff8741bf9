// What is particular to a database server: its settings, its tables, and that it comes and goes.
#include "contract/mariadb_fixture.h"
#include "storage/sql/migrations.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>

#include <atomic>
#include <thread>

namespace tandem {

namespace {

class MariadbTest : public MariadbFixture {};

// In the order in which they are run, with the version that each belongs to.
std::vector<std::pair<int, QString>> migrationStatements() {
    std::vector<std::pair<int, QString>> statements;
    const QDir folder(QStringLiteral(":/tandem/migrations/mysql"));
    int version = 0;
    for (const QString& name : folder.entryList({QStringLiteral("*.sql")}, QDir::Files, QDir::Name)) {
        ++version;
        QFile file(folder.filePath(name));
        EXPECT_TRUE(file.open(QIODevice::ReadOnly));
        QString script = QString::fromUtf8(file.readAll());
        script.remove(QRegularExpression(QStringLiteral("^--[^\n]*\n"), QRegularExpression::MultilineOption));
        for (const QString& statement : script.split(QStringLiteral(";\n"), Qt::SkipEmptyParts)) {
            if (!statement.trimmed().isEmpty())
                statements.emplace_back(version, statement.trimmed());
        }
    }
    return statements;
}

} // namespace

TEST_F(MariadbTest, ItHasAsManyVersionsOfTheTablesAsSqlite) {
    const auto count = [](const char* folder) {
        return QDir(QString::fromLatin1(folder)).entryList().size();
    };
    EXPECT_GT(count(":/tandem/migrations/mysql"), 0);
    EXPECT_EQ(count(":/tandem/migrations/mysql"), count(":/tandem/migrations/sqlite"));
}

TEST_F(MariadbTest, AMigrationThatBrokeOffAnywhereIsFinishedByTheNextStart) {
    const auto statements = migrationStatements();
    ASSERT_GT(statements.size(), 15u);
    for (std::size_t done = 0; done < statements.size(); ++done) {
        SCOPED_TRACE("after statement " + std::to_string(done));
        m_address = MariadbProcess::shared().makeDatabase();
        const auto connection = connect();
        ASSERT_TRUE(connection->execute("CREATE TABLE schema_versions (version INTEGER NOT NULL PRIMARY KEY, "
                                        "applied_ms BIGINT NOT NULL)"));
        const int brokenOff = statements[done].first;
        for (int version = 1; version <= brokenOff; ++version) {
            ASSERT_TRUE(connection->execute(QString("INSERT INTO schema_versions VALUES (%1, %2)")
                                                .arg(version)
                                                .arg(version == brokenOff ? -1 : 1)));
        }
        for (std::size_t i = 0; i < done; ++i)
            ASSERT_TRUE(connection->execute(statements[i].second)) << statements[i].second.toStdString();
        const auto migrated = migrate(*connection, m_clock);
        ASSERT_TRUE(migrated) << migrated.error().detail;
        EXPECT_EQ(number("SELECT COUNT(*) FROM schema_versions WHERE applied_ms > 0"),
                  statements.back().first);
    }
    ASSERT_TRUE(create(*open(), documents[0]));
}

TEST_F(MariadbTest, TablesOfAnotherProgramAreNotTakenForOurs) {
    execute("CREATE TABLE documents (x INTEGER)");
    for (int attempt = 0; attempt < 2; ++attempt)
        EXPECT_NE(refusal().find("'documents' already exists"), std::string::npos) << refusal();
    execute("DROP TABLE documents");
    EXPECT_TRUE(open());
}

TEST_F(MariadbTest, ServersThatStartAtTheSameTimeMakeTheTablesOnce) {
    std::vector<std::thread> servers;
    std::atomic<int> succeeded = 0;
    for (int i = 0; i < 4; ++i)
        servers.emplace_back([&] {
            auto connection = SqlConnection::open(m_address, SqlPurpose::migrating);
            if (connection && migrate(**connection, m_clock))
                ++succeeded;
        });
    for (std::thread& server : servers)
        server.join();
    EXPECT_EQ(succeeded, 4);
    EXPECT_EQ(number("SELECT COUNT(*) FROM schema_versions WHERE applied_ms > 0"),
              migrationStatements().back().first);
}

TEST_F(MariadbTest, SettingsThatDoNotDoAreSaid) {
    MariadbProcess& server = MariadbProcess::shared();
    server.execute("SET GLOBAL max_allowed_packet = 4194304");
    EXPECT_NE(refusal().find("max_allowed_packet"), std::string::npos) << refusal();
    server.execute("SET GLOBAL max_allowed_packet = 16777216");
    EXPECT_TRUE(open());
    EXPECT_EQ(m_notices, "");
    server.execute("SET GLOBAL innodb_flush_log_at_trx_commit = 2");
    EXPECT_TRUE(open());
    EXPECT_NE(m_notices.find("innodb_flush_log_at_trx_commit"), std::string::npos);
    server.execute("SET GLOBAL innodb_flush_log_at_trx_commit = 1");
}

TEST_F(MariadbTest, WhoMayNotOpenItIsToldWhyWithoutThePassword) {
    m_address.password = "wrong-secret";
    EXPECT_NE(refusal().find("Access denied"), std::string::npos) << refusal();
    EXPECT_EQ(refusal().find("secret"), std::string::npos);
    m_address.user = "root";
    m_address.password.clear();
    m_address.database = "missing";
    EXPECT_NE(refusal().find("Unknown database"), std::string::npos) << refusal();
    m_address.port = 1;
    EXPECT_NE(refusal().find("cannot be used"), std::string::npos) << refusal();
}

TEST_F(MariadbTest, AnAnswerThatIsTooLargeIsNotKept) {
    const auto storage = open();
    ASSERT_TRUE(wait<AnswerStore::Begun>([&](auto done) { storage->answers().begin("key", "hash", done); }));
    const auto refused = wait<void>(
        [&](auto done) { storage->answers().finish("key", std::string(13 * 1024 * 1024, 'x'), done); });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::limitExceeded);
    EXPECT_TRUE(wait<void>(
        [&](auto done) { storage->answers().finish("key", std::string(12 * 1024 * 1024, 'x'), done); }));
    const auto again =
        wait<AnswerStore::Begun>([&](auto done) { storage->answers().begin("key", "hash", done); });
    ASSERT_TRUE(again) << again.error().detail;
    EXPECT_EQ(again->answer.size(), 12u * 1024 * 1024);
}

TEST_F(MariadbTest, AConnectionThatWasCutWhileNobodyUsedItIsNotNoticed) {
    const auto storage = open();
    ASSERT_TRUE(create(*storage, documents[0]));
    {
        const auto connection = connect();
        auto rows = connection->run("SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND "
                                    "id <> CONNECTION_ID()");
        ASSERT_TRUE(rows);
        int cut = 0;
        while (rows->next()) {
            execute("KILL " + QString::number(rows->integer(0)));
            ++cut;
        }
        EXPECT_EQ(cut, 4);
    }
    // After that long it asks first.
    std::this_thread::sleep_for(std::chrono::milliseconds(2'200));
    EXPECT_TRUE(append(*storage, documents[0], entry(1, 1)));
    EXPECT_EQ(read(*storage, documents[0])->size(), 1u);
}

TEST_F(MariadbTest, WhileTheServerIsAwayEveryCallSaysSoAtOnceAndThenItGoesOn) {
    MariadbProcess own;
    ASSERT_TRUE(own.start()) << own.output().toStdString();
    m_address = own.makeDatabase();
    std::vector<std::string> reports;
    auto opened = SqlStorage::open(
        m_address, m_clock,
        {[&](const Result<void>& outcome) { reports.push_back(outcome ? "well" : outcome.error().detail); },
         {}});
    ASSERT_TRUE(opened);
    const auto storage = std::move(*opened);
    ASSERT_TRUE(create(*storage, documents[0]));
    Counter counter = 0;
    for (int round = 0; round < 2; ++round) {
        SCOPED_TRACE(round);
        ASSERT_TRUE(append(*storage, documents[0], entry(1, ++counter)));
        if (round == 0)
            own.kill();
        else
            own.stop();
        for (int attempt = 0; attempt < 50; ++attempt) {
            const auto refused = append(*storage, documents[0], entry(1, counter + 1));
            ASSERT_FALSE(refused);
            EXPECT_EQ(refused.error().code, ErrorCode::unavailable);
            EXPECT_EQ(read(*storage, documents[0]).error().code, ErrorCode::unavailable);
            EXPECT_FALSE(wait<void>([&](auto done) { storage->documents().probe(done); }));
        }
        ASSERT_TRUE(own.start()) << own.output().toStdString();
        ASSERT_TRUE(
            spinUntil([&] { return wait<void>([&](auto done) { storage->documents().probe(done); }).ok(); }));
        EXPECT_EQ(read(*storage, documents[0])->size(), counter);
    }
    EXPECT_TRUE(append(*storage, documents[0], entry(1, ++counter)));
    ASSERT_EQ(reports.size(), 4u) << "twice not, and well again";
    EXPECT_EQ(reports.back(), "well");
}

TEST_F(MariadbTest, AServerThatFreezesIsGivenUpAndThenItGoesOn) {
    MariadbProcess own;
    ASSERT_TRUE(own.start()) << own.output().toStdString();
    m_address = own.makeDatabase();
    const auto storage = open();
    ASSERT_TRUE(create(*storage, documents[0]));
    ASSERT_TRUE(append(*storage, documents[0], entry(1, 1)));
    own.suspend();
    for (int attempt = 0; attempt < 3; ++attempt) {
        const auto refused = append(*storage, documents[0], entry(1, 2));
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, ErrorCode::unavailable);
    }
    own.resume();
    ASSERT_TRUE(spinUntil([&] { return append(*storage, documents[0], entry(1, 3)).ok(); }));
    ASSERT_TRUE(spinUntil([&] { return read(*storage, documents[0]).ok(); }));
    // What it had been given when it froze it may have done.
    EXPECT_GE(read(*storage, documents[0])->size(), 2u);
}

TEST_F(MariadbTest, AServerThatStartsLaterIsWaitedForButNotForEver) {
    MariadbProcess own;
    ASSERT_TRUE(own.start()) << own.output().toStdString();
    m_address = own.makeDatabase();
    own.stop();
    // Waiting tells of it first.
    const SqlStorage::Hearer hearer{{}, [&](const std::string& sentence) {
                                        m_notices += sentence;
                                        EXPECT_TRUE(own.start());
                                    }};
    const auto opened = SqlStorage::open(m_address, m_clock, hearer, [] { return true; });
    EXPECT_TRUE(opened) << opened.error().detail;
    EXPECT_NE(m_notices.find("Waiting for the database mysql://tandem_1@127.0.0.1:"), std::string::npos)
        << m_notices;
    own.kill();
    const auto given =
        SqlStorage::open(m_address, m_clock, {}, [attempts = 3]() mutable { return --attempts > 0; });
    ASSERT_FALSE(given);
    EXPECT_NE(given.error().detail.find("cannot be used"), std::string::npos);
}

} // namespace tandem
