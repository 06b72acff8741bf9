#include "http/http_server.h"

#include "base/ids.h"
#include "http/open_socket.h"
#include "http/request_weight.h"
#include "protocol/limits.h"

#include <QHostAddress>
#include <QSslServer>

#include <algorithm>

namespace tandem {

namespace {

constexpr int acceptQueue = 1024;
// Beyond so many times its limit an address is not even told that it has too many connections.
constexpr std::size_t patience = 2;
// Answers up to this size are kept whoever reads slowly.
constexpr std::size_t smallAnswerBytes = 64 * 1024;
constexpr const char* tooManyRequests = "Too many requests come from this address; see Retry-After.";
constexpr const char* tooManyBytes = "Too many bytes go to and from this address; see Retry-After.";
constexpr const char* tooManyConnections = "This address has too many connections open.";

bool changesSomething(const HttpRequest& request) {
    return request.method != "GET" && request.method != "HEAD" && request.method != "OPTIONS";
}

} // namespace

HttpServer::HttpServer(const Readiness& readiness, const AccessRules& rules, const TrustedProxies& proxies,
                       ClientAccounts& clients, AccessCheck& requests, WebsocketDoor& door, Random& random,
                       const Log& log, Measures& measures)
    : m_readiness(readiness)
    , m_rules(rules)
    , m_proxies(proxies)
    , m_clients(clients)
    , m_requests(requests)
    , m_door(door)
    , m_random(random)
    , m_log(log)
    , m_measures(measures) {
    setServer(std::make_unique<QTcpServer>());
}

HttpServer::~HttpServer() {
    // They tell this object that they are gone.
    qDeleteAll(findChildren<HttpConnection*>(QString(), Qt::FindDirectChildrenOnly));
}

void HttpServer::setServer(std::unique_ptr<QTcpServer> server) {
    m_server = std::move(server);
    m_server->setListenBacklogSize(acceptQueue);
    m_server->setMaxPendingConnections(acceptQueue);
    connect(m_server.get(), &QTcpServer::pendingConnectionAvailable, this, &HttpServer::accept);
}

void HttpServer::useTls(const QSslConfiguration& configuration) {
    if (!m_speaksTls)
        setServer(std::make_unique<QSslServer>());
    m_speaksTls = true;
    static_cast<QSslServer*>(m_server.get())->setSslConfiguration(configuration);
}

Result<void> HttpServer::listen(const std::string& address, std::uint16_t port) {
    if (m_server->listen(QHostAddress(QString::fromStdString(address)), port))
        return {};
    return Error{ErrorCode::unavailable, "Cannot listen on " + address + ", port " + std::to_string(port) +
                                             ": " + m_server->errorString().toStdString() + "."};
}

std::string HttpServer::url() const {
    const QHostAddress address = m_server->serverAddress();
    const std::string name = address.toString().toStdString();
    const bool six = address.protocol() == QAbstractSocket::IPv6Protocol;
    const std::string scheme = m_speaksTls ? "https://" : "http://";
    return scheme + (six ? "[" + name + "]" : name) + ":" + std::to_string(m_server->serverPort());
}

void HttpServer::stopListening() {
    m_server->close();
}

bool HttpServer::isBusy() const {
    const auto connections = findChildren<HttpConnection*>(QString(), Qt::FindDirectChildrenOnly);
    return std::any_of(connections.begin(), connections.end(),
                       [](const HttpConnection* connection) { return connection->isBusy(); });
}

void HttpServer::accept() {
    while (QTcpSocket* socket = m_server->nextPendingConnection())
        take(socket);
}

void HttpServer::take(QTcpSocket* socket) {
    using Kind = ClientAccounts::Kind;
    // A trusted proxy brings the connections of many; what each of them asks is counted when it is read.
    const bool isProxy = m_proxies.trusts(socket->peerAddress());
    const std::string client = addressGroup(socket->peerAddress());
    const std::size_t open = isProxy ? 0 : m_clients.openCount(client, Kind::connection);
    const auto all =
        static_cast<std::size_t>(findChildren<HttpConnection*>(QString(), Qt::FindDirectChildrenOnly).size());
    if (all >= limits::connections || open >= patience * limits::connectionsPerAddress) {
        m_log.debug("connection refused, too many are open", {{"client", client}});
        socket->abort();
        socket->deleteLater();
        return;
    }
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    auto* connection = new HttpConnection(socket, *this, this);
    if (isProxy)
        return;
    new OpenSocket(m_clients, client, Kind::connection, connection);
    // A connection that never asks for anything has its price as well.
    if (const auto seconds = m_clients.refuseRequest(client, 1))
        connection->turnAway(*seconds, tooManyRequests);
    else if (open >= limits::connectionsPerAddress)
        connection->turnAway(1, tooManyConnections);
}

void HttpServer::identify(HttpRequest& request, const QHostAddress& peer) const {
    request.client = addressGroup(m_proxies.clientOf(peer, request.forwardedFor));
    request.isLocal = peer.isLoopback() && request.forwardedFor.empty();
    if (m_speaksTls)
        request.scheme = "https";
    const std::string_view said = request.forwardedProto;
    if (m_proxies.trusts(peer) && said.substr(said.find_last_of(", ") + 1) == "https")
        request.scheme = "https";
}

std::optional<HttpResponse> HttpServer::refuseByRate(const HttpRequest& request) {
    if (const auto seconds = m_clients.refuseRequest(request.client, weightOf(request)))
        return finished(request, tooMany(request, *seconds, tooManyRequests));
    return std::nullopt;
}

std::optional<HttpResponse> HttpServer::refuseByBytes(const HttpRequest& request, std::int64_t bytes) {
    if (const auto seconds = m_clients.refuseBytes(request.client, bytes))
        return finished(request, tooMany(request, *seconds, tooManyBytes));
    return std::nullopt;
}

void HttpServer::unread(const HttpRequest& request, std::int64_t bytes) {
    m_clients.addUnread(request.client, bytes);
}

void HttpServer::wasRead(const HttpRequest& request, std::int64_t bytes) {
    m_clients.removeUnread(request.client, bytes);
}

std::string HttpServer::newRequestId() {
    return makeRandomId(m_random);
}

std::optional<HttpResponse> HttpServer::refusal(const HttpRequest& request) const {
    if (!m_rules.allowsHost(request.host))
        return problem(request, 403, "This server does not answer to the name in Host.");
    // 421 rather than 404: the document may well be there, at another server.
    if (m_watchersOnly && !isForWatchers(request.path))
        return problem(request, 421, "This server does background work only.");
    return std::nullopt;
}

void HttpServer::answer(HttpRequest request, HttpRespond respond) {
    const auto send = [this, request, respond = std::move(respond)](HttpResponse response) {
        respond(finished(request, kept(request, std::move(response))));
    };
    if (auto refused = refusal(request)) {
        send(std::move(*refused));
        return;
    }
    if (changesSomething(request) && !m_rules.allowsOrigin(request.origin, request.scheme, request.host)) {
        send(
            problem(request, 403, "Pages of this Origin may not change anything here; see ALLOWED_ORIGINS."));
        return;
    }
    m_requests.route(std::move(request), send);
}

std::optional<HttpResponse> HttpServer::refuseUpgrade(const HttpRequest& request) {
    auto refused = refusal(request);
    if (!refused && !m_rules.allowsOrigin(request.origin, request.scheme, request.host))
        refused = problem(request, 403, "Pages of this Origin may not connect; see ALLOWED_ORIGINS.");
    if (!refused)
        refused = m_door.refuse(request);
    if (!refused)
        return std::nullopt;
    return finished(request, std::move(*refused));
}

void HttpServer::upgrade(const HttpRequest& request, QTcpSocket* socket) {
    m_door.take(request, socket);
}

// What is read may be asked for again; what was done must be told.
HttpResponse HttpServer::kept(const HttpRequest& request, HttpResponse response) {
    if (request.method == "HEAD")
        return response;
    const bool isLarge = response.body.size() > smallAnswerBytes && !changesSomething(request);
    if (isLarge && !m_clients.mayKeepAnswer(request.client))
        return problem(request, 503, "Too many answers wait to be read.");
    m_clients.spendBytes(request.client, static_cast<std::int64_t>(response.body.size()));
    return response;
}

HttpResponse HttpServer::finished(const HttpRequest& request, HttpResponse response) const {
    response.header("X-Request-Id", request.id)
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer");
    response.header("Vary", "Origin");
    if (request.origin && m_rules.sharesWith(*request.origin)) {
        response.header("Access-Control-Allow-Origin", *request.origin)
            .header("Access-Control-Expose-Headers",
                    "ETag, Idempotency-Replayed, Link, Location, Retry-After, X-Request-Id");
        if (request.method == "OPTIONS" && !request.preflightMethod.empty())
            response.header("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS")
                .header("Access-Control-Allow-Headers",
                        "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match")
                .header("Access-Control-Max-Age", "600");
    }
    m_measures.requestAnswered(response.status);
    const Log::Fields fields = {{"id", request.id},
                                {"client", request.client},
                                {"method", request.method},
                                {"path", request.path},
                                {"status", std::to_string(response.status)}};
    if (response.status >= 500)
        m_log.warning("request failed", fields);
    else
        m_log.debug("request", fields);
    return response;
}

} // namespace tandem
