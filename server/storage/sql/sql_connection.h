// One connection to the database. Belongs to the thread that opened it and is used and closed there only.
// Statements are prepared at first use and kept. Errors, with the driver's words: alreadyExists for a
// duplicate key, internal for a damaged database, unavailable for everything else.
#pragma once

#include "base/result.h"
#include "storage/sql/sql_dialect.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

#include <cstdint>
#include <initializer_list>
#include <map>
#include <memory>

namespace tandem {

// The answer to a statement. Ends the statement when it goes, so that no read transaction is left open.
class SqlRows {
public:
    SqlRows(QSqlQuery& query, const SqlDialect& dialect) : m_query(&query), m_dialect(dialect) {}
    SqlRows(SqlRows&& other) noexcept
        : m_query(std::exchange(other.m_query, nullptr)), m_dialect(other.m_dialect) {}
    SqlRows& operator=(SqlRows&&) = delete;
    ~SqlRows();

    // Moves to the next row; false after the last one, and on an error, which fault() then tells.
    bool next();
    Result<void> fault() const;
    int affected() const;

    std::int64_t integer(int column) const;
    std::string text(int column) const;
    std::string bytes(int column) const;

private:
    QSqlQuery* m_query;
    const SqlDialect& m_dialect;
};

class SqlConnection {
public:
    static Result<std::unique_ptr<SqlConnection>> open(const SqlDialect& dialect,
                                                       const std::string& database);
    ~SqlConnection();
    SqlConnection(const SqlConnection&) = delete;
    SqlConnection& operator=(const SqlConnection&) = delete;

    const SqlDialect& dialect() const { return m_dialect; }

    // For statements without values, each run once or seldom.
    Result<void> execute(const QString& statement);
    // `statement` must live as long as the program: it is the name under which the prepared form is kept. At
    // most one answer of each statement at a time.
    Result<SqlRows> run(const char* statement, const QVariantList& values = {});

private:
    SqlConnection(const SqlDialect& dialect, QSqlDatabase database);

    const SqlDialect& m_dialect;
    QSqlDatabase m_database;
    std::map<const char*, QSqlQuery> m_prepared;
};

// How values are bound.
QVariant sqlInteger(std::uint64_t value);
QVariant sqlTime(std::int64_t ms); // since 1970, not before
QVariant sqlText(const std::string& utf8);
QVariant sqlBytes(const std::string& bytes);

} // namespace tandem
