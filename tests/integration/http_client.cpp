#include "integration/http_client.h"

#include <QEventLoop>
#include <QJsonDocument>
#include <QTcpSocket>
#include <QTimer>

namespace tandem {

namespace {

constexpr int answerMs = 20'000;

} // namespace

QJsonObject HttpReply::json() const {
    return QJsonDocument::fromJson(body).object();
}

HttpReply takeReply(QByteArray& bytes, AnswerBody body) {
    HttpReply reply;
    const qsizetype end = bytes.indexOf("\r\n\r\n");
    if (end < 0)
        return reply;
    QList<QByteArray> lines = bytes.left(end).split('\n');
    const QByteArray first = lines.takeFirst();
    for (const QByteArray& line : lines) {
        const qsizetype colon = line.indexOf(':');
        reply.headers[line.left(colon).trimmed().toLower()] = line.mid(colon + 1).trimmed();
    }
    const qsizetype length = body == AnswerBody::present ? reply.header("Content-Length").toLongLong() : 0;
    if (bytes.size() < end + 4 + length)
        return HttpReply();
    reply.status = first.mid(9, 3).toInt();
    reply.body = bytes.mid(end + 4, length);
    bytes.remove(0, end + 4 + length);
    return reply;
}

// Sends and reads until `enough` of what came, the end, or the time is up.
QByteArray HttpClient::exchange(const QByteArray& bytes, int silenceMs,
                                const std::function<bool(const QByteArray&)>& enough) const {
    QTcpSocket socket;
    QEventLoop loop;
    QTimer silence;
    QByteArray received;
    silence.setSingleShot(true);
    QObject::connect(&silence, &QTimer::timeout, &loop, &QEventLoop::quit);
    QObject::connect(&socket, &QTcpSocket::disconnected, &loop, &QEventLoop::quit);
    QObject::connect(&socket, &QTcpSocket::errorOccurred, &loop, &QEventLoop::quit);
    QObject::connect(&socket, &QTcpSocket::readyRead, &loop, [&] {
        received += socket.readAll();
        silence.start(silenceMs);
        if (enough(received))
            loop.quit();
    });
    QObject::connect(&socket, &QTcpSocket::connected, &socket, [&] { socket.write(bytes); });
    silence.start(answerMs);
    if (!m_source.isNull())
        socket.bind(m_source);
    socket.connectToHost(m_server.host(), static_cast<quint16>(m_server.port()));
    loop.exec();
    return received + socket.readAll();
}

HttpReply HttpClient::request(const QByteArray& method, const QByteArray& path, const Headers& headers,
                              const QByteArray& body) {
    QByteArray bytes = method + " " + path + " HTTP/1.1\r\n";
    if (!headers.contains("Host"))
        bytes += "Host: " + m_server.authority().toUtf8() + "\r\n";
    for (auto header = headers.begin(); header != headers.end(); ++header)
        bytes += header.key() + ": " + header.value() + "\r\n";
    if (method == "POST" || method == "PUT" || !body.isEmpty())
        bytes += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    bytes += "Connection: close\r\n\r\n" + body;
    const AnswerBody answer = method == "HEAD" ? AnswerBody::leftOut : AnswerBody::present;
    QByteArray received = exchange(bytes, answerMs, [](const QByteArray&) { return false; });
    return takeReply(received, answer);
}

HttpReply HttpClient::get(const QByteArray& path, const Headers& headers) {
    return request("GET", path, headers, {});
}

HttpReply HttpClient::post(const QByteArray& path, const QByteArray& body) {
    return request("POST", path, {{"Content-Type", "application/json"}}, body);
}

HttpReply HttpClient::post(const QByteArray& path, const QJsonObject& body) {
    return post(path, QJsonDocument(body).toJson(QJsonDocument::Compact));
}

QString HttpClient::createDocument(const QString& title, const QString& text) {
    const QJsonObject body{{QStringLiteral("title"), title}, {QStringLiteral("text"), text}};
    return post("/v1/docs", body).json()[QStringLiteral("id")].toString();
}

QString HttpClient::textOf(const QString& documentId) {
    return get("/v1/docs/" + documentId.toUtf8()).json()[QStringLiteral("text")].toString();
}

QByteArray HttpClient::raw(const QByteArray& bytes, int silenceMs) {
    return exchange(bytes, silenceMs, [](const QByteArray&) { return false; });
}

int HttpClient::rawStatus(const QByteArray& bytes) {
    QByteArray received =
        exchange(bytes, answerMs, [](const QByteArray& part) { return part.contains("\r\n\r\n"); });
    return received.mid(9, 3).toInt();
}

} // namespace tandem
