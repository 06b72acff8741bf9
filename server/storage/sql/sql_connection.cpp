#include "storage/sql/sql_connection.h"

namespace tandem {

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
        return m_connection.errorOf(error);
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

Result<std::unique_ptr<SqlConnection>> SqlConnection::open(const DatabaseAddress& address,
                                                           SqlPurpose purpose) {
    const SqlDialect& dialect = dialectOf(address);
    auto connection = std::unique_ptr<SqlConnection>(new SqlConnection(dialect));
    // The object's address makes the name unique among the open ones.
    const QString name = QStringLiteral("tandem-%1").arg(reinterpret_cast<quintptr>(connection.get()));
    connection->m_database = dialect.makeDatabase(address, purpose, name);
    if (!connection->m_database.isValid())
        return Error{ErrorCode::internal, "Qt's driver " + connection->m_database.driverName().toStdString() +
                                              " is not installed"};
    if (!connection->m_database.open())
        return connection->errorOf(connection->m_database.lastError());
    for (const QString& statement : dialect.sessionSetup(purpose)) {
        if (auto done = connection->execute(statement); !done)
            return done.error();
    }
    return connection;
}

SqlConnection::~SqlConnection() {
    const QString name = m_database.connectionName();
    if (m_lost) // the driver would complain of each statement that it cannot tell the database of
        m_database.close();
    m_prepared.clear();
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(name);
}

Error SqlConnection::errorOf(const QSqlError& error) {
    const std::string words = error.text().trimmed().toStdString();
    switch (m_dialect.faultOf(error)) {
    case SqlFault::duplicateKey:
        return {ErrorCode::alreadyExists, words};
    case SqlFault::damage:
        return {ErrorCode::internal, "the database is damaged: " + words};
    case SqlFault::refused:
        return {ErrorCode::invalidArgument, words};
    case SqlFault::alreadyMade:
        return {ErrorCode::conditionFailed, words};
    case SqlFault::conflict:
        m_conflict = true;
        break;
    case SqlFault::lost:
        m_lost = true;
        break;
    case SqlFault::other:
        break;
    }
    return {ErrorCode::unavailable, words};
}

void SqlConnection::checkAlive() {
    if (!m_dialect.askIfAlive.isEmpty() && !execute(m_dialect.askIfAlive))
        m_lost = true;
}

void SqlConnection::releaseMemory() {
    m_prepared.clear(); // with the values that were bound and found last
    if (!m_dialect.releaseMemory.isEmpty())
        (void)execute(m_dialect.releaseMemory); // it only gives less back
}

Result<void> SqlConnection::execute(const QString& statement) {
    QSqlQuery query(m_database);
    if (!query.exec(statement))
        return errorOf(query.lastError());
    return {};
}

Result<void> SqlConnection::setLasting(bool lasting) {
    const QString& statement = lasting ? m_dialect.commitsLast : m_dialect.commitsMayVanish;
    if (lasting == m_lasting || statement.isEmpty())
        return {};
    auto set = execute(statement);
    if (set)
        m_lasting = lasting;
    return set;
}

Result<SqlRows> SqlConnection::run(const char* statement, const QVariantList& values) {
    auto found = m_prepared.find(statement);
    if (found == m_prepared.end()) {
        QSqlQuery query(m_database);
        query.setForwardOnly(true);
        if (!query.prepare(QString::fromLatin1(statement)))
            return errorOf(query.lastError());
        found = m_prepared.emplace(statement, std::move(query)).first;
    }
    QSqlQuery& query = found->second;
    int position = 0;
    for (const QVariant& value : values)
        query.bindValue(position++, value);
    if (!query.exec()) {
        const Error error = errorOf(query.lastError());
        query.finish();
        return error;
    }
    return SqlRows(query, *this);
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
