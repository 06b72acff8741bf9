#include "load/poller.h"

#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>

namespace tandem::load {

namespace {

constexpr std::int64_t nanoseconds = 1'000'000'000;

epoll_event eventFor(PolledSocket& socket, Poller::Interest interest) {
    epoll_event event{};
    event.events = EPOLLIN;
    if (interest == Poller::Interest::readingAndWriting)
        event.events |= EPOLLOUT;
    event.data.ptr = &socket;
    return event;
}

} // namespace

std::int64_t nowNs() {
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * nanoseconds + time.tv_nsec;
}

Poller::Poller() : m_epoll(epoll_create1(EPOLL_CLOEXEC)) {
    if (m_epoll < 0)
        std::abort();
}

Poller::~Poller() {
    ::close(m_epoll);
}

void Poller::add(int descriptor, PolledSocket& socket, Interest interest) {
    epoll_event event = eventFor(socket, interest);
    epoll_ctl(m_epoll, EPOLL_CTL_ADD, descriptor, &event);
}

void Poller::change(int descriptor, PolledSocket& socket, Interest interest) {
    epoll_event event = eventFor(socket, interest);
    epoll_ctl(m_epoll, EPOLL_CTL_MOD, descriptor, &event);
}

void Poller::remove(int descriptor, const PolledSocket& socket) {
    epoll_ctl(m_epoll, EPOLL_CTL_DEL, descriptor, nullptr);
    std::replace(m_ready, m_ready + m_readyCount, const_cast<PolledSocket*>(&socket),
                 static_cast<PolledSocket*>(nullptr));
}

void Poller::waitUntil(std::int64_t timeNs) {
    const std::int64_t left = std::max<std::int64_t>(0, timeNs - nowNs());
    const timespec timeout{left / nanoseconds, left % nanoseconds};
    epoll_event events[eventsAtOnce];
    const int count = epoll_pwait2(m_epoll, events, eventsAtOnce, &timeout, nullptr);
    m_readyCount = std::max(0, count);
    for (int i = 0; i < m_readyCount; ++i)
        m_ready[i] = static_cast<PolledSocket*>(events[i].data.ptr);
    for (int i = 0; i < m_readyCount; ++i) {
        if (m_ready[i] && (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0)
            m_ready[i]->readable();
        if (m_ready[i] && (events[i].events & EPOLLOUT) != 0)
            m_ready[i]->writable();
    }
    m_readyCount = 0;
}

} // namespace tandem::load
