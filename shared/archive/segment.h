// A piece of a log as one string of bytes, by columns, so that it compresses well. Plain functions without
// state. All numbers are varints of base/byte_writer.h, in this order:
//
//   number of changes n, 1 to maxSegmentChanges
//   seq of the first; the others follow without a hole
//   number of replicas, then their ids
//   n times: whose change it is, as a place in that table
//   n times: time in milliseconds less the time before, zigzag; the first less 0
//   n times: length of the change's bytes
//   number of plain edits, then for each: place of the change less the place before (the first: its place),
//     length of the edit's id, the id
//   the bytes of all changes
#pragma once

#include "archive/logged_change.h"
#include "base/result.h"

#include <optional>
#include <span>
#include <vector>

namespace tandem {

constexpr std::size_t maxSegmentChanges = 4'096;
// Large changes fill a segment earlier: databases take rows up to some size only.
constexpr std::size_t fullSegmentBytes = 8 * 1024 * 1024;

struct SegmentEntry {
    LoggedChange change;
    std::optional<std::string> editId;

    friend bool operator==(const SegmentEntry&, const SegmentEntry&) = default;
};

// Precondition: 1 to maxSegmentChanges entries with successive seqs and replica ids that can be.
std::string encodeSegment(std::span<const SegmentEntry> entries);

// The changes from the one at `first` on that make a segment.
std::vector<SegmentEntry> segmentFrom(const std::vector<LoggedChange>& log, std::size_t first);

// Any bytes are safe: time and memory are in proportion to them. malformed.
Result<std::vector<SegmentEntry>> decodeSegment(std::string_view bytes);

} // namespace tandem
