#include "storage/sql/sql_storage.h"

#include "storage/sql/log_writer.h"
#include "storage/sql/migrations.h"

#include <thread>

namespace tandem {

namespace {

void runEach(SqlConnection& connection, std::vector<SqlTask>& tasks) {
    for (SqlTask& task : tasks)
        task.done(task.work(connection));
}

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
Result<void> prepareWithin(std::chrono::milliseconds patience, const DatabaseAddress& address,
                           const Clock& clock, const SqlStorage::Hearer& hearer) {
    const auto end = std::chrono::steady_clock::now() + patience;
    auto prepared = prepare(address, clock, hearer);
    if (!prepared && prepared.error().code == ErrorCode::unavailable && patience.count() > 0 && hearer.notice)
        hearer.notice("Waiting for the database " + nameOf(address) + ": " + prepared.error().detail + ".");
    while (!prepared && prepared.error().code == ErrorCode::unavailable &&
           std::chrono::steady_clock::now() < end) {
        std::this_thread::sleep_for(std::chrono::milliseconds(250));
        prepared = prepare(address, clock, hearer);
    }
    return prepared;
}

} // namespace

SqlStorage::SqlStorage(std::unique_ptr<DatabaseLock> lock, const Clock& clock, WriteHealth::Report report)
    : m_lock(std::move(lock))
    , m_health(clock, std::move(report))
    , m_reader(&runEach)
    , m_writer(
          [this, &clock](SqlConnection& connection, std::vector<SqlTask>& tasks) {
              commitTogether(connection, tasks, m_health, clock);
          },
          [this](const Error& why) { m_health.note(why); })
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

Result<std::unique_ptr<SqlStorage>> SqlStorage::open(const DatabaseAddress& address, const Clock& clock,
                                                     Hearer hearer, std::chrono::milliseconds patience) {
    std::unique_ptr<DatabaseLock> lock;
    const auto* file = std::get_if<SqliteFile>(&address);
    if (file) {
        auto taken = DatabaseLock::take(file->path);
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
    if (auto prepared =
            file ? prepare(address, clock, hearer) : prepareWithin(patience, address, clock, hearer);
        !prepared)
        return failed(prepared.error());
    std::unique_ptr<SqlStorage> storage(new SqlStorage(std::move(lock), clock, std::move(hearer.writing)));
    const std::pair<SqlThread*, SqlPurpose> threads[] = {{&storage->m_reader, SqlPurpose::reading},
                                                         {&storage->m_writer, SqlPurpose::writing},
                                                         {&storage->m_slow, SqlPurpose::reading}};
    for (const auto& [thread, purpose] : threads) {
        if (auto started = thread->start(address, purpose); !started)
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
