#include "http/tls_stream.h"

#include <algorithm>

namespace tandem {

namespace {
// What Qt keeps besides what the network has taken; the rest waits with the writer.
constexpr qint64 mostKept = 64 * 1024;
} // namespace

void TlsStream::listen(Listener& listener) {
    QSslSocket* socket = m_socket.get();
    const auto come = [&listener] { listener.readable(); };
    QObject::connect(socket, &QSslSocket::readyRead, socket, come);
    // It may end within a call of the writer.
    QObject::connect(socket, &QSslSocket::disconnected, socket, come, Qt::QueuedConnection);
    const auto makeRoom = [this, &listener] {
        if (m_awaitsRoom && kept() < mostKept)
            listener.writable();
    };
    QObject::connect(socket, &QSslSocket::bytesWritten, socket, makeRoom, Qt::QueuedConnection);
    QObject::connect(socket, &QSslSocket::encryptedBytesWritten, socket, makeRoom, Qt::QueuedConnection);
    socket->setReadBufferSize(mostKept);
    if (socket->bytesAvailable() > 0 || socket->state() != QAbstractSocket::ConnectedState)
        QMetaObject::invokeMethod(socket, come, Qt::QueuedConnection);
}

std::optional<std::size_t> TlsStream::read(std::span<char> into) {
    const qint64 count = m_socket->read(into.data(), static_cast<qint64>(into.size()));
    if (count > 0) {
        // It does not tell again of what it has already.
        if (m_socket->bytesAvailable() > 0)
            QMetaObject::invokeMethod(m_socket.get(), &QSslSocket::readyRead, Qt::QueuedConnection);
        return static_cast<std::size_t>(count);
    }
    if (m_socket->state() == QAbstractSocket::UnconnectedState)
        return std::nullopt;
    return 0;
}

std::optional<std::size_t> TlsStream::write(std::string_view bytes) {
    if (m_socket->state() != QAbstractSocket::ConnectedState)
        return std::nullopt;
    const qint64 room = std::max<qint64>(0, mostKept - kept());
    const qint64 taken = m_socket->write(bytes.data(), std::min(room, static_cast<qint64>(bytes.size())));
    return static_cast<std::size_t>(std::max<qint64>(0, taken));
}

// Of TLS no half is closed alone: it ends when all is out.
void TlsStream::endWriting() {
    m_socket->disconnectFromHost();
}

void TlsStream::close() {
    m_socket->disconnect();
    m_socket->abort();
}

} // namespace tandem
