#include "sessions/connection.h"

namespace tandem {

CloseCode closeCodeFor(const Error& error) {
    switch (error.code) {
    case ErrorCode::notFound:
        return CloseCode::noSuchDocument;
    case ErrorCode::unauthenticated:
        return CloseCode::signIn;
    case ErrorCode::notAllowed:
        return CloseCode::notAllowed;
    case ErrorCode::unavailable:
    case ErrorCode::logReplaced:
        return CloseCode::restart;
    case ErrorCode::replicaConflict:
        return CloseCode::replicaConflict;
    default:
        return CloseCode::internal;
    }
}

} // namespace tandem
