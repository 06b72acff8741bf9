#include "storage/sql/sql_snapshot_store.h"

#include "crdt/history.h"
#include "deflate/deflate.h"
#include "storage/sql/log_packing.h"

#include <algorithm>
#include <limits>

namespace tandem {

namespace {

constexpr int snapshotFormat = 1;
// A database takes rows up to some size only.
constexpr std::size_t partBytes = 8 * 1024 * 1024;

// What is ready to be written.
struct Prepared {
    Seq seq = 0;
    std::string snapshot; // deflated
    std::vector<PlannedSegment> segments;
};
using PreparedPointer = std::shared_ptr<const Prepared>;

Result<PreparedPointer> prepare(SqlConnection& connection, const DocumentId& document, Seq seq,
                                const std::string& bytes) {
    auto segments = planPacking(connection, document, seq);
    if (!segments)
        return segments.error();
    return std::make_shared<const Prepared>(Prepared{seq, deflate(bytes), std::move(*segments)});
}

// All but the newest, the one before it, and the first of every so many versions: any version of the past is
// one of those and a short replay.
Result<void> dropOldSnapshots(SqlConnection& connection, const DocumentId& document, Seq newest) {
    Seq before = 0;
    {
        auto rows =
            connection.run("SELECT COALESCE(MAX(seq), 0) FROM snapshots WHERE document_id = ? AND seq < ?",
                           {sqlText(document), sqlInteger(newest)});
        if (!rows)
            return rows.error();
        if (!rows->next())
            return rows->fault();
        before = static_cast<Seq>(rows->integer(0));
    }
    const QVariant interval = sqlInteger(History::checkpointInterval);
    auto dropped =
        connection.run("DELETE FROM snapshots WHERE document_id = ? AND seq < ? AND seq NOT IN ("
                       "SELECT seq FROM (SELECT MIN(seq) AS seq FROM snapshots "
                       "WHERE document_id = ? AND seq >= ? GROUP BY seq - seq % ?) AS checkpoints)",
                       {sqlText(document), sqlInteger(before), sqlText(document), interval, interval});
    return dropped ? Result<void>() : dropped.error();
}

// Of those that dropOldSnapshots removed.
Result<void> dropLooseParts(SqlConnection& connection, const DocumentId& document) {
    auto dropped = connection.run("DELETE FROM snapshot_parts WHERE document_id = ? AND seq NOT IN ("
                                  "SELECT seq FROM snapshots WHERE document_id = ?)",
                                  {sqlText(document), sqlText(document)});
    return dropped ? Result<void>() : dropped.error();
}

// The snapshot and its segments are of a log that a restore may have replaced meanwhile.
Result<void> refuseAnotherLog(SqlConnection& connection, const DocumentId& document,
                              const std::string& epoch) {
    auto epochs = connection.run("SELECT epoch FROM documents WHERE id = ?", {sqlText(document)});
    if (!epochs)
        return epochs.error();
    if (!epochs->next()) {
        if (auto fault = epochs->fault(); !fault)
            return fault.error();
        return Error{ErrorCode::notFound, "there is no document " + document};
    }
    if (epochs->text(0) != epoch)
        return Error{ErrorCode::logReplaced, "document " + document + " was restored from a backup"};
    return {};
}

// What of the snapshot does not fit into its own row.
Result<void> writeParts(SqlConnection& connection, const DocumentId& document, const Prepared& prepared) {
    const QVariant seq = sqlInteger(prepared.seq);
    // Of one at this version that was stored before.
    if (auto dropped = connection.run("DELETE FROM snapshot_parts WHERE document_id = ? AND seq = ?",
                                      {sqlText(document), seq});
        !dropped)
        return dropped.error();
    for (std::size_t part = 1; part * partBytes < prepared.snapshot.size(); ++part) {
        auto stored =
            connection.run("INSERT INTO snapshot_parts (document_id, seq, part, bytes) VALUES (?, ?, ?, ?)",
                           {sqlText(document), seq, sqlInteger(part),
                            sqlBytes(prepared.snapshot.substr(part * partBytes, partBytes))});
        if (!stored)
            return stored.error();
    }
    return {};
}

// Appends them to `bytes`. One that is missing is damage, which inflate() finds.
Result<void> readParts(SqlConnection& connection, const DocumentId& document, Seq seq, std::string& bytes) {
    for (std::size_t part = 1; bytes.size() == part * partBytes; ++part) {
        auto rows =
            connection.run("SELECT bytes FROM snapshot_parts WHERE document_id = ? AND seq = ? AND part = ?",
                           {sqlText(document), sqlInteger(seq), sqlInteger(part)});
        if (!rows)
            return rows.error();
        if (!rows->next())
            return rows->fault();
        bytes += rows->bytes(0);
    }
    return {};
}

Result<void> write(SqlConnection& connection, const DocumentId& document, const std::string& epoch,
                   const Prepared& prepared, std::int64_t timeMs) {
    if (auto isThisLog = refuseAnotherLog(connection, document, epoch); !isThisLog)
        return isThisLog;
    auto stored = connection.run(
        "REPLACE INTO snapshots (document_id, seq, format, bytes, created_ms) VALUES (?, ?, ?, ?, ?)",
        {sqlText(document), sqlInteger(prepared.seq), snapshotFormat,
         sqlBytes(prepared.snapshot.substr(0, partBytes)), sqlInteger(static_cast<std::uint64_t>(timeMs))});
    if (!stored)
        return stored.error();
    if (auto parts = writeParts(connection, document, prepared); !parts)
        return parts;
    for (const PlannedSegment& segment : prepared.segments) {
        if (auto moved = moveToSegment(connection, document, segment); !moved)
            return moved;
    }
    if (auto dropped = dropOldSnapshots(connection, document, prepared.seq); !dropped)
        return dropped;
    return dropLooseParts(connection, document);
}

} // namespace

Result<std::optional<StoredSnapshot>> readSnapshot(SqlConnection& connection, const DocumentId& document,
                                                   Seq upTo) {
    auto rows = connection.run("SELECT seq, format, bytes FROM snapshots "
                               "WHERE document_id = ? AND seq <= ? ORDER BY seq DESC LIMIT 1",
                               {sqlText(document), sqlInteger(upTo)});
    if (!rows)
        return rows.error();
    if (!rows->next()) {
        if (auto fault = rows->fault(); !fault)
            return fault.error();
        return std::optional<StoredSnapshot>();
    }
    StoredSnapshot snapshot;
    snapshot.seq = static_cast<Seq>(rows->integer(0));
    std::string stored = rows->bytes(2);
    if (auto whole = readParts(connection, document, snapshot.seq, stored); !whole)
        return whole.error();
    if (auto bytes = inflate(stored); bytes && rows->integer(1) == snapshotFormat)
        snapshot.bytes = std::move(*bytes);
    return std::optional(std::move(snapshot));
}

void SqlSnapshotStore::store(DocumentId document, std::string epoch, Seq seq,
                             std::shared_ptr<const std::string> bytes,
                             std::function<void(Result<void>)> done) {
    m_calls.read<PreparedPointer>(
        document,
        [document, seq, bytes = std::move(bytes)](SqlConnection& connection) {
            return prepare(connection, document, seq, *bytes);
        },
        [this, document, epoch = std::move(epoch), done = std::move(done)](Result<PreparedPointer> prepared) {
            if (!prepared)
                return done(prepared.error());
            // What is lost of it stands in the log still.
            m_calls.changeLoosely<void>(
                document,
                [this, document, epoch, ready = *prepared](SqlConnection& connection) {
                    return write(connection, document, epoch, *ready, m_clock.wallMs());
                },
                done);
        });
}

void SqlSnapshotStore::latest(DocumentId document, Seq upTo,
                              std::function<void(Result<std::optional<StoredSnapshot>>)> done) {
    constexpr Seq most = std::numeric_limits<std::int64_t>::max();
    m_calls.read<std::optional<StoredSnapshot>>(
        document,
        [document, upTo = std::min(upTo, most)](SqlConnection& connection) {
            return readingOneState(connection, [&] { return readSnapshot(connection, document, upTo); });
        },
        std::move(done));
}

} // namespace tandem
