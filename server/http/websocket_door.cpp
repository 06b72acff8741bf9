#include "http/websocket_door.h"

#include "base/ids.h"
#include "http/open_socket.h"
#include "protocol/limits.h"
#include "sessions/operations_session.h"
#include "sessions/plain_session.h"

namespace tandem {

namespace {

constexpr std::string_view pathPrefix = "/v1/ws/docs/";
constexpr std::string_view operationsProtocol = "tandem.v1";
constexpr int tickMs = 1000;
constexpr int handshakesAtOnce = 1024;
// 16 bytes in base64.
constexpr std::size_t keyLength = 24;

std::string_view documentIn(std::string_view path) {
    if (!path.starts_with(pathPrefix))
        return {};
    const std::string_view id = path.substr(pathPrefix.size());
    return isDocumentId(id) ? id : std::string_view();
}

bool offers(std::string_view protocols, std::string_view wanted) {
    while (!protocols.empty()) {
        const std::size_t comma = std::min(protocols.find(','), protocols.size());
        std::string_view offered = protocols.substr(0, comma);
        protocols.remove_prefix(std::min(comma + 1, protocols.size()));
        offered.remove_prefix(std::min(offered.find_first_not_of(' '), offered.size()));
        if (offered.substr(0, offered.find_last_not_of(' ') + 1) == wanted)
            return true;
    }
    return false;
}

} // namespace

WebsocketDoor::WebsocketDoor(const Gate& gate, RoomDirectory& rooms, ClientAccounts& clients,
                             const Clock& clock, Random& random, const Log& log, Measures& measures,
                             std::string serverName)
    : m_gate(gate)
    , m_rooms(rooms)
    , m_clients(clients)
    , m_clock(clock)
    , m_random(random)
    , m_log(log)
    , m_measures(measures)
    , m_serverName(std::move(serverName))
    , m_server(QString::fromStdString(m_serverName), QWebSocketServer::NonSecureMode) {
    m_server.setSupportedSubprotocols({QStringLiteral("tandem.v1")});
    m_server.setMaxPendingConnections(handshakesAtOnce);
    connect(&m_server, &QWebSocketServer::newConnection, this, &WebsocketDoor::accept);
    connect(&m_timer, &QTimer::timeout, this, &WebsocketDoor::tick);
    m_timer.start(tickMs);
    connect(&m_cursorTimer, &QTimer::timeout, this, [this] { m_rooms.tellCursors(); });
}

WebsocketDoor::~WebsocketDoor() {
    // The sessions leave their rooms, which outlive them.
    for (WebsocketConnection* connection : std::exchange(m_connections, {}))
        delete connection;
}

std::optional<HttpResponse> WebsocketDoor::refuse(const HttpRequest& request) {
    if (!request.path.starts_with(pathPrefix))
        return problem(request, 404, "There is no WebSocket at this address.");
    if (documentIn(request.path).empty())
        return problem(request, 404, "The address does not end in the id of a document.");
    if (request.method != "GET")
        return problem(request, 405, "A WebSocket begins with GET.").header("Allow", "GET");
    if (request.websocketVersion != "13")
        return problem(request, 426, "The WebSocket version must be 13.")
            .header("Sec-WebSocket-Version", "13");
    if (request.websocketKey.size() != keyLength)
        return problem(request, 400, "Sec-WebSocket-Key must be 16 bytes in base64.");
    if (!request.websocketProtocols.empty() && !offers(request.websocketProtocols, operationsProtocol))
        return problem(request, 400, "The only subprotocol is tandem.v1; plain clients name none.");
    if (m_sendsHome)
        return problem(request, 503, "The server restarts.").header("Retry-After", "1");
    if (!m_clients.mayOpenWebsocket(request.client))
        return tooMany(request, 1, "This address has too many WebSockets open.");
    if (!takesStrangers())
        return tooMany(request, 1, "Too many WebSockets have not said hello yet.");
    return std::nullopt;
}

// Whoever has said hello meanwhile is looked for only when there seem to be too many.
bool WebsocketDoor::takesStrangers() {
    if (m_strangers.size() >= limits::websocketsBeforeHello)
        std::erase_if(m_strangers,
                      [](const WebsocketConnection* connection) { return !connection->awaitsHello(); });
    return m_strangers.size() < limits::websocketsBeforeHello;
}

void WebsocketDoor::take(QTcpSocket* socket, const std::string& client) {
    auto* account = new OpenSocket(m_clients, client, ClientAccounts::Kind::websocket, socket);
    const RemoteEnd end{socket->peerAddress().toString(), socket->peerPort()};
    m_accounts[end] = account;
    connect(account, &QObject::destroyed, this, [this, end] { m_accounts.erase(end); });
    m_server.handleConnection(socket);
}

std::unique_ptr<Session> WebsocketDoor::sessionFor(const QWebSocket& socket, Connection& connection,
                                                   Entrance& entrance) const {
    if (socket.subprotocol().isEmpty())
        return std::make_unique<PlainSession>(connection, entrance, m_clock, m_random);
    return std::make_unique<OperationsSession>(connection, entrance, m_clock, m_random, m_serverName);
}

void WebsocketDoor::accept() {
    while (QWebSocket* socket = m_server.nextPendingConnection()) {
        const DocumentId id(documentIn(socket->requestUrl().path().toStdString()));
        const auto account = m_accounts.find({socket->peerAddress().toString(), socket->peerPort()});
        auto* connection =
            new WebsocketConnection(socket, account == m_accounts.end() ? nullptr : account->second,
                                    m_frameText, m_clock, m_measures, this);
        m_connections.insert(connection);
        if (!m_cursorTimer.isActive())
            m_cursorTimer.start(static_cast<int>(limits::cursorIntervalMs));
        m_strangers.insert(connection);
        connect(connection, &WebsocketConnection::gone, this, [this, connection] {
            m_connections.erase(connection);
            m_strangers.erase(connection);
            m_log.debug("websocket closed", {{"open", std::to_string(m_connections.size())}});
            if (m_connections.empty())
                m_cursorTimer.stop();
        });
        m_log.debug("websocket opened", {{"document", id}, {"open", std::to_string(m_connections.size())}});
        auto entrance = std::make_unique<WebsocketEntrance>(m_gate, m_rooms, id);
        auto session = sessionFor(*socket, *connection, *entrance);
        connection->begin(std::move(entrance), std::move(session));
    }
}

void WebsocketDoor::tick() {
    // A tick may end connections, but removes none from the set before the event loop runs on.
    for (WebsocketConnection* connection : m_connections)
        connection->tick();
    m_rooms.tick();
}

void WebsocketDoor::linkChanged(const DocumentId& document, LinkNumber link) {
    for (WebsocketConnection* connection : m_connections)
        connection->linkChanged(document, link);
}

std::int64_t WebsocketDoor::comeBackMs() {
    return limits::comeBackMs + static_cast<std::int64_t>(m_random.below(limits::comeBackMs));
}

void WebsocketDoor::sendHome() {
    m_sendsHome = true;
    for (WebsocketConnection* connection : m_connections)
        connection->close(CloseCode::restart,
                          "the server restarts; come back in " + std::to_string(comeBackMs()) + " ms");
}

} // namespace tandem
