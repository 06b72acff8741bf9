#include "base/error.h"

namespace tandem {

std::string_view wordFor(ErrorCode code) {
    switch (code) {
    case ErrorCode::malformed:
        return "malformed";
    case ErrorCode::invalidArgument:
        return "invalid_argument";
    case ErrorCode::unknownType:
        return "unknown_type";
    case ErrorCode::outOfRange:
        return "out_of_range";
    case ErrorCode::limitExceeded:
        return "limit_exceeded";
    case ErrorCode::unknownReference:
        return "unknown_reference";
    case ErrorCode::counterGap:
        return "counter_gap";
    case ErrorCode::replicaConflict:
        return "replica_conflict";
    case ErrorCode::notFound:
        return "not_found";
    case ErrorCode::alreadyExists:
        return "already_exists";
    case ErrorCode::unauthenticated:
        return "unauthenticated";
    case ErrorCode::notAllowed:
        return "not_allowed";
    case ErrorCode::logReplaced:
        return "log_replaced";
    case ErrorCode::versionTooOld:
        return "version_too_old";
    case ErrorCode::conditionFailed:
        return "condition_failed";
    case ErrorCode::unavailable:
        return "unavailable";
    case ErrorCode::internal:
        return "internal";
    }
    return "internal";
}

} // namespace tandem
