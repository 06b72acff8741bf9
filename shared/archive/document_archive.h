// A document with its whole history as one file, which makes an equal document on any server. Not in it:
// share links, snapshots, and the ids of plain edits. Pure functions without state.
//
//   "TDA1"
//   varint size of the head, the head: JSON {title, created, replicas: [{id, key, name}], versions:
//   [{version,
//     label, named}]}; times are milliseconds since 1970, a key is the SHA-256 of the replica key in
//     base64url
//   then, to the end: varint size, a segment (archive/segment.h), whose versions go on where the one before
//   ended
//
// The file is this, deflated (deflate/deflate.h).
#pragma once

#include "archive/segment.h"

namespace tandem {

// Times within are between 1970 and the end of the year 9999.
constexpr std::int64_t latestArchiveMs = 253'402'300'799'999;

constexpr const char* archiveType = "application/vnd.tandem.archive";

struct DocumentArchive {
    std::string title;
    std::int64_t createdMs = 0;
    std::vector<ReplicaBinding> replicas;
    std::vector<NamedVersion> names;
    std::vector<LoggedChange> log; // from the first
};

std::string encodeArchive(const DocumentArchive& archive);

// Any bytes are safe: time and memory are in proportion to them. malformed, limitExceeded: more changes than
// limits::archiveChanges, or a larger one than a log takes. The log is not checked.
Result<DocumentArchive> decodeArchive(std::string_view bytes);

// What is said of bytes that are none.
Error damagedArchive();

} // namespace tandem
