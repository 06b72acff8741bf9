// What went wrong, as a value: a code for programs and a sentence for people.
// The sentence never holds document text or secrets.
#pragma once

#include <string>
#include <string_view>

namespace tandem {

enum class ErrorCode {
    malformed,        // bytes or JSON that are not what the format says
    invalidArgument,  // well-formed, but not allowed here
    unknownType,      // a message of a kind that this version does not know
    outOfRange,       // an index beyond the text
    limitExceeded,    // over a size or count of limits.h
    unknownReference, // a change names an element that is not there
    counterGap,       // a replica's change does not follow its last one
    replicaConflict,  // the replica id belongs to someone else, or its counters overlap
    notFound,
    alreadyExists,
    unauthenticated, // nothing was shown that says who asks
    notAllowed,
    versionTooOld,
    conditionFailed, // what was to be replaced has changed meanwhile
    logReplaced,     // the document was restored from a backup: its log is another one now
    unavailable,     // the database or a peer cannot be reached now; trying again may help
    internal,
};

// The word for `code` in messages on the wire and in logs, e.g. "unknown_reference".
std::string_view wordFor(ErrorCode code);

struct Error {
    ErrorCode code = ErrorCode::internal;
    std::string detail;
};

} // namespace tandem
