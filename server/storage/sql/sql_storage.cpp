#include "storage/sql/sql_storage.h"

#include "storage/sql/log_writer.h"
#include "storage/sql/migrations.h"

#include <QDir>
#include <QFileInfo>

namespace tandem {

namespace {

void runEach(SqlConnection& connection, std::vector<SqlTask>& tasks) {
    for (SqlTask& task : tasks)
        task.done(task.work(connection));
}

Result<void> prepare(const SqlDialect& dialect, const std::string& databaseFile, const Clock& clock) {
    auto connection = SqlConnection::open(dialect, databaseFile);
    if (!connection)
        return connection.error();
    return migrate(**connection, clock);
}

} // namespace

SqlStorage::SqlStorage(std::unique_ptr<DatabaseLock> lock, const Clock& clock, WriteHealth::Report report)
    : m_lock(std::move(lock))
    , m_health(clock, std::move(report))
    , m_reader(&runEach)
    , m_writer([this](SqlConnection& connection, std::vector<SqlTask>& tasks) {
        commitTogether(connection, tasks, m_health);
    })
    , m_slow(&runEach)
    , m_calls(m_reader, m_writer)
    , m_log(m_calls, clock)
    , m_documents(m_calls, m_health, clock)
    , m_answers(m_calls, clock)
    , m_catalog(m_calls, clock)
    , m_snapshots(m_slow, m_writer, clock)
    , m_past(m_slow, m_writer, clock)
    , m_links(m_calls, clock)
    , m_audit(m_calls, clock) {}

SqlStorage::~SqlStorage() {
    stop();
}

Result<std::unique_ptr<SqlStorage>> SqlStorage::open(const std::string& databaseFile, const Clock& clock,
                                                     WriteHealth::Report report) {
    const QString folder = QFileInfo(QString::fromStdString(databaseFile)).absolutePath();
    if (!QDir().mkpath(folder))
        return Error{ErrorCode::unavailable,
                     "The folder of the database cannot be made: " + folder.toStdString() + "."};
    auto lock = DatabaseLock::take(databaseFile);
    if (!lock)
        return lock.error();
    const auto failed = [&](const Error& error) {
        std::string sentence = "The database " + databaseFile + " cannot be used: " + error.detail + ".";
        if (error.code == ErrorCode::internal)
            sentence += " It was left as it is; put a backup in its place, or give another DATA_DIR.";
        return Error{ErrorCode::unavailable, std::move(sentence)};
    };
    const SqlDialect& dialect = sqliteDialect();
    if (auto prepared = prepare(dialect, databaseFile, clock); !prepared)
        return failed(prepared.error());
    std::unique_ptr<SqlStorage> storage(new SqlStorage(std::move(*lock), clock, std::move(report)));
    for (SqlThread* thread : {&storage->m_reader, &storage->m_writer, &storage->m_slow}) {
        if (auto started = thread->start(dialect, databaseFile); !started)
            return failed(started.error());
    }
    return storage;
}

void SqlStorage::stop() {
    m_slow.stop();
    m_writer.stop();
    m_reader.stop();
}

} // namespace tandem
