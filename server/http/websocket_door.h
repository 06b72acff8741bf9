// Where WebSockets come in: checks the upgrade, makes the session that fits the client, and asks for its
// document. Lives on the event loop; owned by main; owns its connections; borrows the rest.
#pragma once

#include "base/random.h"
#include "http/client_accounts.h"
#include "http/descriptor_stream.h"
#include "http/http_message.h"
#include "http/websocket_connection.h"
#include "log/log.h"
#include "rooms/room_directory.h"

#include <QTcpSocket>
#include <QTimer>

#include <set>

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
    // Answers the upgrade and owns `socket` from now on, whose next bytes are those behind the request.
    void take(const HttpRequest& request, QTcpSocket* socket);

    void linkChanged(const DocumentId& document, std::optional<LinkNumber> link) override;
    // The server restarts: takes nobody any more, and tells each client when to come back, so that they do
    // not all come at once.
    void sendHome();
    std::size_t connectionCount() const { return m_connections.size(); }

private:
    void tick();
    bool takesStrangers();
    std::int64_t comeBackMs();
    std::unique_ptr<SocketStream> streamOf(QTcpSocket* socket);
    void add(WebsocketConnection& connection);
    void bury();

    const Gate& m_gate;
    RoomDirectory& m_rooms;
    ClientAccounts& m_clients;
    const Clock& m_clock;
    Random& m_random;
    const Log& m_log;
    Measures& m_measures;
    std::string m_serverName;
    QTimer m_timer;
    QTimer m_cursorTimer; // runs while anyone is connected
    bool m_sendsHome = false;
    DescriptorPoll m_poll;
    WebsocketTurn m_turn;
    std::set<WebsocketConnection*> m_connections;
    std::set<WebsocketConnection*> m_strangers; // that had not said hello when it was last looked at
    std::vector<WebsocketConnection*> m_over;   // of m_connections, whose sockets are gone
};

} // namespace tandem
