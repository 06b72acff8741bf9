// How fast one connection may send. Owned by its session; lives on the event loop.
#pragma once

#include "base/clock.h"
#include "base/token_bucket.h"
#include "protocol/limits.h"

#include <string_view>

namespace tandem {

class IncomingRate {
public:
    explicit IncomingRate(const Clock& clock)
        : m_clock(clock)
        , m_messages(limits::messagesPerSecond, limits::messagesAtOnce, clock.monotonicMs())
        , m_bytes(limits::receivedBytesPerSecond, limits::receivedBytesAtOnce, clock.monotonicMs()) {}

    // Counts a frame. False: it is too much.
    bool allows(std::string_view frame) {
        const std::int64_t now = m_clock.monotonicMs();
        return m_messages.take(1, now) && m_bytes.take(static_cast<std::int64_t>(frame.size()), now);
    }

private:
    const Clock& m_clock;
    TokenBucket m_messages;
    TokenBucket m_bytes;
};

} // namespace tandem
