#include "http/websocket_door.h"

#include "base/ids.h"
#include "http/open_socket.h"
#include "http/tls_stream.h"
#include "protocol/limits.h"
#include "sessions/operations_session.h"
#include "sessions/plain_session.h"

#include <fcntl.h>

namespace tandem {

namespace {

constexpr std::string_view pathPrefix = "/v1/ws/docs/";
constexpr std::string_view operationsProtocol = "tandem.v1";
constexpr int tickMs = 1000;
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
    , m_serverName(std::move(serverName)) {
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

// TLS stays with Qt. What is not encrypted needs no more than its descriptor.
std::unique_ptr<SocketStream> WebsocketDoor::streamOf(QTcpSocket* socket) {
    if (auto* secure = qobject_cast<QSslSocket*>(socket))
        return std::make_unique<TlsStream>(std::unique_ptr<QSslSocket>(secure));
    const int descriptor = fcntl(static_cast<int>(socket->socketDescriptor()), F_DUPFD_CLOEXEC, 0);
    socket->abort(); // the connection goes on with the other descriptor
    socket->deleteLater();
    return std::make_unique<DescriptorStream>(descriptor, m_poll);
}

void WebsocketDoor::take(const HttpRequest& request, QTcpSocket* socket) {
    const bool isPlain = request.websocketProtocols.empty();
    std::string received = socket->readAll().toStdString();
    auto stream = streamOf(socket);
    const std::string answer =
        upgradeAnswer(request.websocketKey, isPlain ? std::string_view() : operationsProtocol);
    if (stream->write(answer) != answer.size())
        return; // gone already
    const DocumentId id(documentIn(request.path));
    auto account =
        std::make_unique<OpenSocket>(m_clients, request.client, ClientAccounts::Kind::websocket, nullptr);
    auto* connection =
        new WebsocketConnection(std::move(stream), std::move(account), m_turn, m_clock, m_measures);
    add(*connection);
    m_log.debug("websocket opened", {{"document", id}, {"open", std::to_string(m_connections.size())}});
    auto entrance = std::make_unique<WebsocketEntrance>(m_gate, m_rooms, id);
    std::unique_ptr<Session> session;
    if (isPlain)
        session = std::make_unique<PlainSession>(*connection, *entrance, m_clock, m_random);
    else
        session =
            std::make_unique<OperationsSession>(*connection, *entrance, m_clock, m_random, m_serverName);
    connection->begin(std::move(entrance), std::move(session), std::move(received));
}

void WebsocketDoor::add(WebsocketConnection& connection) {
    m_connections.insert(&connection);
    m_strangers.insert(&connection);
    if (!m_cursorTimer.isActive())
        m_cursorTimer.start(static_cast<int>(limits::cursorIntervalMs));
    connection.onOver = [this](WebsocketConnection& over) {
        if (m_over.empty())
            QMetaObject::invokeMethod(this, &WebsocketDoor::bury, Qt::QueuedConnection);
        m_over.push_back(&over);
    };
}

// Not at once: a socket may end within a call of its session.
void WebsocketDoor::bury() {
    for (WebsocketConnection* connection : std::exchange(m_over, {})) {
        m_connections.erase(connection);
        m_strangers.erase(connection);
        connection->end();
        delete connection;
        m_log.debug("websocket closed", {{"open", std::to_string(m_connections.size())}});
    }
    if (m_connections.empty())
        m_cursorTimer.stop();
}

void WebsocketDoor::tick() {
    // A tick may end connections, but removes none from the set before the event loop runs on.
    for (WebsocketConnection* connection : m_connections)
        connection->tick();
    m_rooms.tick();
}

void WebsocketDoor::linkChanged(const DocumentId& document, std::optional<LinkNumber> link) {
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
