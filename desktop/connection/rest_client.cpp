#include "connection/rest_client.h"

#include <QJsonDocument>
#include <QNetworkReply>
#include <QUrlQuery>

namespace tandem {

namespace {
constexpr int timeoutMs = 15'000;

QNetworkRequest requestFor(const DocumentUrl& document, const QUrl& url) {
    QNetworkRequest request(url);
    request.setTransferTimeout(timeoutMs);
    if (!document.token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + document.token.toUtf8());
    return request;
}

QNetworkRequest requestFor(const DocumentUrl& document, const QString& path) {
    QUrl url = document.rest();
    url.setPath(url.path() + path.section(QLatin1Char('?'), 0, 0));
    url.setQuery(path.contains(QLatin1Char('?')) ? path.section(QLatin1Char('?'), 1) : QString());
    return requestFor(document, url);
}

QNetworkRequest jsonRequest(const DocumentUrl& document, const QString& path) {
    QNetworkRequest request = requestFor(document, path);
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    return request;
}

QByteArray bytesOf(const QJsonObject& body) {
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

QString problemOf(const QNetworkReply& reply, const RestAnswer& answer) {
    const QString host = reply.url().authority();
    if (answer.status == 0)
        return RestClient::tr("%1 cannot be reached: %2.").arg(host, reply.errorString());
    if (answer.status < 400)
        return {};
    const QJsonObject json = answer.json();
    const QString fallback = json[QStringLiteral("title")].toString(
        RestClient::tr("it answered with status %1.").arg(answer.status));
    return RestClient::tr("%1 refused: %2").arg(host, json[QStringLiteral("detail")].toString(fallback));
}
} // namespace

QJsonObject RestAnswer::json() const {
    return QJsonDocument::fromJson(body).object();
}

RestClient::RestClient(QObject* parent) : QObject(parent) {}

void RestClient::get(const DocumentUrl& document, const QString& path, Done done) {
    send("GET", requestFor(document, path), {}, std::move(done));
}

void RestClient::post(const DocumentUrl& document, const QString& path, const QJsonObject& body,
                      const QString& key, Done done) {
    QNetworkRequest request = jsonRequest(document, path);
    if (!key.isEmpty())
        request.setRawHeader("Idempotency-Key", key.toUtf8());
    send("POST", request, bytesOf(body), std::move(done));
}

void RestClient::patch(const DocumentUrl& document, const QString& path, const QJsonObject& body, Done done) {
    send("PATCH", jsonRequest(document, path), bytesOf(body), std::move(done));
}

void RestClient::remove(const DocumentUrl& document, const QString& path, Done done) {
    send("DELETE", requestFor(document, path), {}, std::move(done));
}

void RestClient::getOfServer(const DocumentUrl& document, const QString& path, Done done) {
    QUrl url = document.server;
    url.setPath(path);
    send("GET", requestFor(document, url), {}, std::move(done));
}

void RestClient::import(const DocumentUrl& server, const QString& title, const QByteArray& type,
                        const QByteArray& content, Done done) {
    QUrl url = documentsUrl(server.server);
    url.setPath(url.path() + QStringLiteral("/import"));
    if (!title.isEmpty())
        url.setQuery(QStringLiteral("title=") + QString::fromLatin1(QUrl::toPercentEncoding(title)));
    QNetworkRequest request = requestFor(server, url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, type);
    send("POST", request, content, std::move(done));
}

void RestClient::send(const QByteArray& method, QNetworkRequest request, const QByteArray& body, Done done) {
    QNetworkReply* reply = m_network.sendCustomRequest(request, method, body);
    connect(reply, &QNetworkReply::finished, this, [reply, done = std::move(done)] {
        reply->deleteLater();
        RestAnswer answer;
        answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        answer.body = reply->readAll();
        answer.problem = problemOf(*reply, answer);
        done(answer);
    });
}

} // namespace tandem
