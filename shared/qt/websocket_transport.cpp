#include "qt/websocket_transport.h"

#include "protocol/codec.h"
#include "protocol/limits.h"

#include <QNetworkRequest>
#include <QWebSocketHandshakeOptions>

namespace tandem {

WebsocketTransport::WebsocketTransport(QUrl url, QObject* parent) : QObject(parent), m_url(std::move(url)) {}

WebsocketTransport::~WebsocketTransport() {
    drop(); // the socket must not speak to what is half gone
}

void WebsocketTransport::drop() {
    if (!m_socket)
        return;
    m_socket->disconnect(this);
    m_socket->abort();
    m_socket->deleteLater();
    m_socket = nullptr;
}

void WebsocketTransport::open() {
    drop();
    m_socket = new QWebSocket(QString(), QWebSocketProtocol::VersionLatest, this);
    m_socket->setMaxAllowedIncomingMessageSize(2 * limits::frameBytes);
    m_socket->setMaxAllowedIncomingFrameSize(2 * limits::frameBytes);
    connect(m_socket, &QWebSocket::connected, this, &WebsocketTransport::opened);
    connect(m_socket, &QWebSocket::textMessageReceived, this,
            [this](const QString& frame) { emit frameReceived(frame.toUtf8()); });
    connect(m_socket, &QWebSocket::binaryMessageReceived, this, &WebsocketTransport::frameReceived);
    connect(m_socket, &QWebSocket::disconnected, this, [this] {
        const int code = m_socket->closeCode();
        const QString reason =
            m_socket->closeReason().isEmpty() ? m_socket->errorString() : m_socket->closeReason();
        m_socket->disconnect(this);
        m_socket->deleteLater();
        m_socket = nullptr;
        emit closed(code, reason);
    });
    QNetworkRequest request(m_url);
    request.setRawHeader("Sec-WebSocket-Protocol", "tandem.v1");
    m_socket->open(request);
}

void WebsocketTransport::send(std::string_view frame) {
    if (!m_socket)
        return;
    const auto size = static_cast<qsizetype>(frame.size());
    if (codec::encodingOf(frame) == codec::Encoding::json)
        m_socket->sendTextMessage(QString::fromUtf8(frame.data(), size));
    else
        m_socket->sendBinaryMessage(QByteArray::fromRawData(frame.data(), size));
}

void WebsocketTransport::close() {
    if (!m_socket)
        return;
    drop();
    // As with a connection that the other side ends: told later, not from within the call.
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (!m_socket)
                emit closed(1000, QString());
        },
        Qt::QueuedConnection);
}

} // namespace tandem
