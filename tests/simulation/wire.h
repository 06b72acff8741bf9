// One connection between a client and a server: frames arrive late, in order in each direction, or not at
// all. Both ends hold it; whoever goes detaches itself first, since the other end may not learn of it.
#pragma once

#include "sessions/connection.h"
#include "simulation/environment.h"

#include <memory>
#include <string>

namespace tandem::simulation {

class WireEnd {
public:
    virtual ~WireEnd() = default;
    virtual void received(std::string_view frame) = 0;
    // The connection is over; the wire has forgotten this end.
    virtual void wireClosed(int code, const std::string& reason) = 0;
};

enum class WireSide { client, server };

class Wire final : public std::enable_shared_from_this<Wire> {
public:
    // Whose connection it is, by number.
    Wire(Environment& environment, std::size_t clientNumber, std::size_t serverNumber)
        : client(clientNumber), server(serverNumber), m_environment(environment) {}

    void attach(WireEnd* end, WireSide side) { lane(side).end = end; }
    bool isAttached(WireSide side) { return lane(side).end != nullptr; }
    // Calls `opened` when the client learns that it is connected, before any frame.
    void whenOpen(std::function<void()> opened);
    // Sends a frame away from `from`.
    void send(WireSide from, const Frame& frame);
    // `from` closes, behind what it has sent, and is not told anything any more.
    void close(WireSide from, int code, const std::string& reason);
    // The end at `side` is gone at once, with all that was under way.
    void vanish(WireSide side, Notice notice);
    // The network breaks: both ends learn of it in their own time.
    void cut();
    // Nothing reaches `side` any more.
    void swallow(WireSide side) { lane(side).swallowed = true; }

    const std::size_t client;
    const std::size_t server;

private:
    struct Lane { // to one end
        WireEnd* end = nullptr;
        bool swallowed = false;
        std::int64_t arrivesAtMs = 0; // what was sent last
    };

    Lane& lane(WireSide to) { return to == WireSide::client ? m_toClient : m_toServer; }
    std::int64_t arrivalAtMs(Lane& lane);
    void tell(WireSide side, std::int64_t atMs, int code, std::string reason);

    Environment& m_environment;
    Lane m_toClient;
    Lane m_toServer;
    bool m_broken = false;
};

} // namespace tandem::simulation
