// What is particular to the SQLite file: its lock, its version, and damage.
#include "storage/sql/log_writer.h"
#include "storage/sql/sql_storage.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <barrier>
#include <semaphore>
#include <thread>

namespace tandem {

namespace {

class SqliteFileTest : public testing::Test {
protected:
    SqliteFile file() const { return {m_folder.filePath(QStringLiteral("tandem.db")).toStdString()}; }
    Result<std::unique_ptr<SqlStorage>> open(DatabaseUse use = DatabaseUse::serving) {
        return SqlStorage::open(file(), m_clock, {}, {}, {use});
    }
    void expectRefusal(const char* words, DatabaseUse use = DatabaseUse::serving) {
        const auto opened = open(use);
        ASSERT_FALSE(opened);
        EXPECT_NE(opened.error().detail.find(words), std::string::npos) << opened.error().detail;
    }

    QTemporaryDir m_folder;
    SystemClock m_clock;
};

Result<void> execute(SqlConnection& connection, const char* statement) {
    return connection.execute(QString::fromLatin1(statement));
}

} // namespace

TEST_F(SqliteFileTest, WhatGivesWayIsDoneAFewAtATimeAndNeverWithWhatDoesNot) {
    std::vector<std::vector<SqlTask>> turns; // read when the thread has ended
    std::binary_semaphore mayBegin(0);
    SqlThread thread([&](SqlConnection&, std::vector<SqlTask>& tasks) {
        if (turns.empty())
            mayBegin.acquire();
        turns.push_back(tasks);
    });
    ASSERT_TRUE(thread.start(file(), SqlPurpose::writing));
    constexpr std::size_t many = 100;
    for (std::size_t i = 0; i < many; ++i) {
        SqlTask task;
        task.document = std::to_string(i);
        task.givesWay = i % 2 == 1;
        task.mayVanish = task.givesWay && i >= many / 2;
        thread.post(task);
    }
    mayBegin.release();
    thread.stop();
    std::size_t done = 0;
    for (const std::vector<SqlTask>& turn : turns) {
        done += turn.size();
        for (const SqlTask& task : turn) {
            EXPECT_EQ(task.givesWay, turn.front().givesWay);
            EXPECT_EQ(task.mayVanish, turn.front().mayVanish);
        }
        if (turn.front().givesWay) {
            EXPECT_LE(turn.size(), 8u);
        }
    }
    EXPECT_EQ(done, many);
}

TEST_F(SqliteFileTest, WhatIsHeldBackIsDoneAllTheSameWhenTheThreadStops) {
    std::size_t done = 0; // read when the thread has ended
    SqlThread thread([&](SqlConnection&, std::vector<SqlTask>& tasks) { done += tasks.size(); });
    ASSERT_TRUE(thread.start(file(), SqlPurpose::writing));
    thread.holdGivingWay(true);
    SqlTask task;
    task.givesWay = true;
    thread.post(task);
    thread.stop();
    EXPECT_EQ(done, 1u);
}

TEST_F(SqliteFileTest, IsRefusedWhileAnotherHasIt) {
    const auto first = open();
    ASSERT_TRUE(first) << first.error().detail;
    expectRefusal("Another tandem-server uses the database");
}

TEST_F(SqliteFileTest, IsSharedByOneThatServesAndAnyNumberThatWork) {
    const auto worker = open(DatabaseUse::working);
    ASSERT_TRUE(worker) << worker.error().detail;
    const auto server = open();
    ASSERT_TRUE(server) << server.error().detail;
    const auto another = open(DatabaseUse::working);
    ASSERT_TRUE(another) << another.error().detail;
    expectRefusal("Another tandem-server uses the database");
}

TEST_F(SqliteFileTest, IsTheOperatorsOnlyWhileNobodyServesOrWorks) {
    {
        const auto operatorsOwn = open(DatabaseUse::alone);
        ASSERT_TRUE(operatorsOwn) << operatorsOwn.error().detail;
        for (const DatabaseUse use : {DatabaseUse::serving, DatabaseUse::working, DatabaseUse::alone})
            expectRefusal("Another tandem-server uses the database", use);
    }
    for (const DatabaseUse use : {DatabaseUse::serving, DatabaseUse::working}) {
        const auto other = open(use);
        ASSERT_TRUE(other) << other.error().detail;
        expectRefusal("Another tandem-server uses the database", DatabaseUse::alone);
    }
    EXPECT_TRUE(open(DatabaseUse::alone));
}

TEST_F(SqliteFileTest, ManyThatBeginAtTheSameMomentMakeItsTablesOnce) {
    constexpr int many = 8;
    for (int round = 0; round < 10; ++round) {
        QTemporaryDir folder;
        const SqliteFile fresh{folder.filePath(QStringLiteral("tandem.db")).toStdString()};
        std::barrier begin(many);
        std::vector<std::string> refusals(many);
        std::vector<std::thread> threads;
        for (int i = 0; i < many; ++i) {
            threads.emplace_back([&, i] {
                begin.arrive_and_wait();
                const auto opened = SqlStorage::open(fresh, m_clock, {}, {},
                                                     {i == 0 ? DatabaseUse::serving : DatabaseUse::working});
                if (!opened)
                    refusals[static_cast<std::size_t>(i)] = opened.error().detail;
            });
        }
        for (std::thread& thread : threads)
            thread.join();
        for (const std::string& refusal : refusals)
            EXPECT_EQ(refusal, "");
    }
}

TEST_F(SqliteFileTest, CanBeOpenedAgainAfterItWasClosed) {
    ASSERT_TRUE(open());
    EXPECT_TRUE(open());
}

TEST_F(SqliteFileTest, IsRefusedWhenItIsNoDatabase) {
    QFile garbage(QString::fromStdString(file().path));
    ASSERT_TRUE(garbage.open(QIODevice::WriteOnly));
    garbage.write(QByteArray(8192, 'x'));
    garbage.close();
    expectRefusal("cannot be used");
}

TEST_F(SqliteFileTest, IsRefusedWhenANewerProgramMadeIt) {
    ASSERT_TRUE(open());
    {
        auto connection = SqlConnection::open(file(), SqlPurpose::writing);
        ASSERT_TRUE(connection);
        ASSERT_TRUE(execute(**connection, "INSERT INTO schema_versions VALUES (999, 0)"));
    }
    expectRefusal("newer version");
}

TEST_F(SqliteFileTest, IsRefusedWhereAFolderCannotBeMade) {
    QFile obstacle(m_folder.filePath(QStringLiteral("file")));
    ASSERT_TRUE(obstacle.open(QIODevice::WriteOnly));
    const auto opened =
        SqlStorage::open(SqliteFile{obstacle.fileName().toStdString() + "/tandem.db"}, m_clock);
    ASSERT_FALSE(opened);
    EXPECT_NE(opened.error().detail.find("cannot be made"), std::string::npos);
}

TEST_F(SqliteFileTest, GivesErrorsForRowsThatCannotBe) {
    auto storage = open();
    ASSERT_TRUE(storage);
    {
        auto connection = SqlConnection::open(file(), SqlPurpose::writing);
        ASSERT_TRUE(connection);
        ASSERT_TRUE(execute(**connection,
                            "INSERT INTO documents (id, title, epoch, head, created_ms, "
                            "updated_ms, request_hash) VALUES ('documentAAAAAAAAAAAA','t','e',1,0,0,x'00')"));
        ASSERT_TRUE(execute(
            **connection,
            "INSERT INTO changes VALUES ('documentAAAAAAAAAAAA', 1, -5, 1, 0, 1, NULL, x'00', NULL)"));
    }
    std::optional<ErrorCode> code;
    (*storage)->log().readAfter("documentAAAAAAAAAAAA", "e", 0, 10,
                                [&](Result<std::vector<LoggedChange>> read) {
                                    code = read ? std::optional<ErrorCode>() : read.error().code;
                                });
    const QDeadlineTimer deadline(10'000);
    while (!code && !deadline.hasExpired())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
    EXPECT_EQ(code, ErrorCode::internal);
}

TEST_F(SqliteFileTest, AFailedCommitIsToldToEverybodyInItAndNothingStays) {
    auto connection = SqlConnection::open(file(), SqlPurpose::writing);
    ASSERT_TRUE(connection);
    ASSERT_TRUE(execute(**connection, "CREATE TABLE parent (id INTEGER PRIMARY KEY)"));
    // A deferred constraint is found broken at COMMIT only.
    ASSERT_TRUE(
        execute(**connection,
                "CREATE TABLE child (id INTEGER REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)"));
    std::vector<Result<void>> outcomes;
    const auto task = [&](const char* statement) {
        return SqlTask{{},
                       [statement](SqlConnection& given) { return execute(given, statement); },
                       [&outcomes](Result<void> outcome) { outcomes.push_back(outcome); }};
    };
    std::vector<SqlTask> broken{task("INSERT INTO parent VALUES (1)"), task("INSERT INTO child VALUES (2)")};
    WriteHealth health(m_clock, {});
    commitTogether(**connection, broken, health, m_clock);
    ASSERT_EQ(outcomes.size(), 2u);
    for (const Result<void>& outcome : outcomes) {
        ASSERT_FALSE(outcome);
        EXPECT_EQ(outcome.error().code, ErrorCode::unavailable);
    }
    outcomes.clear();
    // The first statement succeeds only if nothing of the failed transaction stayed, the second fails alone.
    std::vector<SqlTask> good{task("INSERT INTO parent VALUES (1)"), task("INSERT INTO parent VALUES (1)"),
                              task("INSERT INTO parent VALUES (2)")};
    commitTogether(**connection, good, health, m_clock);
    ASSERT_EQ(outcomes.size(), 3u);
    EXPECT_TRUE(outcomes[0]);
    ASSERT_FALSE(outcomes[1]);
    EXPECT_EQ(outcomes[1].error().code, ErrorCode::alreadyExists);
    EXPECT_TRUE(outcomes[2]);
}

} // namespace tandem
