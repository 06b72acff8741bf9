// What each client address uses of this server: the one place that counts requests, bytes, sockets and
// answers that wait to be read. A client is an address, or the /64 network of an IPv6 one (addressGroup).
// Owned by main; lives on the event loop. Invariant: at most limits::addressesRemembered addresses are
// remembered besides those that have something open; one that has nothing open and whose rates have
// recovered is forgotten.
#pragma once

#include "base/clock.h"
#include "base/token_bucket.h"

#include <optional>
#include <string>
#include <unordered_map>

namespace tandem {

class ClientAccounts {
public:
    // `websocketsPerAddress`: so many may one client have open.
    ClientAccounts(const Clock& clock, std::size_t websocketsPerAddress)
        : m_clock(clock), m_websocketsPerAddress(websocketsPerAddress) {}

    // Counts a request of this weight, or bytes of a body. Nothing: it may go on; else after how many seconds
    // it may come again.
    std::optional<int> refuseRequest(const std::string& client, std::int64_t weight);
    std::optional<int> refuseBytes(const std::string& client, std::int64_t bytes);
    // Counts a frame of a WebSocket, apart from all else: what someone loads must not stop others at their
    // address from typing, nor does a large frame stop small ones. False: it is too much.
    bool takesFrame(const std::string& client, std::int64_t bytes);
    // Counts bytes that are answered: they delay the next request when they are too many.
    void spendBytes(const std::string& client, std::int64_t bytes);

    enum class Kind { connection, websocket };
    std::size_t openCount(const std::string& client, Kind kind) const;
    bool mayOpenWebsocket(const std::string& client) const {
        return openCount(client, Kind::websocket) < m_websocketsPerAddress;
    }
    // Each open() is followed by one close().
    void open(const std::string& client, Kind kind);
    void close(const std::string& client, Kind kind);

    // May another large answer be kept until the client reads it? Asked before it is counted, so that one
    // alone may be of any size.
    bool mayKeepAnswer(const std::string& client) const;
    void addUnread(const std::string& client, std::int64_t bytes);
    void removeUnread(const std::string& client, std::int64_t bytes);

    std::size_t remembered() const { return m_accounts.size(); }

private:
    struct Account {
        TokenBucket requests;
        TokenBucket bytes;
        TokenBucket frames; // bytes of large ones
        std::size_t connections = 0;
        std::size_t websockets = 0;
        std::int64_t unread = 0; // bytes of answers

        std::size_t& count(Kind kind) { return kind == Kind::connection ? connections : websockets; }
        bool isOpen() const { return connections > 0 || websockets > 0 || unread > 0; }
        bool isForgettable(std::int64_t nowMs) const {
            return !isOpen() && requests.isFull(nowMs) && bytes.isFull(nowMs) && frames.isFull(nowMs);
        }
    };

    Account& accountOf(const std::string& client);
    void makeRoom(std::int64_t nowMs);

    const Clock& m_clock;
    const std::size_t m_websocketsPerAddress;
    std::unordered_map<std::string, Account> m_accounts;
    std::int64_t m_unread = 0; // of all
    std::int64_t m_sweptAtMs = 0;
};

} // namespace tandem
