// What a ClientSession needs of a connection. Implemented over QWebSocket, in the browser, and by simulated
// networks. The owner of both calls the session's connectionOpened, received and connectionClosed, never from
// within these calls.
#pragma once

#include <string_view>

namespace tandem {

class Transport {
public:
    virtual ~Transport() = default;

    // Starts connecting. One connection at a time.
    virtual void open() = 0;
    // Sends one frame: a WebSocket binary message, or a text message if it is JSON (codec::encodingOf). Only
    // while open.
    virtual void send(std::string_view frame) = 0;
    // Ends the connection; connectionClosed follows unless there was none.
    virtual void close() = 0;
};

} // namespace tandem
