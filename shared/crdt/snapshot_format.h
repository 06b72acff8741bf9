// What writer and reader of snapshots of format 2 share (FORMAT.md).
#pragma once

#include "crdt/snapshot_columns.h"

#include <string_view>

namespace tandem::snapshot_format {

constexpr std::string_view magic = "TDS2";
constexpr std::string_view deletedMagic = "TDD2";

// A piece's flags: 2 bits kind, 1 bit deleted, 5 bits step.
enum Kind : unsigned { continuation = 0, head = 1, border = 2 };
constexpr unsigned kindMask = 3;
constexpr unsigned deletedFlag = 4;
constexpr unsigned stepShift = 3;
constexpr std::uint32_t longStep = 31; // more is in a column of its own

// The root's, which no column names.
constexpr RunNumber rootRun = ~RunNumber{0};

// The distance of a rank from the expected one, small ones first.
constexpr std::uint64_t zigzag(std::uint32_t value, std::uint32_t expected) {
    return value >= expected ? std::uint64_t{value - expected} * 2 : std::uint64_t{expected - value} * 2 - 1;
}
constexpr std::int64_t unzigzag(std::uint64_t code) {
    return (code & 1) == 0 ? static_cast<std::int64_t>(code / 2) : -static_cast<std::int64_t>(code / 2) - 1;
}

} // namespace tandem::snapshot_format
