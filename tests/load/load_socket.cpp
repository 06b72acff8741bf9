#include "load/load_socket.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <utility>

namespace tandem::load {

namespace {

constexpr std::size_t readBytes = 256 * 1024;
constexpr std::size_t longestAnswer = 16 * 1024;
constexpr int goneWithoutWords = 1006;
constexpr int brokenFrames = 1002;

sockaddr_in addressOf(const std::string& host, std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    inet_pton(AF_INET, host.c_str(), &address.sin_addr);
    return address;
}

} // namespace

ServerAddress ServerAddress::parse(const std::string& url) {
    const std::string scheme = "http://";
    if (!url.starts_with(scheme))
        return {};
    const std::string rest = url.substr(scheme.size());
    const std::size_t colon = rest.find(':');
    if (colon == std::string::npos)
        return {};
    ServerAddress address{rest.substr(0, colon), 0};
    in_addr parsed{};
    const auto number = std::from_chars(rest.data() + colon + 1, rest.data() + rest.size(), address.port);
    if (inet_pton(AF_INET, address.host.c_str(), &parsed) != 1 || number.ec != std::errc())
        return {};
    return address;
}

LoadSocket::LoadSocket(Poller& poller, SocketOwner& owner, std::string source)
    : m_poller(poller), m_owner(owner), m_source(std::move(source)) {}

LoadSocket::~LoadSocket() {
    drop();
}

void LoadSocket::drop() {
    if (m_state == State::none)
        return;
    m_poller.remove(m_descriptor, *this);
    ::close(std::exchange(m_descriptor, -1));
    m_state = State::none;
    m_awaitsWriting = false;
    m_answer.clear();
    m_out.clear();
    m_frames.clear();
    m_closeCode = 0;
}

void LoadSocket::open(const ServerAddress& server, const std::string& document) {
    drop();
    m_frames.clear(); // of the connection before, which ended within a call of the owner
    m_request = "GET /v1/ws/docs/" + document + " HTTP/1.1\r\nHost: " + server.host + ":" +
                std::to_string(server.port) +
                "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: tandem.v1\r\n\r\n";
    m_descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const int on = 1;
    setsockopt(m_descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    // Else each bound socket would take one of the few free ports of the whole machine.
    setsockopt(m_descriptor, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    const sockaddr_in from = addressOf(m_source, 0);
    const sockaddr_in to = addressOf(server.host, server.port);
    if (!m_source.empty())
        static_cast<void>(::bind(m_descriptor, reinterpret_cast<const sockaddr*>(&from), sizeof from));
    // However it ends, epoll tells.
    static_cast<void>(::connect(m_descriptor, reinterpret_cast<const sockaddr*>(&to), sizeof to));
    m_state = State::connecting;
    m_awaitsWriting = true;
    m_poller.add(m_descriptor, *this, Poller::Interest::readingAndWriting);
}

void LoadSocket::send(Opcode opcode, std::string_view payload) {
    if (m_state == State::open)
        appendClientFrame(m_out, opcode, payload, m_mask += 0x9e3779b9U);
}

void LoadSocket::flush() {
    if (m_state == State::connecting)
        return; // that it is connected shows when it can be written
    while (!m_out.empty() && m_state != State::none) {
        const ssize_t count = ::send(m_descriptor, m_out.data(), m_out.size(), MSG_NOSIGNAL);
        if (count < 0)
            break; // reading tells what is wrong
        m_out.erase(0, static_cast<std::size_t>(count));
    }
    const bool awaits = !m_out.empty();
    if (m_state == State::none || awaits == m_awaitsWriting)
        return;
    m_awaitsWriting = awaits;
    m_poller.change(m_descriptor, *this,
                    awaits ? Poller::Interest::readingAndWriting : Poller::Interest::reading);
}

void LoadSocket::writable() {
    if (m_state == State::connecting)
        upgrade();
    flush();
}

void LoadSocket::upgrade() {
    m_state = State::upgrading;
    m_out = m_request;
}

void LoadSocket::end(int code, std::string_view reason) {
    const std::string kept(reason);
    drop();
    m_owner.socketClosed(code, kept);
}

// Of what came, the answer to the upgrade goes from `bytes`. False: the server refuses.
bool LoadSocket::takeAnswer(std::string_view& bytes) {
    const std::size_t before = m_answer.size();
    m_answer.append(bytes);
    const std::size_t end = m_answer.find("\r\n\r\n");
    if (end == std::string::npos) {
        bytes = {};
        return m_answer.size() < longestAnswer;
    }
    bytes.remove_prefix(end + 4 - before);
    if (!m_answer.starts_with("HTTP/1.1 101"))
        return false;
    m_state = State::open;
    m_owner.socketOpened();
    return true;
}

void LoadSocket::take(Opcode opcode, std::string_view payload) {
    switch (opcode) {
    case Opcode::text:
    case Opcode::binary:
        m_owner.socketReceived(payload);
        break;
    case Opcode::ping:
        send(Opcode::pong, payload);
        flush();
        break;
    case Opcode::pong:
        break;
    case Opcode::close:
        if (payload.size() >= 2)
            m_closeCode =
                static_cast<unsigned char>(payload[0]) << 8 | static_cast<unsigned char>(payload[1]);
        m_closeReason = payload.size() > 2 ? payload.substr(2) : "";
        break;
    }
}

void LoadSocket::readable() {
    static thread_local std::array<char, readBytes> buffer;
    const ssize_t count = ::recv(m_descriptor, buffer.data(), buffer.size(), 0);
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (count <= 0) {
        const std::string reason = m_closeCode != 0 ? m_closeReason : "the connection ended";
        return end(m_closeCode != 0 ? m_closeCode : goneWithoutWords, reason);
    }
    m_receivedBytes += static_cast<std::uint64_t>(count);
    std::string_view bytes(buffer.data(), static_cast<std::size_t>(count));
    if (m_state == State::connecting)
        upgrade();
    if (m_state == State::upgrading && !takeAnswer(bytes))
        return end(goneWithoutWords, m_answer.substr(0, m_answer.find('\r')));
    if (m_state == State::open &&
        !m_frames.read(bytes, [this](Opcode opcode, std::string_view payload) { take(opcode, payload); }))
        end(brokenFrames, "the server's frames break the standard");
}

} // namespace tandem::load
