// A SocketStream on a plain descriptor, and what waits for all of them at once: Qt asks for every socket anew
// in each turn of its event loop and keeps buffers for each, epoll does neither.
#pragma once

#include "http/socket_stream.h"

#include <QObject>
#include <QSocketNotifier>

#include <array>

namespace tandem {

class DescriptorStream;

// One descriptor to the event loop, which stands for all streams. Owned by the door; must outlive the
// streams.
class DescriptorPoll final : public QObject {
    Q_OBJECT
public:
    DescriptorPoll();
    ~DescriptorPoll() override;

private:
    friend class DescriptorStream;
    enum class Change { add, modify };
    void set(Change change, const DescriptorStream& stream, bool wantsRoom);
    void remove(const DescriptorStream& stream);
    void tell();

    int m_epoll;
    QSocketNotifier m_notifier;
    std::array<DescriptorStream*, 256> m_ready{}; // in this turn; null: it was closed meanwhile
    std::size_t m_readyCount = 0;
};

class DescriptorStream final : public SocketStream {
public:
    // Owns the descriptor, a connected socket that does not block.
    DescriptorStream(int descriptor, DescriptorPoll& poll) : m_descriptor(descriptor), m_poll(poll) {}
    ~DescriptorStream() override { close(); }
    DescriptorStream(const DescriptorStream&) = delete;
    DescriptorStream& operator=(const DescriptorStream&) = delete;

    void listen(Listener& listener) override;
    std::optional<std::size_t> read(std::span<char> into) override;
    std::optional<std::size_t> write(std::string_view bytes) override;
    void awaitRoom(bool wanted) override;
    void endWriting() override;
    void close() override;

private:
    friend class DescriptorPoll;

    int m_descriptor;
    DescriptorPoll& m_poll;
    Listener* m_listener = nullptr;
    bool m_awaitsRoom = false;
};

} // namespace tandem
