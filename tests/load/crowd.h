// Many clients on one thread: their sockets, their timers, and when each of them types. Owned by a scenario.
#pragma once

#include "base/clock.h"
#include "base/random.h"
#include "load/load_client.h"

#include <deque>
#include <functional>
#include <memory>
#include <queue>

namespace tandem::load {

// How writers type: at a rate, whatever the answers (open loop), or with so many edits under way as long as
// they are answered (closed loop).
struct Typing {
    double keysPerSecond = 0; // 0: closed loop
    std::size_t inFlight = 0;

    bool isOpenLoop() const { return keysPerSecond > 0; }
};

class Crowd {
public:
    explicit Crowd(std::vector<ServerAddress> servers) : m_servers(std::move(servers)) {}

    // Whether those who are added from now on read packed snapshots.
    void setUnpacks(bool unpacks) { m_unpacks = unpacks; }

    LoadRoom& addRoom(std::string document);
    // Members of one room are on the servers in turn.
    LoadClient& addMember(LoadRoom& room);
    // It types while typing goes on.
    void addWriter(LoadRoom& room, LoadClient& client) { room.writers.push_back(&client); }
    void remove(LoadRoom& room, LoadClient& client);

    std::deque<LoadRoom>& rooms() { return m_rooms; }
    std::size_t clientCount() const { return m_clients.size(); }

    void beginTyping(const Typing& typing);
    void endTyping();

    // Runs until `done` is true, asked at each turn, or until the time is over. False: that.
    bool runUntil(const std::function<bool()>& done, std::int64_t timeoutMs);
    void runFor(std::int64_t ms);

    // Connects them all, not too many at once. False: not in this time.
    bool connectAll(std::int64_t timeoutMs);
    // All are connected, nothing waits for an ack, and each has all that the others in its room typed.
    bool isSettled() const;

    Outcome outcome() const;
    void forgetLatencies(); // of the time when everything was new; not the counts
    std::uint64_t lostConnections() const;
    // Clients that a server has refused something.
    std::uint64_t problems() const;

private:
    struct Wake {
        std::int64_t atNs = 0;
        LoadClient* client = nullptr;

        friend bool operator>(const Wake& a, const Wake& b) { return a.atNs > b.atNs; }
    };
    using Wakes = std::priority_queue<Wake, std::vector<Wake>, std::greater<>>;

    void turn(std::int64_t untilNs);
    void changed(LoadClient& client);
    void typeDue(std::int64_t now);
    void fillUp(LoadClient& client);
    void planWake(LoadClient& client, std::int64_t now);

    Poller m_poller;
    SystemClock m_clock;
    SystemRandom m_random;
    std::vector<ServerAddress> m_servers;
    std::deque<LoadRoom> m_rooms;
    std::vector<std::unique_ptr<LoadClient>> m_clients;
    std::vector<LoadClient*> m_changed; // in this turn
    Wakes m_wakes;                      // of sessions
    Wakes m_keys;                       // of writers, open loop
    Typing m_typing;
    bool m_isTyping = false;
    bool m_unpacks = true;
};

} // namespace tandem::load
