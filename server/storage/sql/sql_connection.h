// One connection to the database. Belongs to the thread that opened it and is used and closed there only.
// Statements are prepared at first use and kept. Errors, with the driver's words: alreadyExists for a
// duplicate key, internal for a damaged database, invalidArgument when the settings do not open it,
// unavailable for everything else. Once lost it is of no use: its owner opens another one.
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
#include <type_traits>

namespace tandem {

// The answer to a statement. Ends the statement when it goes, so that no read transaction is left open.
class SqlConnection;

class SqlRows {
public:
    SqlRows(QSqlQuery& query, SqlConnection& connection) : m_query(&query), m_connection(connection) {}
    SqlRows(SqlRows&& other) noexcept
        : m_query(std::exchange(other.m_query, nullptr)), m_connection(other.m_connection) {}
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
    SqlConnection& m_connection;
};

class SqlConnection {
public:
    static Result<std::unique_ptr<SqlConnection>> open(const DatabaseAddress& address, SqlPurpose purpose);
    ~SqlConnection();
    SqlConnection(const SqlConnection&) = delete;
    SqlConnection& operator=(const SqlConnection&) = delete;

    const SqlDialect& dialect() const { return m_dialect; }

    // For statements without values, each run once or seldom.
    Result<void> execute(const QString& statement);
    // `statement` must live as long as the program: it is the name under which the prepared form is kept. At
    // most one answer of each statement at a time.
    Result<SqlRows> run(const char* statement, const QVariantList& values = {});

    // Of the transactions that follow; otherwise a power cut may undo the newest of them. Not within one.
    Result<void> setLasting(bool lasting);

    bool isLost() const { return m_lost; }
    // Whether a conflict has undone a transaction since this was asked last.
    bool takeConflict() { return std::exchange(m_conflict, false); }
    // Asks the database; what the answer is isLost() tells.
    void checkAlive();
    // Gives back what it keeps in memory of what it has read, when no rows are in use.
    void releaseMemory();

    // The error of a statement that failed.
    Error errorOf(const QSqlError& error);

private:
    explicit SqlConnection(const SqlDialect& dialect) : m_dialect(dialect) {}

    const SqlDialect& m_dialect;
    QSqlDatabase m_database;
    bool m_lasting = true;
    bool m_lost = false;
    bool m_conflict = false;
    std::map<const char*, QSqlQuery> m_prepared;
};

// Everything that `work` reads is of one state: between two statements others may write.
template <typename Work>
std::invoke_result_t<Work> readingOneState(SqlConnection& connection, const Work& work) {
    if (auto begun = connection.execute(connection.dialect().beginReading); !begun)
        return begun.error();
    auto found = work();
    if (auto ended = connection.execute(QStringLiteral("COMMIT")); !ended && found)
        return ended.error();
    return found;
}

// How values are bound.
QVariant sqlInteger(std::uint64_t value);
QVariant sqlTime(std::int64_t ms); // since 1970, not before
QVariant sqlText(const std::string& utf8);
QVariant sqlBytes(const std::string& bytes);

} // namespace tandem
