#include "storage/sql/sql_dialect.h"

#include <limits>

namespace tandem {

namespace {

#define TANDEM_NEW_JOB                                                                                       \
    "INTO jobs (id, type, job_key, payload, document_id, alone_key, state, created_ms, run_ms, due_ms, "     \
    "kept_ms, max_attempts, finished_ms, attempt, deaths, lease, beat, cancel_asked, progress, message, "    \
    "error, file_type, file_name) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0, 0, 0, '', '', " \
    "'', '')"
#define TANDEM_JOB_TO_CLAIM                                                                                  \
    "FROM jobs AS waiting WHERE type = ? AND due_ms <= ? AND (alone_key = '' OR NOT EXISTS ("                \
    "SELECT 1 FROM jobs AS others WHERE others.running_key = waiting.alone_key)) ORDER BY due_ms LIMIT 1"

SqlFault sqliteFault(const QSqlError& error) {
    constexpr int primaryKey = 1555; // SQLITE_CONSTRAINT_PRIMARYKEY
    constexpr int unique = 2067;     // SQLITE_CONSTRAINT_UNIQUE
    constexpr int corrupt = 11;      // SQLITE_CORRUPT
    constexpr int notADatabase = 26; // SQLITE_NOTADB
    const int code = error.nativeErrorCode().toInt();
    if (code == primaryKey || code == unique)
        return SqlFault::duplicateKey;
    const int primary = code & 0xFF;
    return primary == corrupt || primary == notADatabase ? SqlFault::damage : SqlFault::other;
}

QSqlDatabase sqliteDatabase(const DatabaseAddress& address, SqlPurpose, const QString& name) {
    QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
    database.setDatabaseName(QString::fromStdString(std::get<SqliteFile>(address).path));
    return database;
}

// Checkpoints are made beside the writer (sql_checkpoints.h), who sees to one only when those do not keep up.
// Readers keep little of what they have read: the system keeps it as well, and looking through a large table
// now and then would fill what SQLite usually keeps, in each of them.
QStringList sqliteSetup(SqlPurpose purpose) {
    QStringList setup{
        QStringLiteral("PRAGMA busy_timeout = 5000"), QStringLiteral("PRAGMA journal_mode = WAL"),
        QStringLiteral("PRAGMA synchronous = FULL"), QStringLiteral("PRAGMA wal_autocheckpoint = 4000"),
        QStringLiteral("PRAGMA foreign_keys = ON")};
    if (purpose == SqlPurpose::reading)
        setup += QStringLiteral("PRAGMA cache_size = -256"); // KiB
    return setup;
}

SqlFault mysqlFault(const QSqlError& error) {
    switch (error.nativeErrorCode().toInt()) {
    case 1062: // ER_DUP_ENTRY
    case 1586: // ER_DUP_ENTRY_WITH_KEY_NAME
        return SqlFault::duplicateKey;
    case 1034: // ER_NOT_KEYFILE
    case 1194: // ER_CRASHED_ON_USAGE
    case 1712: // ER_INDEX_CORRUPT
    case 1877: // ER_TABLE_CORRUPT
        return SqlFault::damage;
    case 1020: // ER_CHECKREAD
    case 1213: // ER_LOCK_DEADLOCK
        return SqlFault::conflict;
    case 1053: // ER_SERVER_SHUTDOWN
    case 1153: // ER_NET_PACKET_TOO_LARGE; the server hangs up
    case 1927: // ER_CONNECTION_KILLED
    case 2006: // CR_SERVER_GONE_ERROR
    case 2013: // CR_SERVER_LOST
    case 2014: // CR_COMMANDS_OUT_OF_SYNC
    case 2027: // CR_MALFORMED_PACKET
    case 2055: // CR_SERVER_LOST_EXTENDED
    case 4031: // ER_CLIENT_INTERACTION_TIMEOUT of MySQL 8
        return SqlFault::lost;
    case 1044: // ER_DBACCESS_DENIED_ERROR
    case 1045: // ER_ACCESS_DENIED_ERROR
    case 1049: // ER_BAD_DB_ERROR
    case 1130: // ER_HOST_NOT_PRIVILEGED
    case 1698: // ER_ACCESS_DENIED_NO_PASSWORD_ERROR
        return SqlFault::refused;
    case 1050: // ER_TABLE_EXISTS_ERROR
    case 1060: // ER_DUP_FIELDNAME
    case 1061: // ER_DUP_KEYNAME
        return SqlFault::alreadyMade;
    default:
        return SqlFault::other;
    }
}

// A server that says nothing is not waited for longer than this. Longer than the wait for a row, so that its
// answer comes first; a migration may copy a table.
QSqlDatabase mysqlDatabase(const DatabaseAddress& address, SqlPurpose purpose, const QString& name) {
    const auto& server = std::get<MysqlServer>(address);
    QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QMYSQL"), name);
    const bool isLong = purpose == SqlPurpose::migrating || purpose == SqlPurpose::copying;
    const int patienceSeconds = isLong ? 3'600 : 15;
    // CLIENT_FOUND_ROWS: an UPDATE counts the rows that it finds, as in SQLite.
    QString options = QStringLiteral("CLIENT_FOUND_ROWS=1;MYSQL_OPT_CONNECT_TIMEOUT=3;"
                                     "MYSQL_OPT_READ_TIMEOUT=%1;MYSQL_OPT_WRITE_TIMEOUT=15")
                          .arg(patienceSeconds);
    if (!server.socket.empty())
        options += QStringLiteral(";UNIX_SOCKET=") + QString::fromStdString(server.socket);
    database.setConnectOptions(options);
    database.setHostName(server.socket.empty() ? QString::fromStdString(server.host)
                                               : QStringLiteral("localhost"));
    database.setPort(server.port);
    database.setUserName(QString::fromStdString(server.user));
    database.setPassword(QString::fromStdString(server.password));
    database.setDatabaseName(QString::fromStdString(server.database));
    return database;
}

// A writer locks its document first, and then must see what others have committed until then. A reader sees
// one state from the first statement of a transaction to its end. A server that lost us lets go of our rows
// soon.
QStringList mysqlSetup(SqlPurpose purpose) {
    QStringList setup{QStringLiteral("SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'"),
                      QStringLiteral("SET SESSION autocommit = 1"),
                      QStringLiteral("SET SESSION innodb_lock_wait_timeout = 3")};
    // Where a copy goes may take long to take it.
    setup += purpose == SqlPurpose::copying
                 ? QStringLiteral("SET SESSION wait_timeout = 86400")
                 : QStringLiteral(
                       "SET SESSION wait_timeout = 600 /*M! , SESSION idle_transaction_timeout = 30 */");
    setup += purpose == SqlPurpose::reading || purpose == SqlPurpose::copying
                 ? QStringLiteral("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                 : QStringLiteral("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
    return setup;
}

const SqlDialect& sqliteDialect() {
    static const SqlDialect dialect{
        QStringLiteral(":/tandem/migrations/sqlite"),
        &sqliteDatabase,
        &sqliteSetup,
        QStringLiteral("BEGIN IMMEDIATE"),
        QStringLiteral("BEGIN"),
        nullptr,
        nullptr,
        "INSERT OR IGNORE " TANDEM_NEW_JOB,
        "UPDATE jobs SET state = 'executing', due_ms = NULL, attempt = attempt + 1, lease = lease + 1, beat "
        "= 0, "
        "progress = 0, message = '', running_key = CASE WHEN alone_key = '' THEN NULL ELSE alone_key END "
        "WHERE id = ("
        "SELECT id " TANDEM_JOB_TO_CLAIM ") RETURNING id, payload, attempt, lease, run_ms",
        nullptr,
        nullptr,
        QString(),
        QStringLiteral("PRAGMA synchronous = FULL"),
        QStringLiteral("PRAGMA synchronous = NORMAL"),
        "PRAGMA wal_checkpoint(PASSIVE)",
        QStringLiteral("PRAGMA shrink_memory"),
        std::numeric_limits<std::size_t>::max(),
        false,
        {},
        &sqliteFault,
    };
    return dialect;
}

const SqlDialect& mysqlDialect() {
    static const SqlDialect dialect{
        QStringLiteral(":/tandem/migrations/mysql"),
        &mysqlDatabase,
        &mysqlSetup,
        QStringLiteral("START TRANSACTION"),
        QStringLiteral("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY"),
        "SELECT id FROM documents WHERE id = ? FOR UPDATE",
        "SELECT id FROM jobs WHERE id = ? FOR UPDATE",
        "INSERT IGNORE " TANDEM_NEW_JOB,
        nullptr,
        "SELECT id, payload, attempt + 1, lease + 1, run_ms " TANDEM_JOB_TO_CLAIM " FOR UPDATE SKIP LOCKED",
        // Names of locks belong to the whole server.
        "SELECT GET_LOCK(CONCAT('tandem ', MD5(DATABASE())), 600)",
        QStringLiteral("DO 1"),
        QString(),
        QString(),
        nullptr,
        QString(),
        12 * 1024 * 1024,
        true,
        {{"SELECT @@max_allowed_packet", 16 * 1024 * 1024, true,
          "its max_allowed_packet is below 16 MiB (16777216), which is too small for large documents"},
         {"SELECT @@innodb_flush_log_at_trx_commit = 1", 1, false,
          "The database may lose what was acknowledged when its machine fails: its "
          "innodb_flush_log_at_trx_commit is not 1."}},
        &mysqlFault,
    };
    return dialect;
}

} // namespace

const SqlDialect& dialectOf(const DatabaseAddress& address) {
    return std::holds_alternative<SqliteFile>(address) ? sqliteDialect() : mysqlDialect();
}

} // namespace tandem
