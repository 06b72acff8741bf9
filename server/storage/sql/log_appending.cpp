#include "storage/sql/log_appending.h"

#include "jobs/snapshot_request.h"
#include "protocol/limits.h"
#include "storage/sql/checksum.h"
#include "storage/sql/job_rows.h"
#include "storage/sql/log_packing.h"

#include <algorithm>
#include <map>

namespace tandem {

namespace {

constexpr int changeFormat = 1; // FORMAT.md
constexpr std::size_t insertBytes = 4 * 1024 * 1024;

// A change as a row.
struct NewRow {
    const DocumentId* document = nullptr;
    Seq seq = 0;
    const AppendEntry* entry = nullptr;
};

// What is known of a document that is appended to, in order of ids.
struct Place {
    std::string epoch;
    Seq head = 0;
    std::size_t added = 0;
    Seq snapshotInterval = 0;
    std::map<ReplicaId, Counter> packed; // the highest counter in segments
};
using Places = std::map<DocumentId, Place>;

// Statements are for one, for some or for so many, so that there are few; what is left over asks for nothing.
constexpr std::size_t someAtOnce = 8;
constexpr std::size_t manyAtOnce = 64;

std::size_t widthFor(std::size_t count) {
    if (count == 1)
        return 1;
    return count <= someAtOnce ? someAtOnce : manyAtOnce;
}

std::string repeated(const std::string& one, const std::string& between, std::size_t count) {
    std::string all = one;
    for (std::size_t i = 1; i < count; ++i)
        all += between + one;
    return all;
}

// `make(width)` gives a statement; each is made once and lives as long as the program.
template <typename Make>
const char* statementFor(std::size_t width, Make make) {
    static const std::string one = make(1);
    static const std::string some = make(someAtOnce);
    static const std::string many = make(manyAtOnce);
    if (width == 1)
        return one.c_str();
    return (width == someAtOnce ? some : many).c_str();
}

// Calls `use(piece, width)` with the elements of `all`, so many at once.
template <typename T, typename Use>
Result<void> inPieces(const std::vector<T>& all, const Use& use) {
    for (std::span<const T> rest = all; !rest.empty();) {
        const auto piece = rest.first(std::min(rest.size(), manyAtOnce));
        if (auto used = use(piece, widthFor(piece.size())); !used)
            return used;
        rest = rest.subspan(piece.size());
    }
    return {};
}

// Whoever else writes into these documents waits, in the same order everywhere.
Result<void> lockAndRead(SqlConnection& connection, const std::vector<DocumentId>& documents,
                         Places& places) {
    const auto read = [&](std::span<const DocumentId> piece, std::size_t width) -> Result<void> {
        const auto select = [](std::size_t count) {
            return "SELECT id, epoch, head FROM documents WHERE deleted_ms IS NULL AND id IN (" +
                   repeated("?", ", ", count) + ") ORDER BY id";
        };
        const auto selectAndLock = [select](std::size_t count) { return select(count) + " FOR UPDATE"; };
        const char* statement = connection.dialect().lockDocument ? statementFor(width, selectAndLock)
                                                                  : statementFor(width, select);
        QVariantList ids;
        for (std::size_t i = 0; i < width; ++i)
            ids.push_back(i < piece.size() ? sqlText(piece[i]) : QVariant());
        auto rows = connection.run(statement, ids);
        if (!rows)
            return rows.error();
        while (rows->next())
            places[rows->text(0)] = {rows->text(1), static_cast<Seq>(rows->integer(2)), 0, 0, {}};
        return rows->fault();
    };
    return inPieces(documents, read);
}

// What the unique keys of `changes` cannot see: changes that are in segments.
Result<void> readPacked(SqlConnection& connection,
                        const std::vector<std::pair<DocumentId, ReplicaId>>& authors, Places& places) {
    const auto read = [&](std::span<const std::pair<DocumentId, ReplicaId>> piece,
                          std::size_t width) -> Result<void> {
        const char* statement = statementFor(width, [](std::size_t count) {
            return "SELECT document_id, replica, counter FROM packed_counters WHERE " +
                   repeated("(document_id = ? AND replica = ?)", " OR ", count);
        });
        QVariantList values;
        for (std::size_t i = 0; i < width; ++i) {
            values.push_back(i < piece.size() ? sqlText(piece[i].first) : QVariant());
            values.push_back(i < piece.size() ? sqlInteger(piece[i].second) : QVariant());
        }
        auto rows = connection.run(statement, values);
        if (!rows)
            return rows.error();
        while (rows->next())
            places[rows->text(0)].packed[static_cast<ReplicaId>(rows->integer(1))] =
                static_cast<Counter>(rows->integer(2));
        return rows->fault();
    };
    return inPieces(authors, read);
}

Result<void> refusePacked(SqlConnection& connection, const LogAppend& append, Place& place) {
    for (const AppendEntry& entry : append.entries) {
        const Counter highest = place.packed[entry.replica];
        if (entry.first <= highest)
            return Error{ErrorCode::alreadyExists, "the log has this change"};
        // A replica without packed changes has no packed edits.
        if (entry.editId && highest > 0) {
            if (auto isNew = refusePackedEdit(connection, append.document, entry.replica, *entry.editId);
                !isNew)
                return isNew;
        }
    }
    return {};
}

// Where everything stands, in `places`, and who of the authors has packed changes.
Result<void> look(SqlConnection& connection, std::span<LogAppend* const> appends, Places& places) {
    std::map<DocumentId, std::map<ReplicaId, bool>> authors;
    for (const LogAppend* append : appends) {
        auto& replicas = authors[append->document];
        for (const AppendEntry& entry : append->entries)
            replicas[entry.replica] = true;
    }
    std::vector<DocumentId> documents;
    std::vector<std::pair<DocumentId, ReplicaId>> pairs;
    for (const auto& [document, replicas] : authors) {
        documents.push_back(document);
        for (const auto& [replica, _] : replicas)
            pairs.emplace_back(document, replica);
    }
    if (auto locked = lockAndRead(connection, documents, places); !locked)
        return locked;
    return readPacked(connection, pairs, places);
}

Result<void> bindAndCheck(SqlConnection& connection, const DocumentId& document, Seq first,
                          const std::vector<AppendEntry>& entries) {
    Seq seq = first;
    for (const AppendEntry& entry : entries) {
        if (entry.onlyAfter && *entry.onlyAfter + 1 != seq)
            return Error{ErrorCode::conditionFailed, "the document has changed meanwhile"};
        if (entry.binding) {
            if (auto bound = bindReplica(connection, document, *entry.binding); !bound)
                return bound;
        }
        ++seq;
    }
    return {};
}

// How many rows the next INSERT takes: few enough for what a database takes at once.
std::size_t rowsAtOnce(std::span<const NewRow> rows) {
    static_assert(someAtOnce * limits::changeBytes <= insertBytes);
    if (rows.size() < someAtOnce)
        return 1;
    if (rows.size() < manyAtOnce)
        return someAtOnce;
    std::size_t bytes = 0;
    for (const NewRow& row : rows.first(manyAtOnce))
        bytes += row.entry->bytes.size();
    return bytes <= insertBytes ? manyAtOnce : someAtOnce;
}

const char* insertFor(std::size_t rows) {
    static const auto make = [](std::size_t count) {
        return "INSERT INTO changes (document_id, seq, replica, counter, time_ms, format, edit_id, bytes, "
               "checksum) VALUES " +
               repeated("(?, ?, ?, ?, ?, ?, ?, ?, ?)", ", ", count);
    };
    static const std::map<std::size_t, std::string> statements{
        {1, make(1)}, {someAtOnce, make(someAtOnce)}, {manyAtOnce, make(manyAtOnce)}};
    return statements.at(rows).c_str();
}

Result<void> insertRows(SqlConnection& connection, std::span<const NewRow> rows, std::int64_t timeMs) {
    const QVariant time = sqlTime(timeMs);
    while (!rows.empty()) {
        const auto now = rows.first(rowsAtOnce(rows));
        QVariantList values;
        for (const NewRow& row : now) {
            const AppendEntry& entry = *row.entry;
            values += {sqlText(*row.document),
                       sqlInteger(row.seq),
                       sqlInteger(entry.replica),
                       sqlInteger(entry.first),
                       time,
                       changeFormat,
                       entry.editId ? sqlText(*entry.editId) : QVariant(),
                       sqlBytes(entry.bytes),
                       sqlInteger(checksumOf(entry.bytes))};
        }
        if (auto stored = connection.run(insertFor(now.size()), values); !stored)
            return stored.error();
        rows = rows.subspan(now.size());
    }
    return {};
}

Result<void> moveHeads(SqlConnection& connection, const Places& places, std::int64_t timeMs) {
    const std::vector<std::pair<DocumentId, Place>> all(places.begin(), places.end());
    const auto move = [&](std::span<const std::pair<DocumentId, Place>> piece,
                          std::size_t width) -> Result<void> {
        const char* statement = statementFor(width, [](std::size_t count) {
            return "UPDATE documents SET updated_ms = ?, head = head + CASE id " +
                   repeated("WHEN ? THEN ?", " ", count) + " ELSE 0 END WHERE id IN (" +
                   repeated("?", ", ", count) + ")";
        });
        QVariantList values{sqlTime(timeMs)};
        QVariantList ids;
        for (std::size_t i = 0; i < width; ++i) {
            ids.push_back(i < piece.size() ? sqlText(piece[i].first) : QVariant());
            values.push_back(ids.back());
            values.push_back(sqlInteger(i < piece.size() ? piece[i].second.added : 0));
        }
        auto moved = connection.run(statement, values + ids);
        return moved ? Result<void>() : moved.error();
    };
    return inPieces(all, move);
}

// One small row for each document that has come into another interval, and nothing for all others.
Result<void> askForSnapshots(SqlConnection& connection, const Places& places, std::int64_t timeMs) {
    for (const auto& [document, place] : places) {
        const Seq interval = place.snapshotInterval;
        const Seq head = place.head + place.added;
        if (interval == 0 || head / interval == place.head / interval)
            continue;
        if (auto asked = insertJob(connection, snapshotOfInterval(document, head, interval), timeMs); !asked)
            return asked.error();
    }
    return {};
}

} // namespace

Result<void> appendTogether(SqlConnection& connection, std::span<LogAppend* const> appends,
                            std::int64_t timeMs) {
    Places places;
    if (auto looked = look(connection, appends, places); !looked)
        return looked;
    std::vector<NewRow> rows;
    for (LogAppend* append : appends) {
        const auto found = places.find(append->document);
        if (found == places.end())
            return Error{ErrorCode::notFound, "there is no document " + append->document};
        Place& place = found->second;
        if (place.epoch != append->epoch)
            return Error{ErrorCode::logReplaced,
                         "document " + append->document + " was restored from a backup"};
        append->appended = {place.head + place.added + 1, timeMs, false};
        place.snapshotInterval = append->snapshotInterval;
        if (auto allNew = refusePacked(connection, *append, place); !allNew)
            return allNew;
        if (auto bound = bindAndCheck(connection, append->document, append->appended.first, append->entries);
            !bound)
            return bound;
        const Seq before = place.head + place.added;
        for (const AppendEntry& entry : append->entries)
            rows.push_back({&append->document, place.head + ++place.added, &entry});
        const Seq interval = append->snapshotInterval;
        append->appended.asksForSnapshot =
            interval > 0 && (place.head + place.added) / interval != before / interval;
    }
    if (auto inserted = insertRows(connection, rows, timeMs); !inserted)
        return inserted;
    if (auto asked = askForSnapshots(connection, places, timeMs); !asked)
        return asked;
    return moveHeads(connection, places, timeMs);
}

Result<void> bindReplica(SqlConnection& connection, const DocumentId& document,
                         const ReplicaBinding& binding) {
    auto known = connection.run("SELECT key_hash FROM replicas WHERE document_id = ? AND replica = ?",
                                {sqlText(document), sqlInteger(binding.replica)});
    if (!known)
        return known.error();
    if (known->next()) {
        if (known->bytes(0) == binding.keyHash)
            return {};
        return Error{ErrorCode::replicaConflict, "the replica id is bound to another key"};
    }
    if (auto fault = known->fault(); !fault)
        return fault;
    auto stored = connection.run(
        "INSERT INTO replicas (document_id, replica, key_hash, name) VALUES (?, ?, ?, ?)",
        {sqlText(document), sqlInteger(binding.replica), sqlBytes(binding.keyHash), sqlText(binding.name)});
    return stored ? Result<void>() : stored.error();
}

Result<void> insertChanges(SqlConnection& connection, const DocumentId& document, Seq first,
                           std::int64_t timeMs, const std::vector<AppendEntry>& entries) {
    if (auto bound = bindAndCheck(connection, document, first, entries); !bound)
        return bound;
    std::vector<NewRow> rows;
    for (const AppendEntry& entry : entries)
        rows.push_back({&document, first++, &entry});
    return insertRows(connection, rows, timeMs);
}

} // namespace tandem
