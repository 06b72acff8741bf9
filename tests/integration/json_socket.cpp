#include "integration/json_socket.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QJsonDocument>
#include <QNetworkRequest>

namespace tandem {

namespace {

constexpr int answerMs = 20'000;

} // namespace

JsonSocket::JsonSocket() {
    m_socket.setMaxAllowedIncomingFrameSize(64 * 1024 * 1024);
    m_socket.setMaxAllowedIncomingMessageSize(64 * 1024 * 1024);
    QObject::connect(&m_socket, &QWebSocket::connected, &m_socket, [this] { m_opened = true; });
    QObject::connect(&m_socket, &QWebSocket::disconnected, &m_socket, [this] { m_ended = true; });
    QObject::connect(&m_socket, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), &m_socket,
                     [this] { m_ended = true; });
    QObject::connect(&m_socket, &QWebSocket::textMessageReceived, &m_socket, [this](const QString& text) {
        m_received.append(QJsonDocument::fromJson(text.toUtf8()).object());
    });
}

bool JsonSocket::waitUntil(const std::function<bool()>& done, int timeoutMs) {
    const QDeadlineTimer deadline(timeoutMs);
    while (!done()) {
        if (deadline.hasExpired())
            return false;
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 20);
    }
    return true;
}

bool JsonSocket::open(const QUrl& url, Kind kind, const QByteArray& origin, const QByteArray& host) {
    QNetworkRequest request(url);
    if (kind == Kind::operations)
        request.setRawHeader("Sec-WebSocket-Protocol", "tandem.v1");
    if (!origin.isEmpty())
        request.setRawHeader("Origin", origin);
    if (!host.isEmpty())
        request.setRawHeader("Host", host);
    m_socket.open(request);
    waitUntil([this] { return m_opened || m_ended; }, answerMs);
    return m_opened;
}

void JsonSocket::send(const QJsonObject& message) {
    m_socket.sendTextMessage(QString::fromUtf8(QJsonDocument(message).toJson(QJsonDocument::Compact)));
}

QJsonObject JsonSocket::next(const QString& type) {
    const auto found = [this, &type] {
        while (!m_received.isEmpty() && m_received.first()[QStringLiteral("type")].toString() != type)
            m_received.removeFirst();
        return !m_received.isEmpty();
    };
    waitUntil([&] { return found() || m_ended; }, answerMs);
    return found() ? m_received.takeFirst() : QJsonObject();
}

QList<QJsonObject> JsonSocket::drain(int silenceMs) {
    qsizetype seen = -1;
    while (seen != m_received.size()) {
        seen = m_received.size();
        waitUntil([&] { return m_received.size() != seen; }, silenceMs);
    }
    return std::exchange(m_received, {});
}

int JsonSocket::waitForClose() {
    return waitUntil([this] { return m_ended; }, answerMs) ? m_socket.closeCode() : 0;
}

} // namespace tandem
