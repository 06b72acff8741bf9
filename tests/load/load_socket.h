// One WebSocket of the load generator on a plain descriptor: connects, upgrades, and sends what one turn of
// the loop gathered in one write. Owned by a client; one thread; borrows the poller and the owner.
#pragma once

#include "load/poller.h"
#include "load/websocket_frames.h"

#include <string>

namespace tandem::load {

struct ServerAddress {
    std::string host; // IPv4
    std::uint16_t port = 0;

    // "http://127.0.0.1:8000"; host is empty when it is no such address.
    static ServerAddress parse(const std::string& url);
};

class SocketOwner {
public:
    virtual ~SocketOwner() = default;
    virtual void socketOpened() = 0;
    virtual void socketReceived(std::string_view message) = 0;
    // Never from within a call of the socket.
    virtual void socketClosed(int code, std::string_view reason) = 0;
};

class LoadSocket final : private PolledSocket {
public:
    // `source`: the address it comes from.
    LoadSocket(Poller& poller, SocketOwner& owner, std::string source);
    ~LoadSocket() override;

    void open(const ServerAddress& server, const std::string& document);
    void send(Opcode opcode, std::string_view payload);
    // Ends it without a word to anyone.
    void drop();
    // Writes what was gathered. At the end of each turn in which something was sent.
    void flush();

    bool isConnected() const { return m_state != State::none; }
    std::uint64_t receivedBytes() const { return m_receivedBytes; }

private:
    enum class State { none, connecting, upgrading, open };

    void readable() override;
    void writable() override;
    void upgrade();
    bool takeAnswer(std::string_view& bytes);
    void take(Opcode opcode, std::string_view payload);
    void end(int code, std::string_view reason);

    Poller& m_poller;
    SocketOwner& m_owner;
    std::string m_source;
    int m_descriptor = -1;
    State m_state = State::none;
    bool m_awaitsWriting = false;
    std::string m_request;
    std::string m_answer;
    std::string m_out;
    ServerFrames m_frames;
    std::uint32_t m_mask = 0;
    std::uint64_t m_receivedBytes = 0;
    int m_closeCode = 0; // as the server gave it
    std::string m_closeReason;
};

} // namespace tandem::load
