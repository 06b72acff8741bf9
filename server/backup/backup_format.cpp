#include "backup/backup_format.h"

#include "base/ids.h"
#include "base/utf8.h"

#include <algorithm>
#include <cassert>

namespace tandem {

namespace {

using Kind = BackupColumn::Kind;

BackupColumn integer(std::string name) {
    return {std::move(name), Kind::integer};
}

BackupColumn text(std::string name) {
    return {std::move(name), Kind::text};
}

BackupColumn documentId(std::string name) {
    return {std::move(name), Kind::documentId};
}

BackupColumn bytes(std::string name) {
    return {std::move(name), Kind::bytes};
}

BackupColumn orNull(BackupColumn column) {
    column.nullable = true;
    return column;
}

BackupColumn since(int schema, BackupColumn column) {
    column.since = schema;
    return column;
}

// Zigzag: so that adding to one that was read is always right.
constexpr std::uint64_t largestInteger = std::uint64_t{1} << 63;

std::uint64_t zigzag(std::int64_t value) {
    return (static_cast<std::uint64_t>(value) << 1) ^ (value < 0 ? ~std::uint64_t{0} : 0);
}

std::int64_t unzigzag(std::uint64_t value) {
    return static_cast<std::int64_t>((value >> 1) ^ (value & 1 ? ~std::uint64_t{0} : 0));
}

std::uint64_t numberIn(const BackupTable& table, const BackupRow& row, std::string_view column) {
    return static_cast<std::uint64_t>(std::get<std::int64_t>(row[table.placeOf(column)]));
}

BackupValue readValue(ByteReader& in, const BackupColumn& column) {
    if (column.nullable) {
        const std::uint8_t isThere = in.byte();
        if (isThere > 1)
            in.fail();
        if (isThere == 0)
            return std::monostate();
    }
    if (column.kind == Kind::integer)
        return unzigzag(in.varintUpTo(largestInteger));
    std::string value(in.bytes(in.varintUpTo(in.remaining())));
    if (column.kind == Kind::text && !fromUtf8(value))
        in.fail();
    if (column.kind == Kind::documentId && !isDocumentId(value))
        in.fail();
    return value;
}

} // namespace

std::span<const BackupColumn> BackupTable::columnsAt(int schema) const {
    const auto later = std::find_if(columns.begin(), columns.end(),
                                    [schema](const BackupColumn& column) { return column.since > schema; });
    return {columns.begin(), later};
}

std::size_t BackupTable::placeOf(std::string_view column) const {
    const auto found = std::find_if(columns.begin(), columns.end(),
                                    [column](const BackupColumn& one) { return one.name == column; });
    assert(found != columns.end());
    return static_cast<std::size_t>(found - columns.begin());
}

const std::vector<BackupTable>& backupTables() {
    static const std::vector<BackupTable> tables{
        {'d',
         "documents",
         {documentId("id"), text("title"), text("epoch"), integer("head"), integer("created_ms"),
          integer("updated_ms"), bytes("request_hash"), integer("meta_revision"),
          orNull(integer("deleted_ms")), text("title_folded"), since(9, integer("access_revision"))}},
        {'r',
         "replicas",
         {documentId("document_id"), integer("replica"), bytes("key_hash"), text("name")},
         2},
        {'s',
         "segments",
         {documentId("document_id"), integer("last_seq"), integer("first_seq"), integer("format"),
          bytes("bytes")},
         2,
         1},
        {'p', "packed_counters", {documentId("document_id"), integer("replica"), integer("counter")}, 2},
        {'i',
         "packed_edit_ids",
         {documentId("document_id"), integer("replica"), text("edit_id"), integer("seq")},
         3},
        {'c',
         "changes",
         {documentId("document_id"), integer("seq"), integer("replica"), integer("counter"),
          integer("time_ms"), integer("format"), orNull(text("edit_id")), bytes("bytes"),
          orNull(integer("checksum"))},
         2},
        {'n',
         "named_versions",
         {documentId("document_id"), integer("version"), text("label"), integer("named_ms")},
         2},
        {'l',
         "links",
         {documentId("document_id"), integer("number"), bytes("secret_hash"), text("role"), text("label"),
          integer("created_ms"), integer("expires_ms"), integer("revoked_ms")},
         2},
        {'a',
         "audit",
         {integer("id"), integer("time_ms"), text("document_id"), text("event"), text("actor"),
          text("detail"), text("request_id")}},
    };
    return tables;
}

const std::vector<std::string>& tablesLeftOut() {
    static const std::vector<std::string> names{"snapshots",    "snapshot_parts", "answers", "jobs",
                                                "job_attempts", "job_files",      "leaders"};
    return names;
}

void BackupCounts::add(const BackupTable& table, const BackupRow& row) {
    ++rows[static_cast<std::size_t>(&table - backupTables().data())];
    if (table.name == "documents") {
        ++documents;
        versions += numberIn(table, row, "head");
    } else if (table.name == "changes") {
        ++changes;
    } else if (table.name == "segments") {
        changes += numberIn(table, row, "last_seq") - numberIn(table, row, "first_seq") + 1;
    }
}

void writeRow(ByteWriter& out, std::span<const BackupColumn> columns, const BackupRow& row) {
    assert(row.size() == columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const bool isThere = !std::holds_alternative<std::monostate>(row[i]);
        assert(isThere || columns[i].nullable);
        if (columns[i].nullable)
            out.byte(isThere ? 1 : 0);
        if (!isThere)
            continue;
        if (columns[i].kind == Kind::integer) {
            out.varint(zigzag(std::get<std::int64_t>(row[i])));
        } else {
            const auto& value = std::get<std::string>(row[i]);
            out.varint(value.size());
            out.bytes(value);
        }
    }
}

std::optional<BackupRow> readRow(ByteReader& in, std::span<const BackupColumn> columns) {
    BackupRow row;
    row.reserve(columns.size());
    for (const BackupColumn& column : columns)
        row.push_back(readValue(in, column));
    if (!in.ok())
        return std::nullopt;
    return row;
}

bool isBehind(const BackupTable& table, const BackupRow& before, const BackupRow& row) {
    const auto end = static_cast<std::ptrdiff_t>(table.keyColumns);
    return std::lexicographical_compare(before.begin(), before.begin() + end, row.begin(), row.begin() + end);
}

} // namespace tandem
