#include "backup/database_backup.h"

#include "backup/table_statements.h"
#include "storage/sql/migrations.h"

namespace tandem {

namespace {

QVariant keyValue(const BackupValue& value) {
    const auto* number = std::get_if<std::int64_t>(&value);
    return number ? QVariant::fromValue(static_cast<qlonglong>(*number))
                  : sqlText(std::get<std::string>(value));
}

// Each column is asked for twice when it may be null: whether it is, and what it is.
BackupRow rowIn(const SqlRows& rows, const BackupTable& table) {
    BackupRow row;
    int place = 0;
    for (const BackupColumn& column : table.columns) {
        if (column.nullable && rows.integer(place++) == 0) {
            row.emplace_back(std::monostate());
            ++place;
            continue;
        }
        if (column.kind == BackupColumn::Kind::integer)
            row.emplace_back(rows.integer(place++));
        else if (column.kind == BackupColumn::Kind::bytes)
            row.emplace_back(rows.bytes(place++));
        else
            row.emplace_back(rows.text(place++));
    }
    return row;
}

// Writes one piece of a table and keeps the key of its last row in `last`; true when it was as large as
// pieces are. The piece is the beginning, or what comes behind `last` with the same first `same` columns.
Result<bool> copySome(SqlConnection& connection, const BackupTable& table, std::size_t same, BackupRow& last,
                      BackupWriter& writer) {
    const bool isFirst = last.empty();
    QVariantList values;
    for (std::size_t i = 0; !isFirst && i <= same; ++i)
        values.push_back(keyValue(last[i]));
    values.push_back(sqlInteger(table.rowsAtOnce));
    auto rows = connection.run(isFirst ? selectFirst(table) : selectBehind(table, same), values);
    if (!rows)
        return rows.error();
    std::size_t count = 0;
    for (; rows->next(); ++count) {
        const BackupRow row = rowIn(*rows, table);
        if (auto written = writer.add(table, row); !written)
            return written.error();
        last.assign(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(table.keyColumns));
    }
    if (auto fault = rows->fault(); !fault)
        return fault.error();
    return count == table.rowsAtOnce;
}

// Each piece is one stretch of the primary key, so that finding it takes no longer than the one before.
Result<void> copyTable(SqlConnection& connection, const BackupTable& table, BackupWriter& writer) {
    BackupRow last;
    std::size_t same = 0;
    auto isFull = copySome(connection, table, same, last, writer);
    while (isFull && (*isFull || same > 0)) {
        same = *isFull ? table.keyColumns - 1 : same - 1;
        isFull = copySome(connection, table, same, last, writer);
    }
    return isFull ? Result<void>() : isFull.error();
}

Result<void> copyAll(SqlConnection& connection, const Clock& clock, const std::string& program,
                     BackupWriter& writer) {
    const auto schema = schemaVersion(connection);
    if (!schema)
        return schema.error();
    const int known = knownSchemaVersion(connection.dialect());
    if (*schema != known)
        return Error{ErrorCode::unavailable,
                     "its tables have version " + std::to_string(*schema) + ", this program knows " +
                         std::to_string(known) +
                         ": the command migrate, or a start, brings older ones up to date"};
    if (auto begun = writer.begin({*schema, clock.wallMs(), program}); !begun)
        return begun;
    for (const BackupTable& table : backupTables()) {
        if (auto copied = copyTable(connection, table, writer); !copied)
            return copied;
    }
    return writer.end();
}

} // namespace

Result<void> backUpDatabase(const DatabaseAddress& address, const Clock& clock, const std::string& program,
                            BackupWriter& writer) {
    const auto refused = [&](const Error& error) {
        return Error{error.code,
                     "The database " + nameOf(address) + " cannot be read: " + error.detail + "."};
    };
    auto connection = SqlConnection::open(address, SqlPurpose::copying);
    if (!connection)
        return refused(connection.error());
    const Result<void> copied =
        readingOneState(**connection, [&] { return copyAll(**connection, clock, program, writer); });
    return copied ? copied : refused(copied.error());
}

} // namespace tandem
