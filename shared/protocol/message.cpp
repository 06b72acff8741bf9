#include "protocol/message.h"

#include "protocol/limits.h"

namespace tandem::message {

Limits announcedLimits() {
    return {
        {"frame_bytes", limits::frameBytes},
        {"change_bytes", limits::changeBytes},
        {"body_bytes", limits::bodyBytes},
        {"document_bytes", limits::documentBytes},
        {"name_length", limits::nameLength},
        {"title_length", limits::titleLength},
        {"client_length", limits::clientLength},
        {"token_length", limits::tokenLength},
        {"edit_id_length", limits::editIdLength},
        {"replicas_per_hello", limits::replicasPerHello},
        {"changes_per_submit", limits::changesPerSubmit},
        {"colors", limits::colors},
        {"nesting", limits::nesting},
        {"messages_per_second", limits::messagesPerSecond},
        {"messages_at_once", limits::messagesAtOnce},
        {"bytes_per_second", limits::receivedBytesPerSecond},
        {"bytes_at_once", limits::receivedBytesAtOnce},
        {"cursors_per_second", 1000 / limits::cursorIntervalMs},
        {"hello_within_ms", limits::helloTimeoutMs},
        {"ping_after_ms", limits::pingAfterMs},
        {"dead_after_ms", limits::deadAfterMs},
    };
}

} // namespace tandem::message
