#include "contract/storage_under_test.h"

#include "fakes/memory_op_log.h"
#include "storage/sql/sql_storage.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QTemporaryDir>

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

class SqliteStorage final : public StorageUnderTest {
public:
    SqliteStorage() { reopen(); }

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
        auto opened =
            SqlStorage::open(m_folder.filePath(QStringLiteral("new/tandem.db")).toStdString(), m_clock);
        ASSERT_TRUE(opened) << opened.error().detail;
        m_storage = std::move(*opened);
    }

private:
    SystemClock m_clock;
    QTemporaryDir m_folder;
    std::unique_ptr<SqlStorage> m_storage;
};

} // namespace

std::unique_ptr<StorageUnderTest> makeMemoryStorage() {
    return std::make_unique<MemoryStorage>();
}

std::unique_ptr<StorageUnderTest> makeSqliteStorage() {
    return std::make_unique<SqliteStorage>();
}

} // namespace tandem
