// A WebSocket by hand, for tests: sends any bytes behind the upgrade, also such as no library would. Every
// call waits in an event loop.
#pragma once

#include <QByteArray>
#include <QTcpSocket>
#include <QUrl>

#include <optional>

namespace tandem {

// A frame as RFC 6455 has it from a client, masked with zeros. `head` is its first byte; `length` may be
// another than the payload's.
QByteArray clientFrame(int head, const QByteArray& payload, std::optional<quint64> length = std::nullopt);

class RawWebsocket {
public:
    // False: no upgrade.
    bool open(const QUrl& url, const QByteArray& protocol = {});
    void send(const QByteArray& bytes) { m_socket.write(bytes); }
    // Reads until the server closes; the code of its close frame, or 0 when it ends without one or not at
    // all.
    int waitForClose();
    // Lets it read what was sent.
    void settle(int ms);

private:
    QTcpSocket m_socket;
    QByteArray m_received; // behind the upgrade
};

} // namespace tandem
