// What tests of a MariaDB share: an empty database of one that runs for the whole program, and ways to open
// storages on it, as several servers do, and to look behind their backs.
#pragma once

#include "databases/mariadb_process.h"
#include "storage/sql/sql_storage.h"

#include <QCoreApplication>
#include <QDeadlineTimer>

#include <gtest/gtest.h>

namespace tandem {

inline const std::vector<DocumentId> documents = {"documentAAAAAAAAAAAA", "documentBBBBBBBBBBBB",
                                                  "documentCCCCCCCCCCCC"};

inline bool spinUntil(const std::function<bool()>& done) {
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
    const auto answer = std::make_shared<std::optional<Result<T>>>(); // it may come after all
    ask([answer](Result<T> given) { *answer = std::move(given); });
    spinUntil([&] { return answer->has_value(); });
    return answer->value_or(Result<T>(Error{ErrorCode::internal, "no answer"}));
}

inline AppendEntry entry(ReplicaId replica, Counter first) {
    AppendEntry made;
    made.replica = replica;
    made.first = first;
    made.bytes = "change";
    return made;
}

class MariadbFixture : public testing::Test {
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

} // namespace tandem
