// The file that `backup` writes and `restore` reads: all rows of the tables that are truth, whatever database
// they come from. Plain values and functions without state.
//
//   "TANDEM BACKUP 1\n"
//   blocks to the end, each: a byte kind, 4 bytes size (lowest first), so many bytes of content packed as in
//     deflate/deflate.h, and the SHA-256 of all that in 32 bytes
//
// The first block has kind 'H': varint version of the tables, varint when it was made in milliseconds since
// 1970, varint length and name of the program. Then come the tables in the order of backupTables(), each in
// any number of blocks of its own kind: whole rows, one behind the other, ordered by their key. A row is its
// columns: what may be null begins with a byte 0 or 1; an integer of at most 2^62 is a zigzag varint; text
// and bytes are a varint length and as many bytes. The last block has kind 'E': for each table the varint
// number of its rows, then the SHA-256 of the whole file before this block. So a file that was cut or changed
// anywhere is found out.
//
// Not in it: snapshots, which a server makes anew from the log, and answers kept for Idempotency-Keys, which
// live for a day and tell of documents as they were.
#pragma once

#include "base/byte_reader.h"
#include "base/byte_writer.h"
#include "base/result.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace tandem {

constexpr std::string_view backupMagic = "TANDEM BACKUP 1\n";
constexpr std::size_t backupHashBytes = 32;
constexpr std::size_t backupFrameBytes = 5;                  // kind and size
constexpr std::size_t fullBlockBytes = 1024 * 1024;          // when a block is written
constexpr std::size_t largestBlockBytes = 48 * 1024 * 1024;  // with one very large row, unpacked
constexpr std::size_t largestPackedBytes = 49 * 1024 * 1024; // deflated, it is hardly more
constexpr int firstSchema = 8; // version of the tables with which this format began
constexpr char headerKind = 'H';
constexpr char endKind = 'E';

struct BackupColumn {
    enum class Kind { integer, text, documentId, bytes };

    std::string name;
    Kind kind = Kind::integer;
    bool nullable = false;
    // The version of the tables that brought it. What came later than this format stands at the end, and a
    // table has a default for it, so that backups of before can be restored.
    int since = firstSchema;
};

struct BackupTable {
    char kind = 0;
    std::string name;
    std::vector<BackupColumn> columns; // those of the primary key first
    std::size_t keyColumns = 1;
    std::size_t rowsAtOnce = 256; // read; a driver may hold the whole answer

    std::span<const BackupColumn> columnsAt(int schema) const;
    // Precondition: there is such a column.
    std::size_t placeOf(std::string_view column) const;
};

// In the order in which they can be filled.
const std::vector<BackupTable>& backupTables();
// Tables of a database that are empty behind a restore.
const std::vector<std::string>& tablesLeftOut();

using BackupValue = std::variant<std::monostate, std::int64_t, std::string>;
using BackupRow = std::vector<BackupValue>;

struct BackupHeader {
    int schema = 0; // version of the tables
    std::int64_t madeMs = 0;
    std::string program;
};

// What a file holds, for people.
struct BackupCounts {
    std::uint64_t documents = 0;
    std::uint64_t changes = 0; // in rows and in segments
    std::uint64_t versions =
        0; // the heads of all documents together, as many as there are changes if all is well
    std::vector<std::uint64_t> rows = std::vector<std::uint64_t>(backupTables().size()); // of each table

    void add(const BackupTable& table, const BackupRow& row);
};

void writeRow(ByteWriter& out, std::span<const BackupColumn> columns, const BackupRow& row);
// Nothing, and `in` has failed, when it is not one.
std::optional<BackupRow> readRow(ByteReader& in, std::span<const BackupColumn> columns);
// Does `row` come behind `before` in their table?
bool isBehind(const BackupTable& table, const BackupRow& before, const BackupRow& row);

} // namespace tandem
