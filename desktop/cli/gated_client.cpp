#include "cli/gated_client.h"

#include "cli/command.h"

#include <algorithm>

namespace tandem {

GatedClient::GatedClient(const DocumentUrl& address, OpenDocument::Author author)
    : m_author(author)
    , m_document(m_random)
    , m_connection(address.websocket())
    , m_gate(m_connection, m_document)
    , m_session(m_document, m_gate, m_clock, m_random, {"replay", 0, address.token.toStdString()},
                clientName()) {
    m_document.setAuthor(std::move(author));
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        m_session.tick();
        scheduleTick();
    });
    m_document.onEdited = [this] { m_timer.start(0); };
    m_session.onStateChanged = [this] { emit stateChanged(); };
    m_gate.onFrame = [this](std::string_view frame) { m_session.received(frame); };

    connect(&m_connection, &WebsocketTransport::opened, this, [this] {
        m_session.connectionOpened();
        scheduleTick();
    });
    connect(&m_connection, &WebsocketTransport::frameReceived, this, [this](const QByteArray& frame) {
        m_gate.received({frame.constData(), static_cast<std::size_t>(frame.size())});
        scheduleTick();
        emit received();
    });
    connect(&m_connection, &WebsocketTransport::closed, this, [this](int code, const QString& reason) {
        m_session.connectionClosed(code, reason.toStdString());
        scheduleTick();
    });
}

void GatedClient::start() {
    m_session.start();
    scheduleTick();
}

void GatedClient::scheduleTick() {
    constexpr std::int64_t longestMs = 60'000;
    const std::int64_t delayMs = m_session.wakeAtMs() - m_clock.monotonicMs();
    m_timer.start(static_cast<int>(std::clamp<std::int64_t>(delayMs, 0, longestMs)));
}

} // namespace tandem
