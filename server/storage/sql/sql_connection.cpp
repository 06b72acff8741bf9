#include "storage/sql/sql_connection.h"

namespace tandem {

namespace {

Error errorFrom(const QSqlError& error, const SqlDialect& dialect) {
    const std::string words = error.text().trimmed().toStdString();
    if (dialect.isDuplicateKey(error))
        return {ErrorCode::alreadyExists, words};
    if (dialect.isDamage(error))
        return {ErrorCode::internal, "the database is damaged: " + words};
    return {ErrorCode::unavailable, words};
}

} // namespace

SqlRows::~SqlRows() {
    if (m_query)
        m_query->finish();
}

bool SqlRows::next() {
    return m_query->next();
}

Result<void> SqlRows::fault() const {
    const QSqlError error = m_query->lastError();
    if (error.isValid())
        return errorFrom(error, m_dialect);
    return {};
}

int SqlRows::affected() const {
    return m_query->numRowsAffected();
}

std::int64_t SqlRows::integer(int column) const {
    return m_query->value(column).toLongLong();
}

std::string SqlRows::text(int column) const {
    return m_query->value(column).toString().toStdString();
}

std::string SqlRows::bytes(int column) const {
    return m_query->value(column).toByteArray().toStdString();
}

SqlConnection::SqlConnection(const SqlDialect& dialect, QSqlDatabase database)
    : m_dialect(dialect), m_database(std::move(database)) {}

Result<std::unique_ptr<SqlConnection>> SqlConnection::open(const SqlDialect& dialect,
                                                           const std::string& database) {
    auto connection = std::unique_ptr<SqlConnection>(new SqlConnection(dialect, QSqlDatabase()));
    // The object's address makes the name unique among the open ones.
    const QString name = QStringLiteral("tandem-%1").arg(reinterpret_cast<quintptr>(connection.get()));
    connection->m_database = QSqlDatabase::addDatabase(dialect.driver, name);
    if (!connection->m_database.isValid())
        return Error{ErrorCode::unavailable,
                     "Qt's driver " + dialect.driver.toStdString() + " is not installed"};
    connection->m_database.setDatabaseName(QString::fromStdString(database));
    if (!connection->m_database.open())
        return errorFrom(connection->m_database.lastError(), dialect);
    for (const QString& statement : dialect.sessionSetup) {
        if (auto done = connection->execute(statement); !done)
            return done.error();
    }
    return connection;
}

SqlConnection::~SqlConnection() {
    m_prepared.clear();
    const QString name = m_database.connectionName();
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(name);
}

Result<void> SqlConnection::execute(const QString& statement) {
    QSqlQuery query(m_database);
    if (!query.exec(statement))
        return errorFrom(query.lastError(), m_dialect);
    return {};
}

Result<SqlRows> SqlConnection::run(const char* statement, const QVariantList& values) {
    auto found = m_prepared.find(statement);
    if (found == m_prepared.end()) {
        QSqlQuery query(m_database);
        query.setForwardOnly(true);
        if (!query.prepare(QString::fromLatin1(statement)))
            return errorFrom(query.lastError(), m_dialect);
        found = m_prepared.emplace(statement, std::move(query)).first;
    }
    QSqlQuery& query = found->second;
    int position = 0;
    for (const QVariant& value : values)
        query.bindValue(position++, value);
    if (!query.exec()) {
        const Error error = errorFrom(query.lastError(), m_dialect);
        query.finish();
        return error;
    }
    return SqlRows(query, m_dialect);
}

QVariant sqlInteger(std::uint64_t value) {
    return QVariant::fromValue(static_cast<qlonglong>(value));
}

QVariant sqlTime(std::int64_t ms) {
    return sqlInteger(static_cast<std::uint64_t>(ms));
}

QVariant sqlText(const std::string& utf8) {
    return QString::fromStdString(utf8);
}

QVariant sqlBytes(const std::string& bytes) {
    return QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

} // namespace tandem
