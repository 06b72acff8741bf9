#include "archive/segment.h"

#include "base/byte_reader.h"
#include "base/byte_writer.h"

#include <cassert>
#include <limits>
#include <map>

namespace tandem {

namespace {

// Times are subtracted as unsigned numbers: what wraps around comes back the same.
std::uint64_t zigzag(std::uint64_t difference) {
    return (difference << 1) ^ (difference >> 63 ? ~std::uint64_t{0} : 0);
}

std::uint64_t unzigzag(std::uint64_t value) {
    return (value >> 1) ^ (value & 1 ? ~std::uint64_t{0} : 0);
}

void writeReplicas(ByteWriter& writer, std::span<const SegmentEntry> entries) {
    std::map<ReplicaId, std::size_t> places;
    std::vector<ReplicaId> table;
    for (const SegmentEntry& entry : entries) {
        if (places.emplace(entry.change.replica, table.size()).second)
            table.push_back(entry.change.replica);
    }
    writer.varint(table.size());
    for (const ReplicaId replica : table)
        writer.varint(replica);
    for (const SegmentEntry& entry : entries)
        writer.varint(places.at(entry.change.replica));
}

void readReplicas(ByteReader& reader, std::vector<SegmentEntry>& entries) {
    std::vector<ReplicaId> table(reader.varintUpTo(entries.size()));
    for (ReplicaId& replica : table) {
        replica = reader.varintUpTo(maxReplicaId);
        if (replica == 0)
            reader.fail();
    }
    if (table.empty())
        return reader.fail();
    for (SegmentEntry& entry : entries)
        entry.change.replica = table[reader.varintUpTo(table.size() - 1)];
}

void writeEditIds(ByteWriter& writer, std::span<const SegmentEntry> entries) {
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (entries[i].editId)
            places.push_back(i);
    }
    writer.varint(places.size());
    std::size_t before = 0;
    for (const std::size_t place : places) {
        writer.varint(place - before);
        writer.varint(entries[place].editId->size());
        writer.bytes(*entries[place].editId);
        before = place;
    }
}

void readEditIds(ByteReader& reader, std::vector<SegmentEntry>& entries) {
    const std::size_t count = reader.varintUpTo(entries.size());
    std::size_t place = 0;
    for (std::size_t i = 0; i < count && reader.ok(); ++i) {
        const std::size_t step = reader.varintUpTo(entries.size() - 1 - place);
        if (i > 0 && step == 0)
            return reader.fail();
        place += step;
        entries[place].editId = std::string(reader.bytes(reader.varint()));
    }
}

} // namespace

std::vector<SegmentEntry> segmentFrom(const std::vector<LoggedChange>& log, std::size_t first) {
    std::vector<SegmentEntry> entries;
    std::size_t bytes = 0;
    for (std::size_t i = first;
         i < log.size() && entries.size() < maxSegmentChanges && bytes < fullSegmentBytes; ++i) {
        bytes += log[i].bytes.size();
        entries.push_back({log[i], std::nullopt});
    }
    return entries;
}

std::string encodeSegment(std::span<const SegmentEntry> entries) {
    assert(!entries.empty() && entries.size() <= maxSegmentChanges);
    ByteWriter writer;
    writer.varint(entries.size());
    writer.varint(entries.front().change.seq);
    writeReplicas(writer, entries);
    std::uint64_t before = 0;
    for (const SegmentEntry& entry : entries) {
        const auto time = static_cast<std::uint64_t>(entry.change.timeMs);
        writer.varint(zigzag(time - before));
        before = time;
    }
    for (const SegmentEntry& entry : entries)
        writer.varint(entry.change.bytes.size());
    writeEditIds(writer, entries);
    for (const SegmentEntry& entry : entries)
        writer.bytes(entry.change.bytes);
    return std::move(writer).take();
}

Result<std::vector<SegmentEntry>> decodeSegment(std::string_view bytes) {
    constexpr auto largestSeq = static_cast<Seq>(std::numeric_limits<std::int64_t>::max());
    const Error malformed{ErrorCode::malformed, "the bytes are not a segment of a log"};
    ByteReader reader(bytes);
    const std::size_t count = reader.varintUpTo(maxSegmentChanges);
    if (count == 0 || count > reader.remaining())
        return malformed;
    std::vector<SegmentEntry> entries(count);
    Seq seq = reader.varintUpTo(largestSeq - maxSegmentChanges);
    if (seq == 0)
        return malformed;
    for (SegmentEntry& entry : entries)
        entry.change.seq = seq++;
    readReplicas(reader, entries);
    std::uint64_t time = 0;
    for (SegmentEntry& entry : entries) {
        time += unzigzag(reader.varint());
        entry.change.timeMs = static_cast<std::int64_t>(time);
    }
    std::vector<std::uint64_t> lengths(count);
    for (std::uint64_t& length : lengths)
        length = reader.varintUpTo(bytes.size());
    readEditIds(reader, entries);
    for (std::size_t i = 0; i < count; ++i)
        entries[i].change.bytes = std::string(reader.bytes(lengths[i]));
    if (!reader.ok() || !reader.atEnd())
        return malformed;
    return entries;
}

} // namespace tandem
