#include "qt/qt_client.h"

#include "deflate/deflate.h"

#include <algorithm>

namespace tandem {

namespace {
ClientSession::Person withToken(ClientSession::Person person, const DocumentUrl& address) {
    person.token = address.token.toStdString();
    return person;
}
} // namespace

QtClient::QtClient(OpenDocument& document, const DocumentUrl& address, ClientSession::Person person,
                   std::string client, QObject* parent)
    : QObject(parent)
    , m_document(document)
    , m_transport(address.websocket())
    , m_session(document, m_transport, m_clock, m_random, withToken(std::move(person), address),
                std::move(client)) {
    m_session.setUnpack([this](std::uint64_t ticket, const std::string& packed) {
        m_session.unpacked(ticket, inflate(packed));
    });
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &QtClient::tick);

    m_document.onEdited = [this] {
        emit edited();
        m_timer.start(0);
    };
    m_session.onStateChanged = [this] { emit stateChanged(); };

    connect(&m_transport, &WebsocketTransport::opened, this, [this] {
        m_session.connectionOpened();
        scheduleTick();
    });
    connect(&m_transport, &WebsocketTransport::frameReceived, this, [this](const QByteArray& frame) {
        const std::size_t before = m_document.outbox().size();
        m_session.received({frame.constData(), static_cast<std::size_t>(frame.size())});
        if (m_document.outbox().size() != before)
            emit outboxChanged();
        scheduleTick();
    });
    connect(&m_transport, &WebsocketTransport::closed, this, [this](int code, const QString& reason) {
        m_session.connectionClosed(code, reason.toStdString());
        scheduleTick();
    });
}

QtClient::~QtClient() {
    m_document.onEdited = nullptr;
    m_session.onStateChanged = nullptr;
}

void QtClient::start() {
    m_session.start();
    scheduleTick();
}

void QtClient::stop() {
    m_session.stop();
    scheduleTick();
}

void QtClient::retryNow() {
    m_session.retryNow();
    scheduleTick();
}

void QtClient::setSelection(std::optional<Selection> selection) {
    m_session.setSelection(std::move(selection));
    scheduleTick();
}

void QtClient::cutConnection() {
    m_transport.close();
}

void QtClient::tick() {
    m_session.tick();
    scheduleTick();
}

void QtClient::scheduleTick() {
    constexpr std::int64_t longest = 60'000;
    const std::int64_t delay = m_session.wakeAtMs() - m_clock.monotonicMs();
    m_timer.start(static_cast<int>(std::clamp<std::int64_t>(delay, 0, longest)));
}

} // namespace tandem
