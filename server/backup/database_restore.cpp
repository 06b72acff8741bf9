#include "backup/database_restore.h"

#include "backup/table_statements.h"
#include "base/ids.h"
#include "log/timestamp.h"

namespace tandem {

namespace {

// Statements are for one row or for so many, unless they are large.
constexpr std::size_t manyRows = 64;
constexpr std::size_t statementBytes = 4 * 1024 * 1024;
// Of one transaction.
constexpr std::size_t transactionBytes = 16 * 1024 * 1024;
constexpr std::size_t transactionRows = 20'000;

QVariant boundValue(const BackupColumn& column, const BackupValue& value) {
    if (std::holds_alternative<std::monostate>(value))
        return {};
    if (column.kind == BackupColumn::Kind::integer)
        return QVariant::fromValue(static_cast<qlonglong>(std::get<std::int64_t>(value)));
    const auto& bytes = std::get<std::string>(value);
    return column.kind == BackupColumn::Kind::bytes ? sqlBytes(bytes) : sqlText(bytes);
}

std::size_t sizeOf(const BackupRow& row) {
    std::size_t bytes = row.size() * sizeof(std::int64_t);
    for (const BackupValue& value : row) {
        if (const auto* text = std::get_if<std::string>(&value))
            bytes += text->size();
    }
    return bytes;
}

// Rows on their way, in transactions of bounded size.
class RowInsertion {
public:
    explicit RowInsertion(RestoreTarget& target) : m_target(target), m_connection(target.connection()) {}

    Result<void> begin() { return m_connection.execute(m_connection.dialect().beginWriting); }
    Result<void> add(const BackupTable& table, BackupRow row) {
        if (m_table != &table) {
            if (auto written = write(); !written)
                return written;
            m_table = &table;
        }
        m_bytes += sizeOf(row);
        m_rows.push_back(std::move(row));
        return m_rows.size() == manyRows || m_bytes >= statementBytes ? write() : Result<void>();
    }
    Result<void> end() {
        if (auto written = write(); !written)
            return written;
        return m_connection.execute(QStringLiteral("COMMIT"));
    }

private:
    Result<void> insert(std::span<const BackupRow> rows) {
        const std::size_t columns = rows.front().size();
        QVariantList values;
        for (const BackupRow& row : rows) {
            for (std::size_t i = 0; i < columns; ++i)
                values.push_back(boundValue(m_table->columns[i], row[i]));
        }
        auto done = m_connection.run(
            insertInto(m_target.nameFor(m_table->name), *m_table, columns, rows.size()), values);
        return done ? Result<void>() : done.error();
    }
    Result<void> write() {
        const std::span<const BackupRow> rows = m_rows;
        const std::size_t atOnce = rows.size() == manyRows && m_bytes < statementBytes ? manyRows : 1;
        for (std::size_t i = 0; i < rows.size(); i += atOnce) {
            if (auto done = insert(rows.subspan(i, atOnce)); !done)
                return done;
        }
        m_open.rows += std::exchange(m_rows, {}).size();
        m_open.bytes += std::exchange(m_bytes, 0);
        if (m_open.rows < transactionRows && m_open.bytes < transactionBytes)
            return {};
        m_open = {};
        if (auto done = m_connection.execute(QStringLiteral("COMMIT")); !done)
            return done;
        return begin();
    }

    RestoreTarget& m_target;
    SqlConnection& m_connection;
    const BackupTable* m_table = nullptr;
    std::vector<BackupRow> m_rows;
    std::size_t m_bytes = 0; // of m_rows
    struct {
        std::size_t rows = 0;
        std::size_t bytes = 0;
    } m_open; // written and not committed
};

// What the audit log says of it.
BackupRow entryOf(const BackupContents& contents, std::int64_t id, const Clock& clock) {
    return {id,
            clock.wallMs(),
            std::string(),
            std::string("database restored"),
            std::string("operator"),
            std::to_string(contents.counts.documents) + " documents from a backup of " +
                timestamp(contents.header.madeMs),
            std::string()};
}

} // namespace

Result<void> restoreDatabase(const BackupSource& source, const BackupContents& contents, int schema,
                             RestoreTarget& target, const Clock& clock, Random& random) {
    RowInsertion insertion(target);
    const BackupTable& documents = backupTables().front();
    const BackupTable& audit = backupTables().back();
    const std::size_t epoch = documents.placeOf("epoch");
    std::int64_t lastEntry = 0;
    std::optional<Error> writing;
    const auto put = [&](const BackupTable& table, BackupRow row) -> Result<void> {
        auto done = insertion.add(table, std::move(row));
        if (!done)
            writing = done.error();
        return done;
    };
    auto done = insertion.begin();
    if (done) {
        const auto read = readBackup(source, schema, [&](const BackupTable& table, BackupRow row) {
            if (&table == &documents)
                row[epoch] = makeRandomId(random);
            if (&table == &audit)
                lastEntry = std::get<std::int64_t>(row.front());
            return put(table, std::move(row));
        });
        if (!read && !writing)
            return read.error(); // another file than a moment ago
        done = read ? put(audit, entryOf(contents, lastEntry + 1, clock)) : *writing;
    }
    if (done)
        done = insertion.end();
    if (!done)
        return Error{ErrorCode::unavailable, "The database cannot be written: " + done.error().detail + "."};
    return target.show();
}

} // namespace tandem
