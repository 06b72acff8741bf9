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
        {"edit_id_length", limits::editIdLength},
        {"changes_per_submit", limits::changesPerSubmit},
        {"nesting", limits::nesting},
        {"messages_per_second", limits::messagesPerSecond},
        {"messages_at_once", limits::messagesAtOnce},
        {"bytes_per_second", limits::receivedBytesPerSecond},
        {"bytes_at_once", limits::receivedBytesAtOnce},
    };
}

} // namespace tandem::message
