// One WebSocket and the session behind it. Owned by the door (its QObject parent), lives on the event loop,
// deletes itself after the socket ended and the session was told.
#pragma once

#include "base/clock.h"
#include "http/open_socket.h"
#include "http/websocket_entrance.h"
#include "metrics/measures.h"
#include "sessions/connection.h"

#include <QObject>
#include <QPointer>
#include <QWebSocket>

#include <deque>

namespace tandem {

// A JSON frame goes to many sockets, which all want it as a QString: the last one converted is kept. Owned by
// the door.
class FrameText {
public:
    const QString& of(const Frame& frame);

private:
    Frame m_frame;
    QString m_text;
};

class WebsocketConnection final : public QObject, public Connection {
    Q_OBJECT
public:
    // `account` counts what comes; null: nobody does.
    WebsocketConnection(QWebSocket* socket, OpenSocket* account, FrameText& frameText, const Clock& clock,
                        Measures& measures, QObject* parent);
    ~WebsocketConnection() override;

    // Before anything else; the session borrows this connection and the entrance, which may be null for one
    // that asks for no document.
    void begin(std::unique_ptr<WebsocketEntrance> entrance, std::unique_ptr<Session> session);
    void linkChanged(const DocumentId& document, LinkNumber link);
    // The client has not said yet who it is, though it must.
    bool awaitsHello() const { return !m_gone && m_session->awaitsHello(); }
    // About once a second.
    void tick();

    void send(const Frame& frame) override;
    void sendParts(std::function<Frame()> next) override;
    std::size_t queuedBytes() const override;
    void close(CloseCode code, std::string_view reason) override;

signals:
    void gone();

private:
    void heard() { m_heardAtMs = m_clock.monotonicMs(); }
    void received(const QByteArray& frame);
    void put(const Frame& frame);
    void lag();
    void disconnected();
    void feed();

    QWebSocket* m_socket;
    QPointer<OpenSocket> m_account; // goes with the TCP socket
    FrameText& m_frameText;
    const Clock& m_clock;
    Measures& m_measures;
    std::unique_ptr<WebsocketEntrance> m_entrance;
    std::unique_ptr<Session> m_session;
    // Large answers that are not out yet, and what was sent after them.
    struct Waiting {
        Frame frame; // or
        std::function<Frame()> parts;
    };
    std::deque<Waiting> m_waiting;
    std::size_t m_waitingBytes = 0; // of frames, not of parts
    std::int64_t m_sentBytes = 0;   // that the network has taken
    std::int64_t m_partsEnd = 0;    // of m_sentBytes: then the last part is out
    std::int64_t m_heardAtMs;
    std::int64_t m_tookAtMs; // when the network took something last, or nothing waited
    std::int64_t m_pingedAtMs;
    std::int64_t m_closingSinceMs = 0;
    bool m_closing = false;
    bool m_gone = false;
};

} // namespace tandem
