#include "http/http_server.h"

#include "base/ids.h"

#include <QHostAddress>

namespace tandem {

namespace {

constexpr int acceptQueue = 1024;
// HTTP connections at once; a WebSocket no longer counts once it is handed over.
constexpr int mostConnections = 4096;

bool changesSomething(const HttpRequest& request) {
    return request.method != "GET" && request.method != "HEAD" && request.method != "OPTIONS";
}

} // namespace

HttpServer::HttpServer(const AccessRules& rules, AccessCheck& requests, WebsocketDoor& door, Random& random,
                       const Log& log)
    : m_rules(rules), m_requests(requests), m_door(door), m_random(random), m_log(log) {
    m_server.setListenBacklogSize(acceptQueue);
    m_server.setMaxPendingConnections(acceptQueue);
    connect(&m_server, &QTcpServer::newConnection, this, &HttpServer::accept);
}

Result<void> HttpServer::listen(const std::string& address, std::uint16_t port) {
    if (m_server.listen(QHostAddress(QString::fromStdString(address)), port))
        return {};
    return Error{ErrorCode::unavailable, "Cannot listen on " + address + ", port " + std::to_string(port) +
                                             ": " + m_server.errorString().toStdString() + "."};
}

std::string HttpServer::url() const {
    const QHostAddress address = m_server.serverAddress();
    const std::string name = address.toString().toStdString();
    const bool six = address.protocol() == QAbstractSocket::IPv6Protocol;
    return "http://" + (six ? "[" + name + "]" : name) + ":" + std::to_string(m_server.serverPort());
}

void HttpServer::stopListening() {
    m_server.close();
}

void HttpServer::accept() {
    while (QTcpSocket* socket = m_server.nextPendingConnection()) {
        if (findChildren<HttpConnection*>(QString(), Qt::FindDirectChildrenOnly).size() >= mostConnections) {
            m_log.warning("connection refused, too many are open");
            socket->abort();
            socket->deleteLater();
            continue;
        }
        socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        new HttpConnection(socket, *this, this);
    }
}

std::string HttpServer::newRequestId() {
    return makeRandomId(m_random);
}

std::optional<HttpResponse> HttpServer::refusal(const HttpRequest& request) const {
    if (!m_rules.allowsHost(request.host))
        return problem(request, 403, "This server does not answer to the name in Host.");
    return std::nullopt;
}

void HttpServer::answer(HttpRequest request, HttpRespond respond) {
    const auto send = [this, request, respond = std::move(respond)](HttpResponse response) {
        respond(finished(request, std::move(response)));
    };
    if (auto refused = refusal(request)) {
        send(std::move(*refused));
        return;
    }
    if (changesSomething(request) && !m_rules.allowsOrigin(request.origin, request.host)) {
        send(
            problem(request, 403, "Pages of this Origin may not change anything here; see ALLOWED_ORIGINS."));
        return;
    }
    m_requests.route(std::move(request), send);
}

std::optional<HttpResponse> HttpServer::refuseUpgrade(const HttpRequest& request) {
    auto refused = refusal(request);
    if (!refused && !m_rules.allowsOrigin(request.origin, request.host))
        refused = problem(request, 403, "Pages of this Origin may not connect; see ALLOWED_ORIGINS.");
    if (!refused)
        refused = m_door.refuse(request);
    if (!refused)
        return std::nullopt;
    return finished(request, std::move(*refused));
}

void HttpServer::upgrade(QTcpSocket* socket) {
    m_door.take(socket);
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
    const Log::Fields fields = {{"id", request.id},
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
