#include "storage/sql/log_packing.h"

#include "deflate/deflate.h"
#include "storage/sql/checksum.h"

#include <algorithm>

namespace tandem {

namespace {

constexpr int segmentFormat = 1;
constexpr int changeFormat = 1; // FORMAT.md
constexpr std::size_t segmentsAtOnce = 4;
constexpr std::size_t rowsAtOnce = 256; // a driver may hold the whole answer

Error damaged(const DocumentId& document, const std::string& what) {
    return {ErrorCode::internal, "the stored " + what + " of document " + document + " is damaged"};
}

struct Rows {
    std::vector<SegmentEntry> entries;
    std::map<ReplicaId, Counter> highest;
    std::size_t bytes = 0;

    bool isFull() const { return entries.size() == maxSegmentChanges || bytes >= fullSegmentBytes; }
};

// Adds the oldest rows after `after` until it is full; false when there are no more.
Result<bool> readSome(SqlConnection& connection, const DocumentId& document, Seq after, Seq through,
                      Rows& read) {
    auto rows =
        connection.run("SELECT seq, replica, counter, time_ms, format, bytes, edit_id IS NOT NULL, edit_id, "
                       "COALESCE(checksum, -1) FROM "
                       "changes WHERE document_id = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?",
                       {sqlText(document), sqlInteger(after), sqlInteger(through), sqlInteger(rowsAtOnce)});
    if (!rows)
        return rows.error();
    const std::size_t before = read.entries.size();
    while (!read.isFull() && rows->next()) {
        SegmentEntry entry;
        entry.change.seq = static_cast<Seq>(rows->integer(0));
        entry.change.replica = static_cast<ReplicaId>(rows->integer(1));
        entry.change.timeMs = rows->integer(3);
        entry.change.bytes = rows->bytes(5);
        if (rows->integer(6) != 0)
            entry.editId = rows->text(7);
        const bool follows = read.entries.empty() || entry.change.seq == read.entries.back().change.seq + 1;
        if (!follows || rows->integer(4) != changeFormat || entry.change.replica < 1 ||
            entry.change.replica > maxReplicaId || !isWhole(entry.change.bytes, rows->integer(8)))
            return damaged(document, "change " + std::to_string(entry.change.seq));
        Counter& highest = read.highest[entry.change.replica];
        highest = std::max(highest, static_cast<Counter>(rows->integer(2)));
        read.bytes += entry.change.bytes.size();
        read.entries.push_back(std::move(entry));
    }
    if (auto fault = rows->fault(); !fault)
        return fault.error();
    return read.entries.size() > before;
}

// The oldest rows after `after`, at most one segment of them.
Result<Rows> readRows(SqlConnection& connection, const DocumentId& document, Seq after, Seq through) {
    Rows read;
    while (!read.isFull()) {
        const auto more = readSome(connection, document, after, through, read);
        if (!more)
            return more.error();
        if (!*more)
            break;
        after = read.entries.back().change.seq;
    }
    return read;
}

// Another server may have packed the log since this one planned to.
Result<bool> isPacked(SqlConnection& connection, const DocumentId& document, Seq first) {
    auto rows = connection.run("SELECT COUNT(*) FROM segments WHERE document_id = ? AND last_seq >= ?",
                               {sqlText(document), sqlInteger(first)});
    if (!rows)
        return rows.error();
    if (!rows->next())
        return Error{ErrorCode::unavailable, "the segments cannot be counted"};
    return rows->integer(0) > 0;
}

Result<void> raiseHighest(SqlConnection& connection, const DocumentId& document, ReplicaId replica,
                          Counter counter) {
    const auto known = highestPacked(connection, document, replica);
    if (!known)
        return known.error();
    if (counter <= *known)
        return {};
    auto raised =
        connection.run("REPLACE INTO packed_counters (document_id, replica, counter) VALUES (?, ?, ?)",
                       {sqlText(document), sqlInteger(replica), sqlInteger(counter)});
    return raised ? Result<void>() : raised.error();
}

// `bytes` are deflated.
Result<void> insertSegment(SqlConnection& connection, const DocumentId& document, Seq first, Seq last,
                           const std::string& bytes) {
    auto stored = connection.run(
        "INSERT INTO segments (document_id, first_seq, last_seq, format, bytes) VALUES (?, ?, ?, ?, ?)",
        {sqlText(document), sqlInteger(first), sqlInteger(last), segmentFormat, sqlBytes(bytes)});
    return stored ? Result<void>() : stored.error();
}

} // namespace

Result<void> insertSegments(SqlConnection& connection, const DocumentId& document, const ImportedLog& log) {
    for (const ImportedLog::Segment& segment : log.segments) {
        if (auto stored = insertSegment(connection, document, segment.first, segment.last, segment.bytes);
            !stored)
            return stored;
    }
    for (const auto& [replica, counter] : log.highest) {
        if (auto raised = raiseHighest(connection, document, replica, counter); !raised)
            return raised;
    }
    return {};
}

Result<std::vector<PlannedSegment>> planPacking(SqlConnection& connection, const DocumentId& document,
                                                Seq through) {
    std::vector<PlannedSegment> plan;
    Seq after = 0;
    while (plan.size() < segmentsAtOnce) {
        auto rows = readRows(connection, document, after, through);
        if (!rows)
            return rows.error();
        if (!rows->isFull())
            break;
        after = rows->entries.back().change.seq;
        plan.push_back({rows->entries.front().change.seq, after, deflate(encodeSegment(rows->entries)),
                        std::move(rows->highest)});
    }
    return plan;
}

Result<void> moveToSegment(SqlConnection& connection, const DocumentId& document,
                           const PlannedSegment& segment) {
    const QVariant id = sqlText(document);
    const QVariant first = sqlInteger(segment.first);
    const QVariant last = sqlInteger(segment.last);
    const auto packed = isPacked(connection, document, segment.first);
    if (!packed)
        return packed.error();
    if (*packed)
        return {};
    if (auto stored = insertSegment(connection, document, segment.first, segment.last, segment.bytes);
        !stored)
        return stored;
    auto ids = connection.run("INSERT INTO packed_edit_ids (document_id, replica, edit_id, seq) "
                              "SELECT document_id, replica, edit_id, seq FROM changes "
                              "WHERE document_id = ? AND seq >= ? AND seq <= ? AND edit_id IS NOT NULL",
                              {id, first, last});
    if (!ids)
        return ids.error();
    for (const auto& [replica, counter] : segment.highest) {
        if (auto raised = raiseHighest(connection, document, replica, counter); !raised)
            return raised;
    }
    auto removed = connection.run("DELETE FROM changes WHERE document_id = ? AND seq >= ? AND seq <= ?",
                                  {id, first, last});
    if (!removed)
        return removed.error();
    if (removed->affected() != static_cast<int>(segment.last - segment.first + 1))
        return Error{ErrorCode::internal, "the log of document " + document + " was packed meanwhile"};
    return {};
}

Result<void> readSegments(SqlConnection& connection, const DocumentId& document, Seq after, std::size_t limit,
                          std::vector<LoggedChange>& changes) {
    while (changes.size() < limit) {
        auto rows = connection.run("SELECT first_seq, last_seq, format, bytes FROM segments "
                                   "WHERE document_id = ? AND last_seq > ? ORDER BY last_seq LIMIT 1",
                                   {sqlText(document), sqlInteger(after)});
        if (!rows)
            return rows.error();
        if (!rows->next())
            return rows->fault();
        const Seq first = static_cast<Seq>(rows->integer(0));
        const Seq last = static_cast<Seq>(rows->integer(1));
        const Error bad = damaged(document, "log from " + std::to_string(first) + " on");
        const auto bytes = inflate(rows->bytes(3));
        if (rows->integer(2) != segmentFormat || !bytes)
            return bad;
        auto entries = decodeSegment(*bytes);
        if (!entries || entries->front().change.seq != first || entries->back().change.seq != last)
            return bad;
        for (SegmentEntry& entry : *entries) {
            if (entry.change.seq > after && changes.size() < limit)
                changes.push_back(std::move(entry.change));
        }
        after = last;
    }
    return {};
}

Result<Counter> highestPacked(SqlConnection& connection, const DocumentId& document, ReplicaId replica) {
    auto rows = connection.run("SELECT counter FROM packed_counters WHERE document_id = ? AND replica = ?",
                               {sqlText(document), sqlInteger(replica)});
    if (!rows)
        return rows.error();
    if (rows->next())
        return static_cast<Counter>(rows->integer(0));
    if (auto fault = rows->fault(); !fault)
        return fault.error();
    return Counter{0};
}

Result<void> refusePackedEdit(SqlConnection& connection, const DocumentId& document, ReplicaId replica,
                              const std::string& editId) {
    auto rows = connection.run(
        "SELECT seq FROM packed_edit_ids WHERE document_id = ? AND replica = ? AND edit_id = ?",
        {sqlText(document), sqlInteger(replica), sqlText(editId)});
    if (!rows)
        return rows.error();
    if (rows->next())
        return Error{ErrorCode::alreadyExists, "the log has this edit"};
    return rows->fault();
}

} // namespace tandem
