#include "integration/raw_socket.h"

#include "integration/waiting.h"

namespace tandem {

RawSocket::RawSocket(const QUrl& server, const QHostAddress& source, Reading reading) : m_reading(reading) {
    if (reading == Reading::no)
        m_socket.setReadBufferSize(1);
    QObject::connect(&m_socket, &QTcpSocket::readyRead, &m_socket, [this] {
        if (m_reading == Reading::yes)
            m_received += m_socket.readAll();
    });
    QObject::connect(&m_socket, &QTcpSocket::connected, &m_socket,
                     [this] { m_socket.write(std::exchange(m_waiting, {})); });
    QObject::connect(&m_socket, &QTcpSocket::disconnected, &m_socket, [this] { m_over = true; });
    QObject::connect(&m_socket, &QTcpSocket::errorOccurred, &m_socket, [this] { m_over = true; });
    if (!source.isNull())
        m_socket.bind(source);
    m_socket.connectToHost(server.host(), static_cast<quint16>(server.port()));
}

void RawSocket::send(const QByteArray& bytes) {
    if (m_socket.state() == QAbstractSocket::ConnectedState)
        m_socket.write(bytes);
    else
        m_waiting += bytes;
}

bool RawSocket::upgrade(const QUrl& websocket, const QByteArray& protocol) {
    send(upgradeRequest(websocket, protocol));
    return status() == 101;
}

void RawSocket::read() {
    m_reading = Reading::yes;
    m_socket.setReadBufferSize(0);
    m_received += m_socket.readAll();
}

bool RawSocket::waitForEnd(int timeoutMs) const {
    return waitUntil([this] { return m_over; }, timeoutMs);
}

bool RawSocket::waitFor(const QByteArray& bytes, int timeoutMs) const {
    waitUntil([&] { return m_over || m_received.contains(bytes); }, timeoutMs);
    return m_received.contains(bytes);
}

int RawSocket::status() const {
    waitFor("\r\n\r\n");
    return m_received.mid(9, 3).toInt();
}

QByteArray upgradeRequest(const QUrl& websocket, const QByteArray& protocol, const QByteArray& moreHeaders) {
    QByteArray request = "GET " + websocket.path().toUtf8() +
                         " HTTP/1.1\r\nHost: " + websocket.authority().toUtf8() +
                         "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                         "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n" +
                         moreHeaders;
    if (!protocol.isEmpty())
        request += "Sec-WebSocket-Protocol: " + protocol + "\r\n";
    return request + "\r\n";
}

} // namespace tandem
