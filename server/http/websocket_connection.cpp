#include "http/websocket_connection.h"

#include "protocol/codec.h"
#include "protocol/limits.h"

#include <algorithm>

namespace tandem {

namespace {

constexpr std::size_t reasonBytes = 120; // a close frame carries at most 123
constexpr qint64 longestFrameHead = 14;
constexpr std::int64_t closingMs = 5'000;
constexpr std::size_t feedBytes = 512 * 1024; // of parts, in the socket at once

// At most `reasonBytes`, not cut within a character.
QString closeReason(std::string_view reason) {
    QString text = QString::fromUtf8(reason.data(), static_cast<qsizetype>(reason.size()));
    while (static_cast<std::size_t>(text.toUtf8().size()) > reasonBytes)
        text.chop(1);
    return text;
}

} // namespace

const QString& FrameText::of(const Frame& frame) {
    if (m_frame != frame) {
        m_frame = frame;
        m_text = QString::fromUtf8(frame->data(), static_cast<qsizetype>(frame->size()));
    }
    return m_text;
}

WebsocketConnection::WebsocketConnection(QWebSocket* socket, OpenSocket* account, FrameText& frameText,
                                         const Clock& clock, Measures& measures, QObject* parent)
    : QObject(parent)
    , m_socket(socket)
    , m_account(account)
    , m_frameText(frameText)
    , m_clock(clock)
    , m_measures(measures)
    , m_heardAtMs(clock.monotonicMs())
    , m_tookAtMs(m_heardAtMs)
    , m_pingedAtMs(m_heardAtMs) {
    m_socket->setParent(this);
    m_socket->setMaxAllowedIncomingFrameSize(limits::frameBytes);
    m_socket->setMaxAllowedIncomingMessageSize(limits::frameBytes);
    // A frame is taken once it is whole. More than the largest would keep others waiting who send little.
    m_socket->setReadBufferSize(static_cast<qint64>(limits::frameBytes) + longestFrameHead);
    connect(m_socket, &QWebSocket::textMessageReceived, this,
            [this](const QString& text) { received(text.toUtf8()); });
    connect(m_socket, &QWebSocket::binaryMessageReceived, this, &WebsocketConnection::received);
    connect(m_socket, &QWebSocket::pong, this, [this] { heard(); });
    connect(m_socket, &QWebSocket::bytesWritten, this, [this](qint64 bytes) {
        m_sentBytes += bytes;
        m_tookAtMs = m_clock.monotonicMs();
        if (m_waiting.empty())
            return;
        heard(); // a ping stands behind the parts; that they go out shows life as well
        feed();
    });
    // Queued, since the socket may end within a call of the session.
    connect(m_socket, &QWebSocket::disconnected, this, &WebsocketConnection::disconnected,
            Qt::QueuedConnection);
}

WebsocketConnection::~WebsocketConnection() = default;

void WebsocketConnection::begin(std::unique_ptr<WebsocketEntrance> entrance,
                                std::unique_ptr<Session> session) {
    m_entrance = std::move(entrance);
    m_session = std::move(session);
    if (m_entrance)
        m_entrance->setSession(*m_session);
    m_session->opened();
}

void WebsocketConnection::linkChanged(const DocumentId& document, LinkNumber link) {
    if (!m_closing && !m_gone && m_entrance)
        m_entrance->linkChanged(document, link);
}

void WebsocketConnection::received(const QByteArray& frame) {
    heard();
    if (m_closing || m_gone)
        return;
    if (m_account && !m_account->takesFrame(frame.size()))
        return close(CloseCode::tooFast, "more bytes than one address may send");
    m_session->received({frame.constData(), static_cast<std::size_t>(frame.size())});
}

void WebsocketConnection::put(const Frame& frame) {
    if (codec::encodingOf(*frame) == codec::Encoding::json)
        m_socket->sendTextMessage(m_frameText.of(frame));
    else
        m_socket->sendBinaryMessage(
            QByteArray::fromRawData(frame->data(), static_cast<qsizetype>(frame->size())));
}

void WebsocketConnection::tick() {
    if (m_gone)
        return;
    const std::int64_t now = m_clock.monotonicMs();
    if (m_closing) {
        // A peer that does not read would keep the socket for ever.
        if (now - m_closingSinceMs > closingMs)
            m_socket->abort();
        return;
    }
    if (now - m_heardAtMs > limits::deadAfterMs) {
        m_socket->abort();
        return;
    }
    if (m_socket->bytesToWrite() == 0)
        m_tookAtMs = now;
    if (now - m_tookAtMs > limits::deadAfterMs) {
        lag(); // it may say something now and then, but reads nothing
        return;
    }
    if (now - m_pingedAtMs >= limits::pingAfterMs) {
        m_pingedAtMs = now;
        m_socket->ping();
    }
    if (m_entrance)
        m_entrance->tick();
    m_session->tick();
}

void WebsocketConnection::send(const Frame& frame) {
    if (m_closing || m_gone)
        return;
    // Counted before the frame, so that one large snapshot alone is no lag.
    if (queuedBytes() > limits::outboundBytes) {
        lag();
        return;
    }
    if (m_waiting.empty()) {
        put(frame);
        return;
    }
    m_waiting.push_back({frame, {}});
    m_waitingBytes += frame->size();
}

void WebsocketConnection::sendParts(std::function<Frame()> next) {
    if (m_closing || m_gone)
        return;
    // One may be going out and the next one wait.
    const auto waiting = std::count_if(m_waiting.begin(), m_waiting.end(),
                                       [](const Waiting& one) { return one.parts != nullptr; });
    if (waiting > 1) {
        lag();
        return;
    }
    m_waiting.push_back({nullptr, std::move(next)});
    feed();
}

void WebsocketConnection::lag() {
    if (!m_closing && !m_gone)
        m_measures.slowClientClosed();
    close(CloseCode::lagging, "reading too slowly; come back");
}

void WebsocketConnection::feed() {
    if (m_closing || m_gone)
        return;
    while (!m_waiting.empty() && static_cast<std::size_t>(m_socket->bytesToWrite()) < feedBytes) {
        Waiting& first = m_waiting.front();
        if (first.frame)
            m_waitingBytes -= first.frame->size();
        const Frame frame = first.frame ? first.frame : first.parts();
        if (frame)
            put(frame);
        if (frame && !first.frame)
            m_partsEnd = m_sentBytes + m_socket->bytesToWrite();
        if (first.frame || !frame)
            m_waiting.pop_front();
    }
}

std::size_t WebsocketConnection::queuedBytes() const {
    const std::int64_t ofParts = std::max<std::int64_t>(0, m_partsEnd - m_sentBytes);
    return static_cast<std::size_t>(std::max<std::int64_t>(0, m_socket->bytesToWrite() - ofParts)) +
           m_waitingBytes;
}

void WebsocketConnection::close(CloseCode code, std::string_view reason) {
    if (m_closing || m_gone)
        return;
    m_closing = true;
    m_closingSinceMs = m_clock.monotonicMs();
    m_socket->close(static_cast<QWebSocketProtocol::CloseCode>(code), closeReason(reason));
}

void WebsocketConnection::disconnected() {
    if (m_gone)
        return;
    m_gone = true;
    m_session->closed();
    emit gone();
    deleteLater();
}

} // namespace tandem
