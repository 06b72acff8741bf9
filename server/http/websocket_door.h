// Where WebSockets come in: checks the upgrade, makes the session that fits the client, and asks for its
// document. Lives on the event loop; owned by main; owns its connections; borrows the rest.
#pragma once

#include "base/random.h"
#include "http/client_accounts.h"
#include "http/http_message.h"
#include "http/websocket_connection.h"
#include "log/log.h"
#include "rooms/room_directory.h"

#include <QTcpSocket>
#include <QTimer>
#include <QWebSocketServer>

namespace tandem {

class WebsocketDoor final : public QObject, public GrantListener {
    Q_OBJECT
public:
    // `serverName` is what `welcome` announces.
    WebsocketDoor(const Gate& gate, RoomDirectory& rooms, ClientAccounts& clients, const Clock& clock,
                  Random& random, const Log& log, Measures& measures, std::string serverName);
    ~WebsocketDoor() override;

    // Is it an upgrade that take() can complete? Host and Origin were checked before.
    std::optional<HttpResponse> refuse(const HttpRequest& request);
    // `socket` holds the request's bytes unread.
    void take(QTcpSocket* socket, const std::string& client);

    void linkChanged(const DocumentId& document, LinkNumber link) override;
    // The server restarts: takes nobody any more, and tells each client when to come back, so that they do
    // not all come at once.
    void sendHome();
    std::size_t connectionCount() const { return m_connections.size(); }

private:
    void accept();
    void tick();
    bool takesStrangers();
    std::int64_t comeBackMs();
    std::unique_ptr<Session> sessionFor(const QWebSocket& socket, Connection& connection,
                                        Entrance& entrance) const;

    using RemoteEnd = std::pair<QString, quint16>; // address and port

    const Gate& m_gate;
    RoomDirectory& m_rooms;
    ClientAccounts& m_clients;
    const Clock& m_clock;
    Random& m_random;
    const Log& m_log;
    Measures& m_measures;
    std::string m_serverName;
    std::map<RemoteEnd, OpenSocket*> m_accounts; // of TCP sockets that are there, those of m_server as well
    QWebSocketServer m_server;
    QTimer m_timer;
    QTimer m_cursorTimer; // runs while anyone is connected
    bool m_sendsHome = false;
    FrameText m_frameText;
    std::set<WebsocketConnection*> m_connections;
    std::set<WebsocketConnection*> m_strangers; // that had not said hello when it was last looked at
};

} // namespace tandem
