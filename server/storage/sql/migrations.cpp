#include "storage/sql/migrations.h"

#include <QDir>
#include <QFile>

namespace tandem {

namespace {

// A row of a version that was begun and not finished has this in place of its time: where making tables
// cannot be undone, it may have made some.
constexpr int onlyBegun = -1;

// A database that cannot be written is read all the same.
Result<int> currentVersionOrNone(SqlConnection& connection) {
    if (auto known = schemaVersion(connection))
        return known;
    auto made =
        connection.execute(QStringLiteral("CREATE TABLE IF NOT EXISTS schema_versions (version INTEGER NOT "
                                          "NULL PRIMARY KEY, applied_ms BIGINT NOT NULL)"));
    return made ? schemaVersion(connection) : made.error();
}

// Statements end with a semicolon at the end of a line; comments are lines of their own.
QStringList statementsOf(const QString& script) {
    QStringList statements;
    QString statement;
    for (const QString& line : script.split(QLatin1Char('\n'))) {
        if (line.startsWith(QLatin1String("--")) || line.trimmed().isEmpty())
            continue;
        statement += line + QLatin1Char('\n');
        if (line.trimmed().endsWith(QLatin1Char(';'))) {
            statements.append(statement.trimmed().chopped(1));
            statement.clear();
        }
    }
    return statements;
}

QStringList scriptsOf(const SqlDialect& dialect) {
    return QDir(dialect.migrations).entryList({QStringLiteral("*.sql")}, QDir::Files, QDir::Name);
}

// Whether the version was begun before.
Result<bool> noteBegin(SqlConnection& connection, int version) {
    auto noted = connection.run("INSERT INTO schema_versions (version, applied_ms) VALUES (?, ?)",
                                {version, onlyBegun});
    if (noted)
        return false;
    if (noted.error().code == ErrorCode::alreadyExists)
        return true;
    return noted.error();
}

// The table is somebody else's: nor must the next attempt take it for ours.
void forgetBegin(SqlConnection& connection, int version) {
    (void)connection.run("DELETE FROM schema_versions WHERE version = ? AND applied_ms = ?",
                         {version, onlyBegun});
}

Result<void> runScript(SqlConnection& connection, const QString& path, int version, const Clock& clock) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::internal, "the migration " + path.toStdString() + " is missing"};
    if (auto begun = connection.execute(connection.dialect().beginWriting); !begun)
        return begun;
    const auto wasBegun = noteBegin(connection, version);
    if (!wasBegun)
        return wasBegun.error();
    for (const QString& statement : statementsOf(QString::fromUtf8(file.readAll()))) {
        const auto done = connection.execute(statement);
        if (done)
            continue;
        const bool isMade = done.error().code == ErrorCode::conditionFailed;
        if (isMade && *wasBegun)
            continue; // by the attempt before
        if (isMade)
            forgetBegin(connection, version);
        return done;
    }
    auto noted = connection.run("UPDATE schema_versions SET applied_ms = ? WHERE version = ?",
                                {sqlInteger(static_cast<std::uint64_t>(clock.wallMs())), version});
    if (!noted)
        return noted.error();
    return connection.execute(QStringLiteral("COMMIT"));
}

// Other servers migrate before or after this one.
Result<void> waitForOthers(SqlConnection& connection) {
    if (!connection.dialect().lockForMigrating)
        return {};
    auto rows = connection.run(connection.dialect().lockForMigrating);
    if (!rows)
        return rows.error();
    if (rows->next() && rows->integer(0) == 1)
        return {};
    return Error{ErrorCode::unavailable, "another server brings its tables up to date and does not end"};
}

} // namespace

Result<int> schemaVersion(SqlConnection& connection) {
    auto rows = connection.run("SELECT COALESCE(MAX(version), 0) FROM schema_versions WHERE applied_ms <> ?",
                               {onlyBegun});
    if (!rows)
        return rows.error();
    if (!rows->next())
        return Error{ErrorCode::unavailable, "the version of its tables cannot be read"};
    return static_cast<int>(rows->integer(0));
}

int knownSchemaVersion(const SqlDialect& dialect) {
    return static_cast<int>(scriptsOf(dialect).size());
}

Result<void> migrate(SqlConnection& connection, const Clock& clock) {
    if (auto alone = waitForOthers(connection); !alone)
        return alone;
    const auto current = currentVersionOrNone(connection);
    if (!current)
        return current.error();
    const QDir folder(connection.dialect().migrations);
    const QStringList scripts = scriptsOf(connection.dialect());
    if (*current > scripts.size())
        return Error{ErrorCode::unavailable,
                     "it was made by a newer version of tandem-server (its tables have version " +
                         std::to_string(*current) + ", this program knows " + std::to_string(scripts.size()) +
                         ")"};
    for (int version = *current + 1; version <= scripts.size(); ++version) {
        if (auto done = runScript(connection, folder.filePath(scripts[version - 1]), version, clock); !done) {
            (void)connection.execute(QStringLiteral("ROLLBACK"));
            return done;
        }
    }
    return {};
}

} // namespace tandem
