// One HTTP connection: reads requests, one at a time and in order, and writes their answers. Owned by
// HttpServer (its QObject parent), lives on the event loop, deletes itself when the socket ends. Owns the
// socket until an upgrade hands it over, with what comes behind the request unread.
#pragma once

#include "http/request_check.h"

#include <QElapsedTimer>
#include <QHostAddress>

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <QObject>
#include <QTcpSocket>
#include <QTimer>

#include <memory>

namespace tandem {

// What happens to whole requests; outlives the connections.
class HttpService {
public:
    virtual ~HttpService() = default;

    virtual std::string newRequestId() = 0;
    // Does a connection stay open behind an answer?
    virtual bool keepsConnections() const = 0;
    // Fills in who asks.
    virtual void identify(HttpRequest& request, const QHostAddress& peer) const = 0;
    // Counts the request, and so many bytes of its body. A response that refuses it, or nothing.
    virtual std::optional<HttpResponse> refuseByRate(const HttpRequest& request) = 0;
    virtual std::optional<HttpResponse> refuseByBytes(const HttpRequest& request, std::int64_t bytes) = 0;
    virtual void answer(HttpRequest request, HttpRespond respond) = 0;
    // So many bytes of its answer wait to be read, or no longer do.
    virtual void unread(const HttpRequest& request, std::int64_t bytes) = 0;
    virtual void wasRead(const HttpRequest& request, std::int64_t bytes) = 0;
    // The answer with what every answer has; for those that answer() did not give.
    virtual HttpResponse finished(const HttpRequest& request, HttpResponse response) const = 0;
    // A response that refuses the upgrade, or nothing: then upgrade() gets the socket.
    virtual std::optional<HttpResponse> refuseUpgrade(const HttpRequest& request) = 0;
    // Takes the socket over; its next bytes are those behind the request.
    virtual void upgrade(const HttpRequest& request, QTcpSocket* socket) = 0;
};

class HttpConnection final : public QObject {
    Q_OBJECT
public:
    HttpConnection(QTcpSocket* socket, HttpService& service, QObject* parent);
    ~HttpConnection() override;

    // Answers whatever comes with 429 and ends. Right after it was made.
    void turnAway(int afterSeconds, std::string_view detail);
    // A request is under way.
    bool isBusy() const { return m_state != State::header || m_headerBegun; }

private:
    enum class State {
        header,    // a request's header is awaited or comes in
        body,      // its body comes in
        answering, // a handler has it
        flushing,  // the answer goes out
        draining,  // the answer is out; what still comes is thrown away, so that the client can read the
                   // answer
    };
    enum class Next { keepAlive, close, drain };
    using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;

    void read();
    void readHeader();
    void headerComplete(std::string_view headerBytes);
    void readBody();
    void dispatch();
    bool refuseUnpaid(std::int64_t through);
    void refuse(const HttpRefusal& refusal);
    void write(const HttpResponse& response, Next next);
    void written();
    void beginRequest();
    void setState(State state, std::int64_t timeoutMs);
    void waitForBody();
    void waitForReader();
    void timedOut();

    QTcpSocket* m_socket;
    HttpService& m_service;
    QTimer m_timer;
    QElapsedTimer m_since; // the state began
    State m_state = State::header;
    Next m_next = Next::keepAlive;
    bool m_headerBegun = false;
    std::unique_ptr<Parser> m_parser;
    HttpRequest m_request;
    std::uint64_t m_requestNumber = 0; // a late answer to an earlier request is told by it
    std::int64_t m_bodyBytes = 0;      // that came, as sent
    std::int64_t m_paidBytes = 0;      // of the body, counted in the client's rate
    std::int64_t m_answerBytes = 0;
    std::int64_t m_unread = 0; // of the answer
};

} // namespace tandem
