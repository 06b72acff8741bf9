#include "storage/sql/sql_storage.h"

#include "storage/sql/log_writer.h"
#include "storage/sql/migrations.h"

#include <thread>

namespace tandem {

namespace {

Result<void> checkSettings(SqlConnection& connection, const SqlStorage::Hearer& hearer) {
    for (const ServerSetting& setting : connection.dialect().settings) {
        auto rows = connection.run(setting.query);
        if (!rows)
            return rows.error();
        if (rows->next() && rows->integer(0) >= setting.least)
            continue;
        if (setting.isNeeded)
            return Error{ErrorCode::invalidArgument, setting.sentence};
        if (hearer.notice)
            hearer.notice(setting.sentence);
    }
    return {};
}

Result<void> prepare(const DatabaseAddress& address, const Clock& clock, const SqlStorage::Hearer& hearer) {
    auto connection = SqlConnection::open(address, SqlPurpose::migrating);
    if (!connection)
        return connection.error();
    if (auto checked = checkSettings(**connection, hearer); !checked)
        return checked;
    return migrate(**connection, clock);
}

// A database server may be started at the same time as this one.
Result<void> prepareInTime(const DatabaseAddress& address, const Clock& clock,
                           const SqlStorage::Hearer& hearer, const std::function<bool()>& waitsOn) {
    bool told = false;
    while (true) {
        const auto prepared = prepare(address, clock, hearer);
        const bool mayCome = !prepared && prepared.error().code == ErrorCode::unavailable &&
                             std::holds_alternative<MysqlServer>(address);
        if (!mayCome || !waitsOn || !waitsOn())
            return prepared;
        if (!std::exchange(told, true) && hearer.notice)
            hearer.notice("Waiting for the database " + nameOf(address) + ": " + prepared.error().detail +
                          ".");
        std::this_thread::sleep_for(std::chrono::milliseconds(250));
    }
}

} // namespace

SqlStorage::SqlStorage(std::unique_ptr<DatabaseLock> lock, const Clock& clock, WriteHealth::Report report,
                       const SqlDialect& dialect, Seq snapshotInterval)
    : m_lock(std::move(lock))
    , m_health(clock, std::move(report))
    , m_reader(&runEach)
    , m_writer(
          [this, &clock](SqlConnection& connection, std::vector<SqlTask>& tasks) {
              commitTogether(connection, tasks, m_health, clock);
              m_checkpoints.written();
          },
          [this](const Error& why) { m_health.note(why); })
    , m_checkpoints(clock, m_writer)
    , m_slow(&runEach)
    , m_jobWriter([this, &clock](SqlConnection& connection, std::vector<SqlTask>& tasks) {
        commitTogether(connection, tasks, m_health, clock);
    })
    , m_calls(m_reader, m_writer)
    , m_log(m_calls, clock, snapshotInterval)
    , m_documents(m_calls, m_health, clock)
    , m_answers(m_calls, clock)
    , m_catalog(m_calls, clock)
    , m_snapshots(m_slow, m_writer, clock)
    , m_past(m_slow, m_writer, clock)
    , m_links(m_calls, clock)
    , m_audit(m_calls, clock)
    , m_jobs(m_reader, dialect.isFar ? m_jobWriter : m_writer, m_slow, clock) {}

SqlStorage::~SqlStorage() {
    stop();
}

Result<std::unique_ptr<SqlStorage>> SqlStorage::open(const DatabaseAddress& address, const Clock& clock,
                                                     Hearer hearer, const std::function<bool()>& waitsOn,
                                                     const SqlStorageOptions& options) {
    std::unique_ptr<DatabaseLock> lock;
    const auto* file = std::get_if<SqliteFile>(&address);
    if (file) {
        auto taken = DatabaseLock::take(file->path, options.use);
        if (!taken)
            return taken.error();
        lock = std::move(*taken);
    }
    const auto failed = [&](const Error& error) {
        std::string sentence = "The database " + nameOf(address) + " cannot be used: " + error.detail + ".";
        if (error.code == ErrorCode::internal && file)
            sentence += " It was left as it is; put a backup in its place, or give another DATA_DIR.";
        return Error{ErrorCode::unavailable, std::move(sentence)};
    };
    if (lock)
        lock->beginMigrating();
    const auto prepared = prepareInTime(address, clock, hearer, waitsOn);
    if (lock)
        lock->endMigrating();
    if (!prepared)
        return failed(prepared.error());
    const SqlDialect& dialect = dialectOf(address);
    std::unique_ptr<SqlStorage> storage(
        new SqlStorage(std::move(lock), clock, std::move(hearer.writing), dialect, options.snapshotInterval));
    std::vector<std::pair<SqlThread*, SqlPurpose>> threads{{&storage->m_reader, SqlPurpose::reading},
                                                           {&storage->m_writer, SqlPurpose::writing},
                                                           {&storage->m_slow, SqlPurpose::reading}};
    if (dialect.isFar)
        threads.emplace_back(&storage->m_jobWriter, SqlPurpose::writing);
    for (const auto& [thread, purpose] : threads) {
        if (auto started = thread->start(address, purpose); !started)
            return failed(started.error());
    }
    if (auto started = storage->m_checkpoints.start(address); !started)
        return failed(started.error());
    return storage;
}

void SqlStorage::releaseMemory() {
    for (SqlThread* thread : {&m_reader, &m_writer, &m_slow})
        thread->releaseMemory();
}

void SqlStorage::stop() {
    m_slow.stop();
    m_jobWriter.stop();
    m_writer.stop();
    m_checkpoints.stop();
    m_reader.stop();
}

} // namespace tandem
