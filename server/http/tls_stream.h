// A SocketStream on one of Qt's sockets, which speaks TLS where it has been made to: no plain descriptor
// does.
#pragma once

#include "http/socket_stream.h"

#include <QSslSocket>

#include <memory>

namespace tandem {

class TlsStream final : public SocketStream {
public:
    explicit TlsStream(std::unique_ptr<QSslSocket> socket) : m_socket(std::move(socket)) {}
    ~TlsStream() override { close(); }

    void listen(Listener& listener) override;
    std::optional<std::size_t> read(std::span<char> into) override;
    std::optional<std::size_t> write(std::string_view bytes) override;
    void awaitRoom(bool wanted) override { m_awaitsRoom = wanted; }
    void endWriting() override;
    void close() override;

private:
    qint64 kept() const { return m_socket->bytesToWrite() + m_socket->encryptedBytesToWrite(); }

    std::unique_ptr<QSslSocket> m_socket;
    bool m_awaitsRoom = false;
};

} // namespace tandem
