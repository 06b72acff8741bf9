#include "http/http_connection.h"

#include "protocol/limits.h"

#include <QPointer>

#include <sys/socket.h>

#include <algorithm>

namespace tandem {

namespace {

namespace http = boost::beast::http;

constexpr int drainMs = 2'000;
constexpr int noTimeout = 0;
constexpr qint64 pieceBytes = 64 * 1024;

std::string serialize(const HttpResponse& response, bool keepAlive, bool withBody) {
    const auto reason = http::obsolete_reason(static_cast<http::status>(response.status));
    std::string out = "HTTP/1.1 " + std::to_string(response.status) + " " + std::string(reason) + "\r\n";
    for (const auto& [name, value] : response.headers)
        out += name + ": " + value + "\r\n";
    if (response.status != 204 && response.status != 304)
        out += "Content-Length: " + std::to_string(response.body.size()) + "\r\n";
    out += keepAlive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
    if (withBody)
        out += response.body;
    return out;
}

std::string_view viewOf(const QByteArray& bytes) {
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

} // namespace

HttpConnection::HttpConnection(QTcpSocket* socket, HttpService& service, QObject* parent)
    : QObject(parent), m_socket(socket), m_service(service) {
    m_socket->setParent(this);
    m_socket->setReadBufferSize(pieceBytes);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &HttpConnection::timedOut);
    connect(m_socket, &QTcpSocket::readyRead, this, &HttpConnection::read);
    connect(m_socket, &QTcpSocket::bytesWritten, this, &HttpConnection::written);
    connect(m_socket, &QTcpSocket::disconnected, this, &QObject::deleteLater);
    beginRequest();
    QMetaObject::invokeMethod(this, &HttpConnection::read, Qt::QueuedConnection);
}

HttpConnection::~HttpConnection() {
    m_service.wasRead(m_request, m_unread);
}

void HttpConnection::turnAway(int afterSeconds, std::string_view detail) {
    m_request.id = m_service.newRequestId();
    m_service.identify(m_request, m_socket->peerAddress());
    write(m_service.finished(m_request, tooMany(m_request, afterSeconds, detail)), Next::drain);
}

void HttpConnection::beginRequest() {
    m_parser = std::make_unique<Parser>();
    m_parser->header_limit(static_cast<std::uint32_t>(limits::headerBytes));
    m_parser->body_limit(limits::bodyBytes);
    m_headerBegun = false;
    m_request = HttpRequest();
    m_bodyBytes = 0;
    m_paidBytes = 0;
    setState(State::header, limits::idleConnectionMs);
}

void HttpConnection::setState(State state, std::int64_t timeoutMs) {
    m_state = state;
    m_since.start();
    if (timeoutMs == noTimeout)
        m_timer.stop();
    else
        m_timer.start(static_cast<int>(timeoutMs));
}

// Until more of it comes, but not for ever a little more.
void HttpConnection::waitForBody() {
    const std::int64_t earned = m_bodyBytes * 1000 / limits::slowestBodyBytesPerSecond;
    const std::int64_t endMs = std::min(limits::bodyMs, limits::bodyPauseMs + earned);
    m_timer.start(
        static_cast<int>(std::clamp<std::int64_t>(endMs - m_since.elapsed(), 0, limits::bodyPauseMs)));
}

void HttpConnection::waitForReader() {
    const std::int64_t earned = (m_answerBytes - m_unread) * 1000 / limits::slowestAnswerBytesPerSecond;
    const std::int64_t endMs = limits::answerPauseMs + earned;
    m_timer.start(
        static_cast<int>(std::clamp<std::int64_t>(endMs - m_since.elapsed(), 0, limits::answerPauseMs)));
}

void HttpConnection::read() {
    if (!m_socket)
        return; // handed over since this call was queued
    switch (m_state) {
    case State::header:
        readHeader();
        break;
    case State::body:
        readBody();
        break;
    case State::draining:
        m_socket->readAll();
        break;
    case State::answering:
    case State::flushing:
        break; // the next request waits in the socket
    }
}

void HttpConnection::readHeader() {
    // Empty lines before a request are allowed.
    while (!m_headerBegun && m_socket->peek(2) == "\r\n")
        m_socket->skip(2);
    const QByteArray bytes = m_socket->peek(pieceBytes);
    if (bytes.isEmpty())
        return;
    if (!m_headerBegun) {
        m_headerBegun = true;
        m_timer.start(static_cast<int>(limits::headerMs));
    }
    boost::beast::error_code fault;
    const std::size_t used = m_parser->put(
        boost::asio::const_buffer(bytes.constData(), static_cast<std::size_t>(bytes.size())), fault);
    if (fault == http::error::need_more)
        return;
    if (fault) {
        m_request.id = m_service.newRequestId();
        m_service.identify(m_request, m_socket->peerAddress());
        refuse(refusalOf(fault, viewOf(bytes)));
        return;
    }
    headerComplete(viewOf(bytes).substr(0, used));
}

void HttpConnection::headerComplete(std::string_view headerBytes) {
    const HttpHeader& header = m_parser->get();
    m_request = requestFrom(header, m_service.newRequestId());
    m_service.identify(m_request, m_socket->peerAddress());
    if (const auto refusal = refusalOf(header)) {
        refuse(*refusal);
        return;
    }
    if (headerBytes.size() > limits::headerBytes) { // the parser may take a little more
        refuse({431, "The headers are too long."});
        return;
    }
    if (foldsLines(headerBytes)) {
        refuse({400, "A header must not go on in the next line."});
        return;
    }
    if (const auto refused = m_service.refuseByRate(m_request)) {
        write(*refused, Next::drain);
        return;
    }
    if (wantsUpgrade(header)) {
        if (const auto refused = m_service.refuseUpgrade(m_request)) {
            write(*refused, Next::drain);
            return;
        }
        m_timer.stop();
        m_socket->skip(static_cast<qint64>(headerBytes.size()));
        m_socket->disconnect(this);
        m_socket->setParent(nullptr);
        m_service.upgrade(m_request, m_socket);
        m_socket = nullptr;
        deleteLater();
        return;
    }
    m_socket->skip(static_cast<qint64>(headerBytes.size()));
    m_parser->eager(true);
    if (refuseUnpaid(static_cast<std::int64_t>(m_parser->content_length().value_or(0))))
        return;
    if (!header[http::field::expect].empty() && !m_parser->is_done())
        m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
    setState(State::body, limits::bodyPauseMs);
    readBody();
}

// Bytes of the body up to `through` that are not in the client's rate yet.
bool HttpConnection::refuseUnpaid(std::int64_t through) {
    const std::int64_t due = through - m_paidBytes;
    if (due <= 0)
        return false;
    m_paidBytes = through;
    const auto refused = m_service.refuseByBytes(m_request, due);
    if (refused)
        write(*refused, Next::drain);
    return refused.has_value();
}

void HttpConnection::readBody() {
    while (!m_parser->is_done()) {
        const QByteArray bytes = m_socket->peek(pieceBytes);
        if (bytes.isEmpty()) {
            waitForBody();
            return;
        }
        boost::beast::error_code fault;
        const std::size_t used = m_parser->put(
            boost::asio::const_buffer(bytes.constData(), static_cast<std::size_t>(bytes.size())), fault);
        m_socket->skip(static_cast<qint64>(used));
        m_bodyBytes += static_cast<std::int64_t>(used);
        if (refuseUnpaid(m_bodyBytes))
            return;
        if (fault && fault != http::error::need_more) {
            refuse(refusalOf(fault, viewOf(bytes)));
            return;
        }
        if (used == 0) {
            if (bytes.size() == pieceBytes)
                refuse({400, "A line of the chunked body is too long."});
            else
                waitForBody();
            return;
        }
    }
    dispatch();
}

void HttpConnection::dispatch() {
    m_request.body = std::move(m_parser->get().body());
    setState(State::answering, noTimeout);
    const std::uint64_t number = ++m_requestNumber;
    m_service.answer(m_request, [self = QPointer(this), number](HttpResponse response) {
        if (!self || self->m_requestNumber != number || self->m_state != State::answering)
            return;
        self->write(response, self->m_parser->keep_alive() && self->m_service.keepsConnections()
                                  ? Next::keepAlive
                                  : Next::close);
    });
}

void HttpConnection::refuse(const HttpRefusal& refusal) {
    write(m_service.finished(m_request, problem(m_request, refusal.status, refusal.detail)), Next::drain);
}

void HttpConnection::write(const HttpResponse& response, Next next) {
    m_next = next;
    setState(State::flushing, limits::answerPauseMs);
    const std::string bytes = serialize(response, next == Next::keepAlive, m_request.method != "HEAD");
    m_answerBytes = static_cast<std::int64_t>(bytes.size());
    m_unread = m_answerBytes;
    m_service.unread(m_request, m_unread);
    m_socket->write(bytes.data(), m_answerBytes);
}

void HttpConnection::written() {
    if (m_state != State::flushing)
        return;
    const std::int64_t left = m_socket->bytesToWrite();
    m_service.wasRead(m_request, m_unread - left);
    m_unread = left;
    if (left > 0) {
        waitForReader();
        return;
    }
    switch (m_next) {
    case Next::keepAlive:
        beginRequest();
        QMetaObject::invokeMethod(this, &HttpConnection::read, Qt::QueuedConnection);
        break;
    case Next::close:
        m_socket->disconnectFromHost();
        break;
    case Next::drain:
        setState(State::draining, drainMs);
        ::shutdown(static_cast<int>(m_socket->socketDescriptor()), SHUT_WR);
        m_socket->readAll();
        break;
    }
}

void HttpConnection::timedOut() {
    if (m_state == State::body || (m_state == State::header && m_headerBegun)) {
        if (m_request.id.empty())
            m_request.id = m_service.newRequestId();
        refuse({408, "The request took too long to come."});
        return;
    }
    m_socket->abort();
}

} // namespace tandem
