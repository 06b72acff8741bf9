// One client of a concurrent replay: a document, its session and its connection, with a Gate between the two.
// Owned by ConcurrentReplay; lives on its thread. It does not come back after a lost connection.
#pragma once

#include "cli/gate.h"
#include "client/client_session.h"
#include "qt/document_url.h"
#include "qt/websocket_transport.h"

#include <QTimer>

namespace tandem {

class GatedClient final : public QObject {
    Q_OBJECT
public:
    GatedClient(const DocumentUrl& address, OpenDocument::Author author);

    void start();

    const OpenDocument& document() const { return m_document; }
    ReplicaId replica() const { return m_author.replica; }
    ClientSession::State state() const { return m_session.state(); }
    const std::string& problem() const { return m_session.problem(); }

    Result<void> edit(std::span<const Splice> splices) { return m_document.edit(splices); }
    bool release(ReplicaId replica, Counter through) { return m_gate.release(replica, through); }

signals:
    void stateChanged();
    void received(); // something came: an ack, or changes that can be released now

private:
    void scheduleTick();

    SystemClock m_clock;
    SystemRandom m_random;
    OpenDocument::Author m_author;
    OpenDocument m_document;
    WebsocketTransport m_connection;
    Gate m_gate;
    ClientSession m_session;
    QTimer m_timer;
};

} // namespace tandem
