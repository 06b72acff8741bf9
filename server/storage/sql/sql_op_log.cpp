#include "storage/sql/sql_op_log.h"

#include "storage/sql/checksum.h"
#include "storage/sql/log_packing.h"

#include <algorithm>
#include <limits>

namespace tandem {

namespace {

constexpr int changeFormat = 1; // FORMAT.md
constexpr std::size_t headsAtOnce = 100;

Error damaged(const DocumentId& document, std::string_view what) {
    return {ErrorCode::internal,
            "the stored " + std::string(what) + " of document " + document + " is damaged"};
}

bool isStoredReplica(std::int64_t replica) {
    return replica >= 1 && static_cast<ReplicaId>(replica) <= maxReplicaId;
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

void SqlOpLog::append(DocumentId document, std::string epoch, std::vector<AppendEntry> entries,
                      std::function<void(Result<Appended>)> done) {
    m_calls.append({std::move(document), std::move(epoch), std::move(entries), m_snapshotInterval}, m_clock,
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
        static const std::string statement = "SELECT id, epoch, head, meta_revision, access_revision FROM "
                                             "documents WHERE deleted_ms IS NULL AND id IN (?" +
                                             QStringLiteral(",?").repeated(headsAtOnce - 1).toStdString() +
                                             ")";
        std::vector<LogHead> heads;
        for (std::size_t begin = 0; begin < documents.size(); begin += headsAtOnce) {
            QVariantList ids;
            for (std::size_t i = begin; i < begin + headsAtOnce; ++i)
                ids.push_back(i < documents.size() ? sqlText(documents[i]) : QVariant());
            auto rows = connection.run(statement.c_str(), ids);
            if (!rows)
                return rows.error();
            while (rows->next())
                heads.push_back({rows->text(0), rows->text(1), static_cast<Seq>(rows->integer(2)),
                                 static_cast<std::uint64_t>(rows->integer(3)),
                                 static_cast<std::uint64_t>(rows->integer(4))});
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
