// Listens on one port for HTTP and WebSocket connections and leads each request through the same gates: Host,
// who asks and how much, Host, Origin, CORS, rights, then the routes or the WebSocket door. Lives on the
// event loop; owned by main; borrows what it is given.
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "http/access_check.h"
#include "http/access_rules.h"
#include "http/client_accounts.h"
#include "http/health_routes.h"
#include "http/http_connection.h"
#include "http/trusted_proxies.h"
#include "http/websocket_door.h"
#include "log/log.h"

#include <QSslConfiguration>
#include <QTcpServer>

namespace tandem {

class HttpServer final : public QObject, private HttpService {
    Q_OBJECT
public:
    HttpServer(const Readiness& readiness, const AccessRules& rules, const TrustedProxies& proxies,
               ClientAccounts& clients, AccessCheck& requests, WebsocketDoor& door, Random& random,
               const Log& log, Measures& measures);
    ~HttpServer() override;

    // From now on connections speak TLS with this. Before listen(); later only with another certificate.
    void useTls(const QSslConfiguration& configuration);
    // Only what tells of the process itself is answered from now on. Before listen().
    void serveWatchersOnly() { m_watchersOnly = true; }
    // `port` 0 takes a free one. The error is a sentence for the operator.
    Result<void> listen(const std::string& address, std::uint16_t port);
    // e.g. "http://127.0.0.1:8000"
    std::string url() const;
    // Takes no more connections; open ones go on.
    void stopListening();
    // Requests are under way.
    bool isBusy() const;

private:
    void setServer(std::unique_ptr<QTcpServer> server);
    void accept();
    void take(QTcpSocket* socket);
    std::string newRequestId() override;
    bool keepsConnections() const override { return !m_readiness.stops; }
    void identify(HttpRequest& request, const QHostAddress& peer) const override;
    std::optional<HttpResponse> refuseByRate(const HttpRequest& request) override;
    std::optional<HttpResponse> refuseByBytes(const HttpRequest& request, std::int64_t bytes) override;
    void unread(const HttpRequest& request, std::int64_t bytes) override;
    void wasRead(const HttpRequest& request, std::int64_t bytes) override;
    void answer(HttpRequest request, HttpRespond respond) override;
    HttpResponse finished(const HttpRequest& request, HttpResponse response) const override;
    std::optional<HttpResponse> refuseUpgrade(const HttpRequest& request) override;
    void upgrade(const HttpRequest& request, QTcpSocket* socket) override;
    std::optional<HttpResponse> refusal(const HttpRequest& request) const;
    HttpResponse kept(const HttpRequest& request, HttpResponse response);

    const Readiness& m_readiness;
    const AccessRules& m_rules;
    const TrustedProxies& m_proxies;
    ClientAccounts& m_clients;
    AccessCheck& m_requests;
    WebsocketDoor& m_door;
    Random& m_random;
    const Log& m_log;
    Measures& m_measures;
    std::unique_ptr<QTcpServer> m_server;
    bool m_speaksTls = false;
    bool m_watchersOnly = false;
};

} // namespace tandem
