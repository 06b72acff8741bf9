// The others' carets that a client is not told while it reads slowly: they are dropped before anything else,
// and told as they then are once it has read. Owned by its session; lives on the event loop.
#pragma once

#include "protocol/limits.h"
#include "sessions/connection.h"

#include <utility>

namespace tandem {

class MissedCursors {
public:
    // May a caret be told now? Else it is noted that one was missed.
    bool mayTell(const Connection& connection) {
        const bool keepsUp = connection.queuedBytes() <= limits::outboundBytesWithCursors;
        m_missed = m_missed || !keepsUp;
        return keepsUp;
    }
    // Some were missed, and the client has read: asked about once a second, and true once.
    bool areDue(const Connection& connection) {
        return connection.queuedBytes() <= limits::outboundBytesWithCursors && std::exchange(m_missed, false);
    }

private:
    bool m_missed = false;
};

} // namespace tandem
