// WebSocket frames (RFC 6455) as a client writes and reads them, without a socket. Enough for a server that
// keeps to the standard and sends each message as one frame, as Tandem's does: anything else is an error.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace tandem::load {

enum class Opcode : std::uint8_t { text = 1, binary = 2, close = 8, ping = 9, pong = 10 };

// Appends one masked frame to `out`.
void appendClientFrame(std::string& out, Opcode opcode, std::string_view payload, std::uint32_t mask);

class ServerFrames {
public:
    using Take = std::function<void(Opcode, std::string_view)>;

    // Gives each frame that is whole now to `take`. False: the server broke the standard.
    bool read(std::string_view bytes, const Take& take);
    void clear() { m_begun.clear(); }

private:
    std::string m_begun; // of a frame that is not whole yet
};

} // namespace tandem::load
