// HTTP for tests: plain bytes over a socket, so that malformed requests can be sent as well. Every call waits
// in an event loop, so that other clients in the same process go on.
#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <QJsonObject>
#include <QMap>
#include <QUrl>

#include <functional>

namespace tandem {

struct HttpReply {
    int status = 0;                       // 0: none came
    QMap<QByteArray, QByteArray> headers; // names in small letters
    QByteArray body;

    QJsonObject json() const;
    QByteArray header(const QByteArray& name) const { return headers.value(name.toLower()); }
};

class HttpClient {
public:
    using Headers = QMap<QByteArray, QByteArray>;

    // `source` is the address it comes from, such as 127.0.0.2; a null one is any.
    explicit HttpClient(QUrl server, QHostAddress source = {})
        : m_server(std::move(server)), m_source(std::move(source)) {}

    HttpReply get(const QByteArray& path, const Headers& headers = {});
    HttpReply request(const QByteArray& method, const QByteArray& path, const Headers& headers,
                      const QByteArray& body);
    // Content-Type application/json.
    HttpReply post(const QByteArray& path, const QJsonObject& body);
    HttpReply post(const QByteArray& path, const QByteArray& body);
    // The id of a new document; empty on failure.
    QString createDocument(const QString& title, const QString& text = {});
    // Its text as the server has it.
    QString textOf(const QString& documentId);

    // Sends exactly these bytes and gives what comes until the server closes or is silent for `silenceMs`.
    QByteArray raw(const QByteArray& bytes, int silenceMs = 300);
    // The status of the first answer to these bytes.
    int rawStatus(const QByteArray& bytes);

private:
    QByteArray exchange(const QByteArray& bytes, int silenceMs,
                        const std::function<bool(const QByteArray&)>& enough) const;

    QUrl m_server;
    QHostAddress m_source;
};

// Cuts the first answer off `bytes`. A HEAD answer has no body whatever it says.
enum class AnswerBody { present, leftOut };
HttpReply takeReply(QByteArray& bytes, AnswerBody body = AnswerBody::present);

} // namespace tandem
