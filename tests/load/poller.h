// Waits for many sockets at once (epoll), and tells those that can go on. Owned by the crowd; one thread;
// borrows the sockets until remove().
#pragma once

#include <cstdint>

namespace tandem::load {

std::int64_t nowNs(); // monotonic

class PolledSocket {
public:
    virtual ~PolledSocket() = default;
    virtual void readable() = 0;
    virtual void writable() = 0;
};

class Poller {
public:
    Poller();
    ~Poller();
    Poller(const Poller&) = delete;
    Poller& operator=(const Poller&) = delete;

    enum class Interest { reading, readingAndWriting };
    void add(int descriptor, PolledSocket& socket, Interest interest);
    void change(int descriptor, PolledSocket& socket, Interest interest);
    void remove(int descriptor, const PolledSocket& socket);

    // Until this time at the latest.
    void waitUntil(std::int64_t timeNs);

private:
    static constexpr int eventsAtOnce = 512;

    int m_epoll = -1;
    PolledSocket* m_ready[eventsAtOnce] = {}; // of the present turn; null: it was removed
    int m_readyCount = 0;
};

} // namespace tandem::load
