// The frames of RFC 6455 as a server reads and writes them, without a socket. Extensions are not spoken.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tandem {

enum class WebsocketOpcode : std::uint8_t {
    continuation = 0,
    text = 1,
    binary = 2,
    close = 8,
    ping = 9,
    pong = 10,
};

// Appends a whole frame.
void appendFrame(std::string& out, WebsocketOpcode opcode, std::string_view payload);
// What stands in a close frame; a reason that is too long is cut, not within a character.
std::string closePayload(int code, std::string_view reason);
// The answer to an upgrade with this Sec-WebSocket-Key; `protocol` may be empty.
std::string upgradeAnswer(std::string_view key, std::string_view protocol);

// Reads what one client sends. Owned by its connection.
class WebsocketFrameReader {
public:
    class Listener {
    public:
        // A whole message: text is UTF-8.
        virtual void messageCame(std::string_view message) = 0;
        virtual void pingCame(std::string_view payload) = 0;
        virtual void pongCame() = 0;
        // Without a code it is 1005.
        virtual void closeCame(int code) = 0;

    protected:
        ~Listener() = default;
    };

    // What breaks the rules, as the close frame says it.
    struct Fault {
        int code = 0;
        std::string_view reason;
    };

    // No message may be longer than `most`, nor a frame.
    explicit WebsocketFrameReader(std::size_t most) : m_most(most) {}

    // Tells the listener what is whole now, unmasking in place. Behind a fault or a close frame nothing more
    // is to be read.
    std::optional<Fault> read(std::span<char> bytes, Listener& listener);

private:
    struct Head {
        std::size_t size = 0; // with the mask; 0: not whole yet
        WebsocketOpcode opcode = WebsocketOpcode::continuation;
        bool isFinal = false;
        std::uint64_t payload = 0;
    };

    std::optional<Fault> readHead(std::string_view bytes, Head& head) const;
    std::optional<Fault> readWhole(std::span<char>& bytes, Listener& listener);
    std::optional<Fault> take(const Head& head, std::string_view payload, Listener& listener);
    std::optional<Fault> takeData(const Head& head, std::string_view payload, Listener& listener);

    std::size_t m_most;
    std::string m_begun;                                    // of a frame that is not whole yet
    std::size_t m_needed = 0;                               // before it can be looked at again
    std::string m_message;                                  // of one that comes in several frames
    WebsocketOpcode m_kind = WebsocketOpcode::continuation; // of that one; continuation: there is none
};

} // namespace tandem
