#include "storage/sql/sql_dialect.h"

namespace tandem {

namespace {

bool isSqliteDuplicateKey(const QSqlError& error) {
    constexpr int primaryKey = 1555; // SQLITE_CONSTRAINT_PRIMARYKEY
    constexpr int unique = 2067;     // SQLITE_CONSTRAINT_UNIQUE
    const int code = error.nativeErrorCode().toInt();
    return code == primaryKey || code == unique;
}

bool isSqliteDamage(const QSqlError& error) {
    constexpr int corrupt = 11;      // SQLITE_CORRUPT
    constexpr int notADatabase = 26; // SQLITE_NOTADB
    const int primary = error.nativeErrorCode().toInt() & 0xFF;
    return primary == corrupt || primary == notADatabase;
}

} // namespace

const SqlDialect& sqliteDialect() {
    static const SqlDialect dialect{
        QStringLiteral("QSQLITE"),
        QStringLiteral(":/tandem/migrations/sqlite"),
        {QStringLiteral("PRAGMA busy_timeout = 5000"), QStringLiteral("PRAGMA journal_mode = WAL"),
         QStringLiteral("PRAGMA synchronous = FULL"), QStringLiteral("PRAGMA foreign_keys = ON")},
        QStringLiteral("BEGIN IMMEDIATE"),
        QStringLiteral("BEGIN"),
        &isSqliteDuplicateKey,
        &isSqliteDamage,
    };
    return dialect;
}

} // namespace tandem
