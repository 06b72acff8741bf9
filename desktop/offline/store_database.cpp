#include "offline/store_database.h"

#include <QFile>
#include <QSqlError>
#include <QtEndian>

#include <atomic>
#include <span>

namespace tandem {

namespace {

// Each step leads to the schema of its number, from the one before.
const char* const schema1[] = {
    R"(CREATE TABLE documents (
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,
        link TEXT NOT NULL DEFAULT '',
        title TEXT NOT NULL DEFAULT '',
        epoch TEXT NOT NULL DEFAULT '',
        version INTEGER NOT NULL DEFAULT 0,
        generation INTEGER NOT NULL DEFAULT 0,
        complete INTEGER NOT NULL DEFAULT 1,
        rows INTEGER NOT NULL DEFAULT 0,
        past TEXT NOT NULL DEFAULT '',
        used INTEGER NOT NULL DEFAULT 0))",
    "CREATE TABLE snapshots (document INTEGER PRIMARY KEY, through INTEGER NOT NULL, bytes BLOB NOT NULL)",
    R"(CREATE TABLE journal (
        n INTEGER PRIMARY KEY AUTOINCREMENT,
        document INTEGER NOT NULL,
        own INTEGER NOT NULL,
        replica INTEGER NOT NULL,
        last INTEGER NOT NULL,
        record BLOB NOT NULL))",
    "CREATE INDEX journal_of_document ON journal (document, n)",
    // To count what no server has, in a list of many documents.
    "CREATE INDEX own_changes ON journal (document, replica, last) WHERE own = 1",
    R"(CREATE TABLE authors (
        document INTEGER NOT NULL,
        replica INTEGER NOT NULL,
        key TEXT NOT NULL,
        acked INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (document, replica)) WITHOUT ROWID)",
    "PRAGMA user_version = 1",
};
const char* const schema2[] = {
    // When an own change was made, in ms since 1970; 0: not known.
    "ALTER TABLE journal ADD COLUMN time INTEGER NOT NULL DEFAULT 0",
    "PRAGMA user_version = 2",
};
const char* const schema3[] = {
    R"(CREATE TABLE version_names (
        document INTEGER NOT NULL,
        version INTEGER NOT NULL,
        label TEXT NOT NULL,
        PRIMARY KEY (document, version)) WITHOUT ROWID)",
    R"(CREATE TABLE author_names (
        document INTEGER NOT NULL,
        replica INTEGER NOT NULL,
        name TEXT NOT NULL,
        PRIMARY KEY (document, replica)) WITHOUT ROWID)",
    "PRAGMA user_version = 3",
};
const char* const schema4[] = {
    // When it was put into the bin, and its last use when it was left out of the recent ones; 0: it was not.
    "ALTER TABLE documents ADD COLUMN binned INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE documents ADD COLUMN left_out INTEGER NOT NULL DEFAULT 0",
    "PRAGMA user_version = 4",
};
const char* const schema5[] = {
    R"(CREATE TABLE named_states (
        document INTEGER NOT NULL,
        state TEXT NOT NULL,
        label TEXT NOT NULL,
        PRIMARY KEY (document, state)) WITHOUT ROWID)",
    // Names of documents without a server counted changes, in the order of the journal.
    R"(INSERT OR REPLACE INTO named_states (document, state, label)
        WITH places AS (
            SELECT document, replica, last, row_number() OVER (PARTITION BY document ORDER BY n) AS place
            FROM journal WHERE own = 1),
        tops AS (
            SELECT version_names.document, version, replica, max(last) AS last FROM version_names
            JOIN places ON places.document = version_names.document AND place <= version
            GROUP BY version_names.document, version, replica ORDER BY replica),
        states AS (
            SELECT document, version, group_concat(replica || ':' || last, ' ') AS state FROM tops
            GROUP BY document, version)
        SELECT named.document, coalesce(state, ''), label FROM version_names AS named
        LEFT JOIN states ON states.document = named.document AND states.version = named.version
        WHERE named.document IN (SELECT id FROM documents WHERE key LIKE 'local:%'))",
    "DELETE FROM version_names WHERE document IN (SELECT id FROM documents WHERE key LIKE 'local:%')",
    "PRAGMA user_version = 5",
};
const std::span<const char* const> schemas[] = {schema1, schema2, schema3, schema4, schema5};
constexpr std::int64_t presentSchema = std::size(schemas);

Error errorOf(const QSqlError& error) {
    constexpr int generic = 1; // the statements are right, so the schema is none of ours
    constexpr int corrupt = 11;
    constexpr int full = 13;
    constexpr int noDatabase = 26;
    constexpr int ioWrite = 10 | 3 << 8; // a limit on sizes of files shows like this
    const int code = error.nativeErrorCode().toInt();
    const std::string words = error.text().trimmed().toStdString();
    if (code == generic || (code & 0xFF) == corrupt || (code & 0xFF) == noDatabase)
        return {ErrorCode::malformed, words};
    if ((code & 0xFF) == full || code == ioWrite)
        return {ErrorCode::limitExceeded, words};
    return {ErrorCode::unavailable, words};
}

// As the file's head says, which can be read without touching anything.
std::int64_t schemaInHead(const QString& path) {
    constexpr int at = 60;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray head = file.read(100);
    if (head.size() < 100 || !head.startsWith("SQLite format 3"))
        return 0;
    return qFromBigEndian<quint32>(head.constData() + at);
}

Error tooOld() {
    return {ErrorCode::versionTooOld, "it was written by a newer Tandem"};
}

} // namespace

QVariant storeText(std::string_view utf8) {
    const QString text = QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
    return text.isNull() ? QStringLiteral("") : text;
}

QVariant storeBytes(std::string_view bytes) {
    return QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

std::string textAt(const QSqlQuery& query, int column) {
    return query.value(column).toString().toStdString();
}

std::string bytesAt(const QSqlQuery& query, int column) {
    return query.value(column).toByteArray().toStdString();
}

Result<std::unique_ptr<StoreDatabase>> StoreDatabase::open(const QString& file, Purpose purpose) {
    static std::atomic<int> number = 0;
    if (schemaInHead(file) > presentSchema)
        return tooOld();
    auto database = std::unique_ptr<StoreDatabase>(new StoreDatabase);
    database->m_database =
        QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("local-store-%1").arg(++number));
    if (!database->m_database.isValid())
        return Error{ErrorCode::unavailable, "Qt's driver QSQLITE is not installed"};
    database->m_database.setDatabaseName(file);
    database->m_database.setConnectOptions(
        purpose == Purpose::reading ? QStringLiteral("QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=5000")
                                    : QStringLiteral("QSQLITE_BUSY_TIMEOUT=5000"));
    if (!database->m_database.open())
        return errorOf(database->m_database.lastError());
    if (purpose == Purpose::readingAndWriting) {
        if (auto prepared = database->prepare(); !prepared.ok())
            return prepared.error();
    }
    return database;
}

Result<void> StoreDatabase::prepare() {
    // What is deleted is gone from the disk too.
    for (const char* setting : {"PRAGMA page_size = 8192", "PRAGMA journal_mode = WAL",
                                "PRAGMA synchronous = FULL", "PRAGMA secure_delete = ON"}) {
        if (auto set = execute(setting); !set.ok())
            return set;
    }
    QFile::setPermissions(m_database.databaseName(), QFile::ReadOwner | QFile::WriteOwner);
    return migrate();
}

Result<void> StoreDatabase::migrate() {
    const auto answer = run("PRAGMA user_version");
    if (!answer.ok())
        return answer.error();
    const std::int64_t schema = (*answer)->next() ? (*answer)->value(0).toLongLong() : 0;
    (*answer)->finish();
    if (schema > presentSchema)
        return tooOld();
    if (schema == presentSchema)
        return {};
    auto done = inTransaction(*this, [this, schema]() -> Result<void> {
        for (const auto& statements : std::span(schemas).subspan(static_cast<std::size_t>(schema))) {
            for (const char* statement : statements) {
                if (auto made = execute(statement); !made.ok())
                    return made;
            }
        }
        return {};
    });
    // So that the head of the file tells of it.
    return done.ok() ? execute("PRAGMA wal_checkpoint(TRUNCATE)") : done;
}

StoreDatabase::~StoreDatabase() {
    const QString name = m_database.connectionName();
    m_prepared.clear();
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(name);
}

Result<QSqlQuery*> StoreDatabase::run(const char* statement, const QVariantList& values) {
    auto found = m_prepared.find(statement);
    if (found == m_prepared.end()) {
        QSqlQuery query(m_database);
        query.setForwardOnly(true);
        if (!query.prepare(QString::fromUtf8(statement)))
            return errorOf(query.lastError());
        found = m_prepared.emplace(statement, std::move(query)).first;
    }
    QSqlQuery& query = found->second;
    for (qsizetype i = 0; i < values.size(); ++i)
        query.bindValue(static_cast<int>(i), values[i]);
    if (!query.exec()) {
        const Error error = errorOf(query.lastError());
        query.finish();
        return error;
    }
    return &query;
}

Result<void> StoreDatabase::execute(const char* statement, const QVariantList& values) {
    const auto answer = run(statement, values);
    if (!answer.ok())
        return answer.error();
    (*answer)->finish();
    return {};
}

Result<void> StoreDatabase::faultOf(const QSqlQuery& query) {
    const QSqlError error = query.lastError();
    return error.isValid() ? Result<void>(errorOf(error)) : Result<void>();
}

} // namespace tandem
