// What is particular to a database server: its settings, its tables, conflicts with other servers, and that
// it comes and goes.
#include "databases/mariadb_process.h"
#include "storage/sql/log_writer.h"
#include "storage/sql/migrations.h"
#include "storage/sql/sql_storage.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QRegularExpression>

#include <gtest/gtest.h>

#include <atomic>
#include <csignal>
#include <thread>

namespace tandem {

namespace {

const std::vector<DocumentId> documents = {"documentAAAAAAAAAAAA", "documentBBBBBBBBBBBB",
                                           "documentCCCCCCCCCCCC"};

bool spinUntil(const std::function<bool()>& done) {
    const QDeadlineTimer deadline(30'000);
    while (!deadline.hasExpired()) {
        if (done())
            return true;
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 20);
    }
    return false;
}

template <typename T>
Result<T> wait(const std::function<void(std::function<void(Result<T>)>)>& ask) {
    std::optional<Result<T>> answer;
    ask([&](Result<T> given) { answer = std::move(given); });
    spinUntil([&] { return answer.has_value(); });
    return answer.value_or(Result<T>(Error{ErrorCode::internal, "no answer"}));
}

AppendEntry entry(ReplicaId replica, Counter first) {
    AppendEntry made;
    made.replica = replica;
    made.first = first;
    made.bytes = "change";
    return made;
}

class MariadbTest : public testing::Test {
protected:
    std::unique_ptr<SqlStorage> open() {
        auto opened = SqlStorage::open(
            m_address, m_clock, {{}, [this](const std::string& sentence) { m_notices += sentence + "\n"; }});
        EXPECT_TRUE(opened) << opened.error().detail;
        return opened ? std::move(*opened) : nullptr;
    }
    std::string refusal() {
        const auto opened = SqlStorage::open(m_address, m_clock);
        return opened ? std::string() : opened.error().detail;
    }
    static Result<DocumentStore::Created> create(SqlStorage& storage, const DocumentId& id) {
        return wait<DocumentStore::Created>([&](auto done) {
            storage.documents().create({id, "Notes", "epoch", "hash", {}}, done);
        });
    }
    static Result<Appended> append(SqlStorage& storage, const DocumentId& id, AppendEntry one) {
        return wait<Appended>([&](auto done) { storage.log().append(id, "epoch", {one}, done); });
    }
    static Result<std::vector<LoggedChange>> read(SqlStorage& storage, const DocumentId& id) {
        return wait<std::vector<LoggedChange>>(
            [&](auto done) { storage.log().readAfter(id, "epoch", 0, 100'000, done); });
    }
    std::unique_ptr<SqlConnection> connect() {
        auto connection = SqlConnection::open(m_address, SqlPurpose::writing);
        EXPECT_TRUE(connection) << connection.error().detail;
        return connection ? std::move(*connection) : nullptr;
    }
    void execute(const QString& statement) {
        const auto done = connect()->execute(statement);
        EXPECT_TRUE(done) << done.error().detail;
    }
    std::int64_t number(const char* query) {
        const auto connection = connect();
        auto rows = connection->run(query);
        EXPECT_TRUE(rows && rows->next());
        return rows->integer(0);
    }

    SystemClock m_clock;
    std::string m_notices;
    MysqlServer m_address = MariadbProcess::shared().makeDatabase();
};

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

TEST_F(MariadbTest, BeingTheSameAsInSqliteTheTablesHaveTheSameVersions) {
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

TEST_F(MariadbTest, ServersThatAppendToTheSameDocumentsQueueUpAndNeitherFails) {
    const auto first = open();
    const auto second = open();
    for (const DocumentId& id : documents)
        ASSERT_TRUE(create(*first, id));
    constexpr Counter each = 150;
    std::size_t answered = 0;
    std::size_t failed = 0;
    for (Counter counter = 1; counter <= each; ++counter) {
        // In opposite orders.
        for (std::size_t i = 0; i < documents.size(); ++i) {
            for (const auto& [server, replica, place] :
                 {std::tuple(first.get(), 1, i), std::tuple(second.get(), 2, documents.size() - 1 - i)})
                server->log().append(documents[place], "epoch", {entry(replica, counter)},
                                     [&](Result<Appended> done) {
                                         ++answered;
                                         failed += done ? 0 : 1;
                                     });
        }
        if (counter % 10 == 0)
            QCoreApplication::processEvents();
    }
    ASSERT_TRUE(spinUntil([&] { return answered == each * documents.size() * 2; }));
    EXPECT_EQ(failed, 0u);
    for (const DocumentId& id : documents) {
        const auto log = read(*second, id);
        ASSERT_EQ(log->size(), std::size_t{each} * 2);
        for (std::size_t i = 0; i < log->size(); ++i)
            EXPECT_EQ((*log)[i].seq, i + 1);
    }
}

TEST_F(MariadbTest, TheSameDocumentMadeOnTwoServersAtOnceIsOne) {
    const auto first = open();
    const auto second = open();
    for (int round = 0; round < 20; ++round) {
        std::vector<Result<DocumentStore::Created>> made;
        const DocumentId id = "document" + std::to_string(1'000'000'000 + round);
        for (SqlStorage* server : {first.get(), second.get()})
            server->documents().create({id, "Notes", "epoch", "hash", {entry(7, 1)}},
                                       [&](Result<DocumentStore::Created> done) { made.push_back(done); });
        ASSERT_TRUE(spinUntil([&] { return made.size() == 2; }));
        ASSERT_TRUE(made[0] && made[1]);
        EXPECT_NE(made[0]->existed, made[1]->existed);
    }
}

TEST_F(MariadbTest, TheLogIsPackedOnceHoweverManyServersPackIt) {
    const auto first = open();
    const auto second = open();
    ASSERT_TRUE(create(*first, documents[0]));
    std::vector<AppendEntry> entries;
    for (Counter counter = 1; counter <= 3 * 4'096; ++counter)
        entries.push_back(entry(1, counter));
    ASSERT_TRUE(
        wait<Appended>([&](auto done) { first->log().append(documents[0], "epoch", entries, done); }));
    const auto bytes = std::make_shared<const std::string>("snapshot");
    std::vector<Result<void>> stored;
    for (SqlStorage* server : {first.get(), second.get(), first.get(), second.get()})
        server->snapshots().store(documents[0], "epoch", entries.size(), bytes,
                                  [&](Result<void> done) { stored.push_back(done); });
    ASSERT_TRUE(spinUntil([&] { return stored.size() == 4; }));
    for (const Result<void>& one : stored)
        EXPECT_TRUE(one) << one.error().detail;
    EXPECT_EQ(number("SELECT COUNT(*) FROM segments"), 3);
    EXPECT_EQ(number("SELECT COUNT(*) FROM changes"), 0);
    EXPECT_EQ(read(*second, documents[0])->size(), entries.size());
}

TEST_F(MariadbTest, TheLastOwnerStaysAlsoWhenTwoServersRevokeAtOnce) {
    const auto first = open();
    const auto second = open();
    for (int round = 0; round < 25; ++round) {
        const DocumentId id = "document" + std::to_string(1'000'000'000 + round);
        ASSERT_TRUE(create(*first, id));
        for (const char* secret : {"one", "two"})
            ASSERT_TRUE(wait<ShareLink>([&](auto done) {
                first->links().add(id, {Role::owner, "label", std::nullopt, secret}, done);
            }));
        std::vector<Result<void>> revoked;
        first->links().revoke(id, 1, [&](Result<void> done) { revoked.push_back(done); });
        second->links().revoke(id, 2, [&](Result<void> done) { revoked.push_back(done); });
        ASSERT_TRUE(spinUntil([&] { return revoked.size() == 2; }));
        EXPECT_NE(revoked[0].ok(), revoked[1].ok()) << round;
    }
}

TEST_F(MariadbTest, AReaderSeesOneStateAndAWriterWhatOthersHaveCommitted) {
    execute("CREATE TABLE counters (id INTEGER PRIMARY KEY)");
    const auto count = [](SqlConnection& connection) -> Result<std::int64_t> {
        auto rows = connection.run("SELECT COUNT(*) FROM counters");
        return rows && rows->next() ? rows->integer(0) : -1;
    };
    const auto reader = SqlConnection::open(m_address, SqlPurpose::reading);
    ASSERT_TRUE(reader);
    const auto seen = readingOneState(**reader, [&] {
        execute("INSERT INTO counters VALUES (1)");
        EXPECT_EQ(*count(**reader), 0);
        execute("INSERT INTO counters VALUES (2)");
        return count(**reader);
    });
    EXPECT_EQ(*seen, 0);
    EXPECT_EQ(*count(**reader), 2);
    const auto writer = connect();
    ASSERT_TRUE(writer->execute(writer->dialect().beginWriting));
    EXPECT_EQ(*count(*writer), 2);
    execute("INSERT INTO counters VALUES (3)");
    EXPECT_EQ(*count(*writer), 3);
}

TEST_F(MariadbTest, WhatADeadlockUndidIsDoneAgainOnce) {
    execute("CREATE TABLE counters (id INTEGER PRIMARY KEY, n INTEGER NOT NULL)");
    execute("INSERT INTO counters VALUES (1, 0), (2, 0), (3, 0), (4, 0)");
    std::atomic<int> holding = 0;
    std::atomic<int> runs = 0;
    const auto increment = [](int id) {
        return [id](SqlConnection& connection) -> Result<void> {
            auto done = connection.run("UPDATE counters SET n = n + 1 WHERE id = ?", {id});
            return done ? Result<void>() : done.error();
        };
    };
    WriteHealth health(m_clock, {});
    std::vector<std::thread> servers;
    std::vector<std::vector<Result<void>>> outcomes(2);
    for (const int first : {1, 2}) {
        servers.emplace_back([&, first] {
            const auto connection = connect();
            // A row of its own, one of the two that both want, and, when each has one, the other.
            const auto meet = [&](SqlConnection& given) -> Result<void> {
                ++runs;
                ++holding;
                for (int i = 0; holding < 2 && i < 5'000; ++i)
                    std::this_thread::sleep_for(std::chrono::milliseconds(1));
                return increment(3 - first)(given);
            };
            const auto noted = [&outcomes, first](Result<void> done) { outcomes[first - 1].push_back(done); };
            std::vector<SqlTask> tasks{
                {{}, increment(first + 2), noted}, {{}, increment(first), noted}, {{}, meet, noted}};
            commitTogether(*connection, tasks, health, m_clock);
        });
    }
    for (std::thread& server : servers)
        server.join();
    EXPECT_EQ(runs, 3) << "one of them was undone";
    for (const auto& each : outcomes) {
        ASSERT_EQ(each.size(), 3u);
        for (const Result<void>& one : each)
            EXPECT_TRUE(one) << one.error().detail;
    }
    EXPECT_EQ(number("SELECT SUM(n * id) FROM counters"), 2 * 1 + 2 * 2 + 3 + 4);
}

TEST_F(MariadbTest, ARowThatSomeoneHoldsForLongFailsForItsDocumentOnly) {
    const auto storage = open();
    for (const DocumentId& id : documents)
        ASSERT_TRUE(create(*storage, id));
    const auto holder = connect();
    ASSERT_TRUE(holder->execute("START TRANSACTION"));
    ASSERT_TRUE(holder->execute("UPDATE documents SET head = head WHERE id = 'documentBBBBBBBBBBBB'"));
    std::map<DocumentId, std::optional<ErrorCode>> failures;
    for (const DocumentId& id : documents)
        storage->log().append(id, "epoch", {entry(1, 1)}, [&, id](Result<Appended> done) {
            failures[id] = done ? std::nullopt : std::optional(done.error().code);
        });
    ASSERT_TRUE(spinUntil([&] { return failures.size() == documents.size(); }));
    EXPECT_EQ(failures[documents[0]], std::nullopt);
    EXPECT_EQ(failures[documents[1]], ErrorCode::unavailable);
    EXPECT_EQ(failures[documents[2]], std::nullopt);
    ASSERT_TRUE(holder->execute("ROLLBACK"));
    EXPECT_EQ(append(*storage, documents[1], entry(1, 1))->first, 1u);
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
        EXPECT_EQ(cut, 3);
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
    ::kill(static_cast<pid_t>(own.processId()), SIGSTOP);
    for (int attempt = 0; attempt < 3; ++attempt)
        EXPECT_EQ(append(*storage, documents[0], entry(1, 2)).error().code, ErrorCode::unavailable);
    ::kill(static_cast<pid_t>(own.processId()), SIGCONT);
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
    const auto opened = SqlStorage::open(m_address, m_clock, hearer, std::chrono::seconds(60));
    EXPECT_TRUE(opened) << opened.error().detail;
    EXPECT_NE(m_notices.find("Waiting for the database mysql://tandem_1@127.0.0.1:"), std::string::npos)
        << m_notices;
    own.kill();
    const auto given = SqlStorage::open(m_address, m_clock, {}, std::chrono::milliseconds(600));
    ASSERT_FALSE(given);
    EXPECT_NE(given.error().detail.find("cannot be used"), std::string::npos);
}

} // namespace tandem
