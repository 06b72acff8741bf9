// What tests of the storage in a database share: a database of its own, of each kind, with one document, and
// ways to ask it and to look behind its back.
#pragma once

#include "databases/test_database.h"
#include "storage/sql/sql_storage.h"

#include <QCoreApplication>
#include <QDeadlineTimer>

#include <gtest/gtest.h>

namespace tandem {

class SqlFixture : public testing::TestWithParam<DatabaseKind> {
protected:
    const DocumentId document = "documentAAAAAAAAAAAA"; // of the epoch "epoch"

    void SetUp() override {
        auto opened = SqlStorage::open(m_database->address(), m_clock);
        ASSERT_TRUE(opened) << opened.error().detail;
        m_storage = std::move(*opened);
        createDocument();
    }
    void createDocument() {
        ASSERT_TRUE(wait<DocumentStore::Created>([&](auto done) {
            m_storage->documents().create({document, "t", "epoch", "h", {}}, done);
        }));
    }
    template <typename T>
    Result<T> wait(const std::function<void(std::function<void(Result<T>)>)>& ask) {
        const auto answer = std::make_shared<std::optional<Result<T>>>(); // it may come after all
        ask([answer](Result<T> given) { *answer = std::move(given); });
        EXPECT_FALSE(*answer) << "a callback came within the call";
        const QDeadlineTimer deadline(20'000);
        while (!*answer && !deadline.hasExpired())
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
        return answer->value_or(Result<T>(Error{ErrorCode::internal, "no answer"}));
    }
    Result<Appended> append(std::vector<AppendEntry> entries) {
        return wait<Appended>(
            [&](auto done) { m_storage->log().append(document, "epoch", std::move(entries), done); });
    }
    Result<void> storeSnapshot(Seq seq, const std::string& bytes) {
        return wait<void>([&](auto done) {
            m_storage->snapshots().store(document, "epoch", seq, std::make_shared<const std::string>(bytes),
                                         done);
        });
    }
    std::optional<StoredSnapshot> latestSnapshot(Seq upTo) {
        const auto found = wait<std::optional<StoredSnapshot>>(
            [&](auto done) { m_storage->snapshots().latest(document, upTo, done); });
        return found ? *found : std::nullopt;
    }
    bool isSqlite() const { return GetParam() == DatabaseKind::sqlite; }
    // By a connection of the test's own.
    void execute(const char* statement) {
        auto connection = SqlConnection::open(m_database->address(), SqlPurpose::writing);
        ASSERT_TRUE(connection);
        const auto done = (*connection)->execute(QString::fromLatin1(statement));
        ASSERT_TRUE(done) << done.error().detail;
    }
    std::int64_t number(const char* query) {
        auto connection = SqlConnection::open(m_database->address(), SqlPurpose::writing);
        EXPECT_TRUE(connection);
        auto rows = (*connection)->run(query);
        EXPECT_TRUE(rows && rows->next());
        return rows->integer(0);
    }

    std::unique_ptr<TestDatabase> m_database = makeTestDatabase(GetParam());
    SystemClock m_clock;
    std::unique_ptr<SqlStorage> m_storage;
};

} // namespace tandem
