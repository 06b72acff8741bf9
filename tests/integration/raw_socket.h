// A connection by hand, for tests that speak HTTP or WebSocket byte for byte, slowly, or without reading.
// Owned by a test; works in its event loop.
#pragma once

#include <QHostAddress>
#include <QTcpSocket>
#include <QUrl>

namespace tandem {

class RawSocket {
public:
    enum class Reading { yes, no };

    // `source` is the address it comes from, such as 127.0.0.2; a null one is any. It does not wait.
    explicit RawSocket(const QUrl& server, const QHostAddress& source = {}, Reading reading = Reading::yes);

    // Before it is connected as well.
    void send(const QByteArray& bytes);
    // Upgrades and waits for it, since nothing may come before the answer. False: it is refused.
    bool upgrade(const QUrl& websocket, const QByteArray& protocol = {});
    // All that came.
    const QByteArray& received() const { return m_received; }
    // It reads from now on.
    void read();
    bool isOver() const { return m_over; }
    // Of what was sent the network has not taken so much yet.
    qint64 bytesToWrite() const { return m_socket.bytesToWrite() + m_waiting.size(); }
    // The server has ended the connection, in this time.
    bool waitForEnd(int timeoutMs = 20'000) const;
    // What came holds `bytes`, or comes to, in this time.
    bool waitFor(const QByteArray& bytes, int timeoutMs = 20'000) const;
    // The status of the first answer; 0 when none comes.
    int status() const;
    void abort() { m_socket.abort(); }

private:
    QTcpSocket m_socket;
    QByteArray m_waiting; // to be sent
    QByteArray m_received;
    Reading m_reading;
    bool m_over = false;
};

// The header of an upgrade to the WebSocket at this address; `protocol` may be empty.
QByteArray upgradeRequest(const QUrl& websocket, const QByteArray& protocol = {},
                          const QByteArray& moreHeaders = {});

} // namespace tandem
