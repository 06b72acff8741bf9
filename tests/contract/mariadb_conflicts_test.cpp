// Several servers that write into one database at the same time.
#include "contract/mariadb_fixture.h"
#include "storage/sql/log_writer.h"

#include <atomic>
#include <thread>

namespace tandem {

namespace {

class MariadbConflicts : public MariadbFixture {};

} // namespace

TEST_F(MariadbConflicts, ServersThatAppendToTheSameDocumentsQueueUpAndNeitherFails) {
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

TEST_F(MariadbConflicts, TheSameDocumentMadeOnTwoServersAtOnceIsOne) {
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

TEST_F(MariadbConflicts, TheLogIsPackedOnceHoweverManyServersPackIt) {
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

TEST_F(MariadbConflicts, TheLastOwnerStaysAlsoWhenTwoServersRevokeAtOnce) {
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

TEST_F(MariadbConflicts, AReaderSeesOneStateAndAWriterWhatOthersHaveCommitted) {
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

TEST_F(MariadbConflicts, WhatADeadlockUndidIsDoneAgainOnce) {
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

TEST_F(MariadbConflicts, ARowThatSomeoneHoldsForLongFailsForItsDocumentOnly) {
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

} // namespace tandem
