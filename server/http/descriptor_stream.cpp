#include "http/descriptor_stream.h"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace tandem {

namespace {
bool isForNow(int error) {
    return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}
} // namespace

DescriptorPoll::DescriptorPoll()
    : m_epoll(epoll_create1(EPOLL_CLOEXEC)), m_notifier(m_epoll, QSocketNotifier::Read) {
    connect(&m_notifier, &QSocketNotifier::activated, this, &DescriptorPoll::tell);
}

DescriptorPoll::~DescriptorPoll() {
    m_notifier.setEnabled(false);
    ::close(m_epoll);
}

void DescriptorPoll::set(Change change, const DescriptorStream& stream, bool wantsRoom) {
    epoll_event event{};
    event.events = wantsRoom ? EPOLLIN | EPOLLOUT : EPOLLIN;
    event.data.ptr = const_cast<DescriptorStream*>(&stream);
    epoll_ctl(m_epoll, change == Change::add ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, stream.m_descriptor, &event);
}

void DescriptorPoll::remove(const DescriptorStream& stream) {
    epoll_ctl(m_epoll, EPOLL_CTL_DEL, stream.m_descriptor, nullptr);
    std::replace(m_ready.begin(), m_ready.begin() + static_cast<std::ptrdiff_t>(m_readyCount),
                 const_cast<DescriptorStream*>(&stream), static_cast<DescriptorStream*>(nullptr));
}

// What is not told in this turn is in the next one: it is still ready then.
void DescriptorPoll::tell() {
    std::array<epoll_event, std::tuple_size_v<decltype(m_ready)>> events;
    const int count = epoll_wait(m_epoll, events.data(), static_cast<int>(events.size()), 0);
    m_readyCount = static_cast<std::size_t>(std::max(0, count));
    for (std::size_t i = 0; i < m_readyCount; ++i)
        m_ready[i] = static_cast<DescriptorStream*>(events[i].data.ptr);
    for (std::size_t i = 0; i < m_readyCount; ++i) {
        if (m_ready[i] && (events[i].events & EPOLLOUT) != 0)
            m_ready[i]->m_listener->writable();
        if (m_ready[i] && (events[i].events & ~static_cast<unsigned>(EPOLLOUT)) != 0)
            m_ready[i]->m_listener->readable();
    }
    m_readyCount = 0;
}

void DescriptorStream::listen(Listener& listener) {
    m_listener = &listener;
    m_poll.set(DescriptorPoll::Change::add, *this, false);
}

std::optional<std::size_t> DescriptorStream::read(std::span<char> into) {
    if (m_descriptor < 0)
        return std::nullopt;
    const ssize_t count = ::recv(m_descriptor, into.data(), into.size(), 0);
    if (count > 0)
        return static_cast<std::size_t>(count);
    return count < 0 && isForNow(errno) ? std::optional<std::size_t>(0) : std::nullopt;
}

std::optional<std::size_t> DescriptorStream::write(std::string_view bytes) {
    if (m_descriptor < 0)
        return std::nullopt;
    const ssize_t count = ::send(m_descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count >= 0)
        return static_cast<std::size_t>(count);
    return isForNow(errno) ? std::optional<std::size_t>(0) : std::nullopt;
}

void DescriptorStream::awaitRoom(bool wanted) {
    if (m_descriptor < 0 || std::exchange(m_awaitsRoom, wanted) == wanted)
        return;
    m_poll.set(DescriptorPoll::Change::modify, *this, wanted);
}

void DescriptorStream::endWriting() {
    if (m_descriptor >= 0)
        ::shutdown(m_descriptor, SHUT_WR);
}

void DescriptorStream::close() {
    if (m_descriptor < 0)
        return;
    if (m_listener)
        m_poll.remove(*this);
    ::close(std::exchange(m_descriptor, -1));
}

} // namespace tandem
