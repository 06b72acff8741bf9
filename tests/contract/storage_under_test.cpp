#include "contract/storage_under_test.h"

#include "databases/test_database.h"
#include "fakes/memory_op_log.h"
#include "storage/sql/sql_storage.h"

#include <QCoreApplication>
#include <QDeadlineTimer>

#include <gtest/gtest.h>

namespace tandem {

namespace {

class MemoryStorage final : public StorageUnderTest {
public:
    OpLog& log() override { return m_store; }
    DocumentStore& documents() override { return m_store; }
    SnapshotStore& snapshots() override { return m_store; }
    void runUntil(const std::function<bool()>& done) override {
        while (!done() && m_store.pumpOne()) {
        }
    }
    void reopen() override {}

private:
    SystemClock m_clock;
    MemoryOpLog m_store{m_clock};
};

class SqlStorageUnderTest final : public StorageUnderTest {
public:
    explicit SqlStorageUnderTest(DatabaseKind kind) : m_database(makeTestDatabase(kind)) { reopen(); }

    OpLog& log() override { return m_storage->log(); }
    DocumentStore& documents() override { return m_storage->documents(); }
    SnapshotStore& snapshots() override { return m_storage->snapshots(); }
    void runUntil(const std::function<bool()>& done) override {
        const QDeadlineTimer deadline(20'000);
        while (!done() && !deadline.hasExpired())
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
    }
    void reopen() override {
        m_storage.reset();
        auto opened = SqlStorage::open(m_database->address(), m_clock);
        ASSERT_TRUE(opened) << opened.error().detail;
        m_storage = std::move(*opened);
    }

private:
    SystemClock m_clock;
    std::unique_ptr<TestDatabase> m_database;
    std::unique_ptr<SqlStorage> m_storage;
};

} // namespace

std::unique_ptr<StorageUnderTest> makeMemoryStorage() {
    return std::make_unique<MemoryStorage>();
}

std::unique_ptr<StorageUnderTest> makeSqliteStorage() {
    return std::make_unique<SqlStorageUnderTest>(DatabaseKind::sqlite);
}

std::unique_ptr<StorageUnderTest> makeMariadbStorage() {
    return std::make_unique<SqlStorageUnderTest>(DatabaseKind::mariadb);
}

} // namespace tandem
