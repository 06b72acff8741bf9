// A WebSocket that speaks JSON, for tests: what came waits in order until it is asked for. Every call waits
// in an event loop.
#pragma once

#include <QJsonObject>
#include <QList>
#include <QUrl>
#include <QWebSocket>

#include <functional>

namespace tandem {

class JsonSocket {
public:
    enum class Kind { plain, operations };

    JsonSocket();

    // False: refused. `origin` is sent when it is not empty.
    bool open(const QUrl& url, Kind kind, const QByteArray& origin = {}, const QByteArray& host = {});
    void send(const QJsonObject& message);
    void sendText(const QString& text) { m_socket.sendTextMessage(text); }
    void sendBinary(const QByteArray& bytes) { m_socket.sendBinaryMessage(bytes); }
    void close() { m_socket.close(); }

    // The first message of this type that came or comes; the ones before it are thrown away. Empty: none in
    // time.
    QJsonObject next(const QString& type);
    // All that came and comes until nothing does for `silenceMs`.
    QList<QJsonObject> drain(int silenceMs = 300);
    // Waits for the end; the close code, or 0 if it does not end.
    int waitForClose();

private:
    bool waitUntil(const std::function<bool()>& done, int timeoutMs);

    QWebSocket m_socket;
    QList<QJsonObject> m_received;
    bool m_opened = false;
    bool m_ended = false;
};

} // namespace tandem
