// The socket of one session, as the session sees it. Owned, like the session, by the door that accepted it;
// lives on the event loop. Not to be deleted from within its calls.
#pragma once

#include "base/error.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace tandem {

// A frame that goes to several members is encoded once and shared.
using Frame = std::shared_ptr<const std::string>;

// Close codes of PROTOCOL.md.
enum class CloseCode : int {
    normal = 1000,
    goingAway = 1001,
    policy = 1008,
    frameTooBig = 1009,
    internal = 1011,
    restart = 1012,
    lagging = 1013,
    badMessage = 4400,
    signIn = 4401,
    notAllowed = 4403,
    noSuchDocument = 4404,
    noHello = 4408,
    replicaConflict = 4409,
    tooBig = 4413,
    tooFast = 4429,
};

// How a connection ends that a document refuses.
CloseCode closeCodeFor(const Error& error);

class Connection {
public:
    virtual ~Connection() = default;

    // Queues one frame: a WebSocket binary message, or a text message if it is JSON (codec::encodingOf).
    // Nothing happens after close().
    virtual void send(const Frame& frame) = 0;
    // A large answer in parts, made as the network takes them and not counted as lag; what is sent after it
    // waits behind it. `next` gives nothing after the last part. It is not called after the session's
    // closed(). Whoever asks for a third one before the first has left is lagging.
    virtual void sendParts(std::function<Frame()> next) = 0;
    // Bytes queued and not taken by the network yet, of frames behind the last part.
    virtual std::size_t queuedBytes() const = 0;
    // Sends what is queued, then closes.
    virtual void close(CloseCode code, std::string_view reason) = 0;
};

} // namespace tandem
