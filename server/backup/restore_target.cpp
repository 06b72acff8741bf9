#include "backup/restore_target.h"

#include "backup/backup_format.h"
#include "backup/output_file.h"
#include "storage/sql/migrations.h"
#include "storage/sql/sql_storage.h"

#include <filesystem>

namespace tandem {

namespace {

namespace fs = std::filesystem;

Error cannotBeUsed(const DatabaseAddress& address, const Error& error) {
    return {error.code, "The database " + nameOf(address) + " cannot be used: " + error.detail + "."};
}

// Neither documents nor anything that was done to some.
Result<bool> isEmpty(SqlConnection& connection) {
    for (const char* count : {"SELECT COUNT(*) FROM (SELECT id FROM documents LIMIT 1) AS some",
                              "SELECT COUNT(*) FROM (SELECT id FROM audit LIMIT 1) AS some"}) {
        auto rows = connection.run(count);
        if (!rows)
            return rows.error();
        if (!rows->next())
            return Error{ErrorCode::unavailable, "what is in it cannot be read"};
        if (rows->integer(0) > 0)
            return false;
    }
    return true;
}

Result<void> refuseUnlessEmpty(const DatabaseAddress& address, const Result<bool>& empty) {
    const std::string asked = ": say restore FILE replace if all of it may be replaced.";
    if (!empty)
        return Error{ErrorCode::conditionFailed, "The database " + nameOf(address) + " cannot be read (" +
                                                     empty.error().detail + ")" + asked};
    if (!*empty)
        return Error{ErrorCode::conditionFailed, "The database " + nameOf(address) + " is not empty" + asked};
    return {};
}

bool isThere(const std::string& path) {
    std::error_code ignored;
    return fs::exists(path, ignored);
}

class SqliteTarget final : public RestoreTarget {
public:
    SqliteTarget(std::unique_ptr<DatabaseLock> lock, const SqliteFile& file)
        : m_lock(std::move(lock)), m_file(file), m_new{file.path + ".restoring"} {}
    ~SqliteTarget() override {
        m_connection.reset();
        remove(m_new);
    }

    static Result<std::unique_ptr<RestoreTarget>> open(const SqliteFile& file, const Clock& clock,
                                                       bool replaces) {
        auto lock = DatabaseLock::take(file.path, DatabaseUse::alone);
        if (!lock)
            return lock.error();
        if (!replaces && isThere(file.path)) {
            if (auto empty = refuseUnlessEmpty(file, isFileEmpty(file)); !empty)
                return empty.error();
        }
        auto target = std::make_unique<SqliteTarget>(std::move(*lock), file);
        if (auto begun = target->begin(clock); !begun)
            return cannotBeUsed(target->m_new, begun.error());
        return std::unique_ptr<RestoreTarget>(std::move(target));
    }

    SqlConnection& connection() override { return *m_connection; }
    std::string nameFor(const std::string& table) const override { return table; }

    Result<void> show() override {
        auto whole = m_connection->execute(QStringLiteral("PRAGMA synchronous = FULL"));
        if (whole)
            whole = m_connection->execute(QStringLiteral("PRAGMA wal_checkpoint(TRUNCATE)"));
        m_connection.reset();
        if (!whole)
            return cannotBeUsed(m_new, whole.error());
        if (isThere(m_new.path + "-wal"))
            return cannotBeUsed(m_new, {ErrorCode::unavailable, "not all of it could be written"});
        if (auto durable = synchronize(m_new.path); !durable)
            return durable;
        clearLogOfBefore();
        std::error_code fault;
        fs::rename(m_new.path, m_file.path, fault);
        if (fault)
            return cannotBeUsed(m_file, {ErrorCode::unavailable, fault.message()});
        return synchronize(fs::absolute(m_file.path, fault).parent_path());
    }

private:
    static Result<bool> isFileEmpty(const SqliteFile& file) {
        auto connection = SqlConnection::open(file, SqlPurpose::reading);
        return connection ? isEmpty(**connection) : connection.error();
    }
    // With what SQLite keeps beside it.
    static void remove(const SqliteFile& file) {
        std::error_code ignored;
        for (const char* end : {"", "-wal", "-shm"})
            fs::remove(file.path + end, ignored);
    }
    Result<void> begin(const Clock& clock) {
        remove(m_new);
        auto connection = SqlConnection::open(m_new, SqlPurpose::migrating);
        if (!connection)
            return connection.error();
        m_connection = std::move(*connection);
        // It counts for nothing before show() has made it durable.
        if (auto quick = m_connection->execute(QStringLiteral("PRAGMA synchronous = OFF")); !quick)
            return quick;
        return migrate(*m_connection, clock);
    }
    // What is in the log of the database of before goes into its file first, so that it is whole whenever
    // this ends. Then no log is left that might be taken for one of the new file.
    void clearLogOfBefore() const {
        if (!isThere(m_file.path))
            return;
        if (auto before = SqlConnection::open(m_file, SqlPurpose::writing))
            (void)(*before)->execute(QStringLiteral("PRAGMA wal_checkpoint(TRUNCATE)"));
        std::error_code ignored;
        fs::remove(m_file.path + "-wal", ignored);
        fs::remove(m_file.path + "-shm", ignored);
    }

    std::unique_ptr<DatabaseLock> m_lock;
    SqliteFile m_file;
    SqliteFile m_new;
    std::unique_ptr<SqlConnection> m_connection;
};

class MysqlTarget final : public RestoreTarget {
public:
    MysqlTarget(const MysqlServer& server, std::unique_ptr<SqlConnection> connection)
        : m_server(server), m_connection(std::move(connection)) {}
    ~MysqlTarget() override { (void)clear(); }

    static Result<std::unique_ptr<RestoreTarget>> open(const MysqlServer& server, const Clock& clock,
                                                       bool replaces) {
        if (auto made = SqlStorage::open(server, clock); !made)
            return made.error();
        auto connection = SqlConnection::open(server, SqlPurpose::migrating);
        if (!connection)
            return cannotBeUsed(server, connection.error());
        // Nobody else migrates or restores as long as this connection is open.
        if (auto alone = migrate(**connection, clock); !alone)
            return cannotBeUsed(server, alone.error());
        if (!replaces) {
            if (auto empty = refuseUnlessEmpty(server, isEmpty(**connection)); !empty)
                return empty.error();
        }
        auto target = std::make_unique<MysqlTarget>(server, std::move(*connection));
        if (auto begun = target->begin(); !begun)
            return cannotBeUsed(server, begun.error());
        return std::unique_ptr<RestoreTarget>(std::move(target));
    }

    SqlConnection& connection() override { return *m_connection; }
    std::string nameFor(const std::string& table) const override { return restored + table; }

    Result<void> show() override {
        std::string renames;
        for (const std::string& table : tables())
            renames += (renames.empty() ? "RENAME TABLE " : ", ") + table + " TO " + replaced + table + ", " +
                       restored + table + " TO " + table;
        if (auto shown = execute(renames); !shown)
            return cannotBeUsed(m_server, shown.error());
        return {};
    }

private:
    static constexpr const char* restored = "restored_";
    static constexpr const char* replaced = "replaced_";

    static std::vector<std::string> tables() {
        std::vector<std::string> names = tablesLeftOut();
        for (const BackupTable& table : backupTables())
            names.push_back(table.name);
        return names;
    }
    Result<void> execute(const std::string& statement) {
        return m_connection->execute(QString::fromStdString(statement));
    }
    Result<void> clear() {
        std::string drop;
        for (const std::string& table : tables()) {
            for (const char* prefix : {restored, replaced})
                drop += (drop.empty() ? "DROP TABLE IF EXISTS " : ", ") + (prefix + table);
        }
        if (auto free = execute("SET SESSION foreign_key_checks = 0"); !free)
            return free;
        if (auto dropped = execute(drop); !dropped)
            return dropped;
        return execute("SET SESSION foreign_key_checks = 1");
    }
    // Those that refer to the documents.
    Result<std::vector<std::string>> children() {
        auto rows = m_connection->run("SELECT TABLE_NAME FROM information_schema.KEY_COLUMN_USAGE WHERE "
                                      "TABLE_SCHEMA = DATABASE() AND COLUMN_NAME = 'document_id' AND "
                                      "REFERENCED_TABLE_NAME = 'documents'");
        if (!rows)
            return rows.error();
        std::vector<std::string> names;
        while (rows->next())
            names.push_back(rows->text(0));
        if (auto fault = rows->fault(); !fault)
            return fault.error();
        return names;
    }
    Result<void> begin() {
        // Of servers that use the tables, when they get their new names.
        if (auto patient = execute("SET SESSION lock_wait_timeout = 600"); !patient)
            return patient;
        if (auto cleared = clear(); !cleared)
            return cleared;
        for (const std::string& table : tables()) {
            if (auto made = execute("CREATE TABLE " + nameFor(table) + " LIKE " + table); !made)
                return made;
        }
        const auto referring = children();
        if (!referring)
            return referring.error();
        for (const std::string& table : *referring) {
            if (auto bound =
                    execute("ALTER TABLE " + nameFor(table) + " ADD FOREIGN KEY (document_id) REFERENCES " +
                            nameFor("documents") + " (id)");
                !bound)
                return bound;
        }
        return {};
    }

    MysqlServer m_server;
    std::unique_ptr<SqlConnection> m_connection;
};

} // namespace

Result<std::unique_ptr<RestoreTarget>> RestoreTarget::open(const DatabaseAddress& address, const Clock& clock,
                                                           bool replaces) {
    if (const auto* file = std::get_if<SqliteFile>(&address))
        return SqliteTarget::open(*file, clock, replaces);
    return MysqlTarget::open(std::get<MysqlServer>(address), clock, replaces);
}

} // namespace tandem
