// Drives a ClientSession in a Qt program: one WebSocket, one timer. Lives on one thread with its document,
// which must outlive it. Takes the document's onEdited and the session's onStateChanged for itself and passes
// them on as signals; edits made in one turn of the event loop are sent together at its end.
#pragma once

#include "client/client_session.h"
#include "qt/document_url.h"
#include "qt/websocket_transport.h"

#include <QTimer>

namespace tandem {

class QtClient final : public QObject {
    Q_OBJECT
public:
    QtClient(OpenDocument& document, const DocumentUrl& address, ClientSession::Person person,
             std::string client, QObject* parent = nullptr);
    ~QtClient() override;

    void start();
    void stop();
    void retryNow();
    void setSelection(std::optional<Selection> selection);

    const ClientSession& session() const { return m_session; }

    // For tests and tools: cuts the connection as a broken network would; the session comes back by itself.
    void cutConnection();

signals:
    void stateChanged();
    void edited();        // an own edit was made: there is something to save
    void outboxChanged(); // after acks as well

private:
    void tick();
    void scheduleTick();

    OpenDocument& m_document;
    SystemClock m_clock;
    SystemRandom m_random;
    WebsocketTransport m_transport;
    ClientSession m_session;
    QTimer m_timer;
};

} // namespace tandem
