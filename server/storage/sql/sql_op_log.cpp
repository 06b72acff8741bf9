#include "storage/sql/sql_op_log.h"

#include "protocol/limits.h"
#include "storage/sql/checksum.h"
#include "storage/sql/log_packing.h"

#include <algorithm>
#include <limits>
#include <span>

namespace tandem {

namespace {

constexpr int changeFormat = 1; // FORMAT.md
constexpr std::size_t headsAtOnce = 100;
constexpr std::size_t insertBytes = 4 * 1024 * 1024;

Error damaged(const DocumentId& document, std::string_view what) {
    return {ErrorCode::internal,
            "the stored " + std::string(what) + " of document " + document + " is damaged"};
}

bool isStoredReplica(std::int64_t replica) {
    return replica >= 1 && static_cast<ReplicaId>(replica) <= maxReplicaId;
}

// What the unique keys of `changes` cannot see: changes that are in segments.
Result<void> refusePacked(SqlConnection& connection, const DocumentId& document,
                          const std::vector<AppendEntry>& entries) {
    std::map<ReplicaId, Counter> highest;
    for (const AppendEntry& entry : entries) {
        const auto [known, isNew] = highest.emplace(entry.replica, 0);
        if (isNew) {
            const auto packed = highestPacked(connection, document, entry.replica);
            if (!packed)
                return packed.error();
            known->second = *packed;
        }
        if (entry.first <= known->second)
            return Error{ErrorCode::alreadyExists, "the log has this change"};
        // A replica without packed changes has no packed edits.
        if (entry.editId && known->second > 0) {
            if (auto isNewEdit = refusePackedEdit(connection, document, entry.replica, *entry.editId);
                !isNewEdit)
                return isNewEdit;
        }
    }
    return {};
}

// How many rows the next INSERT takes: one of a few numbers, so that there are few statements, and few enough
// for what a database takes at once.
std::size_t rowsAtOnce(std::span<const AppendEntry> entries) {
    static_assert(8 * limits::changeBytes <= insertBytes);
    if (entries.size() < 8)
        return 1;
    if (entries.size() < 64)
        return 8;
    std::size_t bytes = 0;
    for (const AppendEntry& entry : entries.first(64))
        bytes += entry.bytes.size();
    return bytes <= insertBytes ? 64 : 8;
}

// Statements for 1, 8 and 64 rows, made once.
const char* insertFor(std::size_t rows) {
    static const auto make = [](std::size_t count) {
        std::string statement =
            "INSERT INTO changes (document_id, seq, replica, counter, time_ms, format, edit_id, "
            "bytes, checksum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
        for (std::size_t i = 1; i < count; ++i)
            statement += ", (?, ?, ?, ?, ?, ?, ?, ?, ?)";
        return statement;
    };
    static const std::map<std::size_t, std::string> statements{{1, make(1)}, {8, make(8)}, {64, make(64)}};
    return statements.at(rows).c_str();
}

Result<void> insertRows(SqlConnection& connection, const DocumentId& document, Seq first, std::int64_t timeMs,
                        std::span<const AppendEntry> entries) {
    const QVariant id = sqlText(document);
    const QVariant time = sqlTime(timeMs);
    QVariantList values;
    for (const AppendEntry& entry : entries) {
        values += {id,
                   sqlInteger(first++),
                   sqlInteger(entry.replica),
                   sqlInteger(entry.first),
                   time,
                   changeFormat,
                   entry.editId ? sqlText(*entry.editId) : QVariant(),
                   sqlBytes(entry.bytes),
                   sqlInteger(checksumOf(entry.bytes))};
    }
    auto stored = connection.run(insertFor(entries.size()), values);
    return stored ? Result<void>() : stored.error();
}

Result<Appended> appendChanges(SqlConnection& connection, const DocumentId& document,
                               const std::string& epoch, std::int64_t timeMs,
                               const std::vector<AppendEntry>& entries) {
    auto moved = connection.run(
        "UPDATE documents SET head = head + ?, updated_ms = ? WHERE id = ? AND deleted_ms IS NULL",
        {sqlInteger(entries.size()), sqlInteger(static_cast<std::uint64_t>(timeMs)), sqlText(document)});
    if (!moved)
        return moved.error();
    if (moved->affected() != 1)
        return Error{ErrorCode::notFound, "there is no document " + document};
    const auto head = readHead(connection, document, epoch);
    if (!head)
        return head.error();
    if (*head < entries.size())
        return damaged(document, "head");
    if (auto allNew = refusePacked(connection, document, entries); !allNew)
        return allNew.error();
    const Appended appended{*head - entries.size() + 1, timeMs};
    if (auto stored = insertChanges(connection, document, appended.first, timeMs, entries); !stored)
        return stored.error();
    return appended;
}

} // namespace

Result<Seq> readHead(SqlConnection& connection, const DocumentId& document, const std::string& epoch) {
    auto heads = connection.run("SELECT head, epoch FROM documents WHERE id = ?", {sqlText(document)});
    if (!heads)
        return heads.error();
    if (!heads->next()) {
        if (auto fault = heads->fault(); !fault)
            return fault.error();
        return Error{ErrorCode::notFound, "there is no document " + document};
    }
    if (heads->text(1) != epoch)
        return Error{ErrorCode::logReplaced, "document " + document + " was restored from a backup"};
    return static_cast<Seq>(heads->integer(0));
}

Result<std::vector<LoggedChange>> readLoggedChanges(SqlConnection& connection, const DocumentId& document,
                                                    const std::string& epoch, Seq after, std::size_t limit) {
    if (const auto head = readHead(connection, document, epoch); !head)
        return head.error();
    std::vector<LoggedChange> changes;
    if (auto packed = readSegments(connection, document, after, limit, changes); !packed)
        return packed.error();
    if (!changes.empty())
        after = changes.back().seq;
    auto rows =
        connection.run("SELECT seq, replica, time_ms, format, bytes, COALESCE(checksum, -1) FROM changes "
                       "WHERE document_id = ? AND seq > ? ORDER BY seq LIMIT ?",
                       {sqlText(document), sqlInteger(after), sqlInteger(limit - changes.size())});
    if (!rows)
        return rows.error();
    while (rows->next()) {
        LoggedChange change{static_cast<Seq>(rows->integer(0)), static_cast<ReplicaId>(rows->integer(1)),
                            rows->integer(2), rows->bytes(4)};
        if (!isStoredReplica(rows->integer(1)) || rows->integer(3) != changeFormat ||
            !isWhole(change.bytes, rows->integer(5)))
            return damaged(document, "change " + std::to_string(change.seq));
        changes.push_back(std::move(change));
    }
    if (auto fault = rows->fault(); !fault)
        return fault.error();
    return changes;
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
    seq = first;
    for (std::span<const AppendEntry> rest = entries; !rest.empty();) {
        const auto now = rest.first(rowsAtOnce(rest));
        if (auto inserted = insertRows(connection, document, seq, timeMs, now); !inserted)
            return inserted;
        seq += now.size();
        rest = rest.subspan(now.size());
    }
    return {};
}

void SqlOpLog::append(DocumentId document, std::string epoch, std::vector<AppendEntry> entries,
                      std::function<void(Result<Appended>)> done) {
    m_calls.write<Appended>(
        document,
        [this, document, epoch = std::move(epoch), entries = std::move(entries)](SqlConnection& connection) {
            return appendChanges(connection, document, epoch, m_clock.wallMs(), entries);
        },
        std::move(done));
}

void SqlOpLog::readAfter(DocumentId document, std::string epoch, Seq after, std::size_t limit,
                         std::function<void(Result<std::vector<LoggedChange>>)> done) {
    constexpr std::uint64_t most = std::numeric_limits<std::int64_t>::max();
    const auto work = [document, epoch = std::move(epoch), after = std::min<std::uint64_t>(after, most),
                       limit = std::min<std::uint64_t>(limit, most)](
                          SqlConnection& connection) -> Result<std::vector<LoggedChange>> {
        // Between two reads the log may be packed or replaced.
        return readingOneState(connection,
                               [&] { return readLoggedChanges(connection, document, epoch, after, limit); });
    };
    m_calls.read<std::vector<LoggedChange>>(document, work, std::move(done));
}

void SqlOpLog::readHeads(std::vector<DocumentId> documents,
                         std::function<void(Result<std::vector<LogHead>>)> done) {
    const auto work = [documents =
                           std::move(documents)](SqlConnection& connection) -> Result<std::vector<LogHead>> {
        // One statement for any number, so that it is prepared once: what is left over asks for nothing.
        static const std::string statement =
            "SELECT id, epoch, head FROM documents WHERE deleted_ms IS NULL AND id IN (?" +
            QStringLiteral(",?").repeated(headsAtOnce - 1).toStdString() + ")";
        std::vector<LogHead> heads;
        for (std::size_t begin = 0; begin < documents.size(); begin += headsAtOnce) {
            QVariantList ids;
            for (std::size_t i = begin; i < begin + headsAtOnce; ++i)
                ids.push_back(i < documents.size() ? sqlText(documents[i]) : QVariant());
            auto rows = connection.run(statement.c_str(), ids);
            if (!rows)
                return rows.error();
            while (rows->next())
                heads.push_back({rows->text(0), rows->text(1), static_cast<Seq>(rows->integer(2))});
            if (auto fault = rows->fault(); !fault)
                return fault.error();
        }
        return heads;
    };
    // Of no document in particular: no answer waits for this one.
    m_calls.read<std::vector<LogHead>>({}, work, std::move(done));
}

void SqlOpLog::readBindings(DocumentId document,
                            std::function<void(Result<std::vector<ReplicaBinding>>)> done) {
    const auto work = [document](SqlConnection& connection) -> Result<std::vector<ReplicaBinding>> {
        auto rows = connection.run(
            "SELECT replica, key_hash, name FROM replicas WHERE document_id = ? ORDER BY replica",
            {sqlText(document)});
        if (!rows)
            return rows.error();
        std::vector<ReplicaBinding> bindings;
        while (rows->next()) {
            if (!isStoredReplica(rows->integer(0)))
                return damaged(document, "list of replicas");
            bindings.push_back({static_cast<ReplicaId>(rows->integer(0)), rows->bytes(1), rows->text(2)});
        }
        if (auto fault = rows->fault(); !fault)
            return fault.error();
        return bindings;
    };
    m_calls.read<std::vector<ReplicaBinding>>(document, work, std::move(done));
}

void SqlOpLog::readEditIds(DocumentId document, ReplicaId replica,
                           std::function<void(Result<std::vector<EditId>>)> done) {
    const auto work = [document, replica](SqlConnection& connection) -> Result<std::vector<EditId>> {
        auto rows = connection.run(
            "SELECT edit_id, seq FROM packed_edit_ids WHERE document_id = ? AND replica = ? "
            "UNION ALL "
            "SELECT edit_id, seq FROM changes WHERE document_id = ? AND replica = ? AND edit_id IS NOT NULL "
            "ORDER BY seq",
            {sqlText(document), sqlInteger(replica), sqlText(document), sqlInteger(replica)});
        if (!rows)
            return rows.error();
        std::vector<EditId> ids;
        while (rows->next())
            ids.push_back({rows->text(0), static_cast<Seq>(rows->integer(1))});
        if (auto fault = rows->fault(); !fault)
            return fault.error();
        return ids;
    };
    m_calls.read<std::vector<EditId>>(document, work, std::move(done));
}

} // namespace tandem
