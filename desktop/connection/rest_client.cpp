#include "connection/rest_client.h"

#include "connection/failure_words.h"
#include "connection/rest.h"

#include <QJsonDocument>
#include <QNetworkReply>
#include <QUrlQuery>

namespace tandem {

namespace {
QNetworkRequest requestFor(const DocumentUrl& document, const QString& path) {
    QUrl url = document.rest();
    url.setPath(url.path() + path.section(QLatin1Char('?'), 0, 0));
    url.setQuery(path.contains(QLatin1Char('?')) ? path.section(QLatin1Char('?'), 1) : QString());
    return rest::request(url, document.token);
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
    QNetworkRequest request = requestFor(document, path);
    if (!key.isEmpty())
        request.setRawHeader("Idempotency-Key", key.toUtf8());
    send("POST", request, rest::bodyOf(body), std::move(done));
}

void RestClient::patch(const DocumentUrl& document, const QString& path, const QJsonObject& body, Done done) {
    send("PATCH", requestFor(document, path), rest::bodyOf(body), std::move(done));
}

void RestClient::remove(const DocumentUrl& document, const QString& path, Done done) {
    send("DELETE", requestFor(document, path), {}, std::move(done));
}

void RestClient::getOfServer(const DocumentUrl& document, const QString& path, Done done) {
    QUrl url = document.server;
    url.setPath(path);
    send("GET", rest::request(url, document.token), {}, std::move(done));
}

void RestClient::import(const DocumentUrl& server, const QString& title, const QByteArray& type,
                        const QByteArray& content, Done done) {
    QUrl url = documentsUrl(server.server);
    url.setPath(url.path() + QStringLiteral("/import"));
    if (!title.isEmpty())
        url.setQuery(QStringLiteral("title=") + QString::fromLatin1(QUrl::toPercentEncoding(title)));
    QNetworkRequest request = rest::request(url, server.token);
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
        if (answer.status == 0 || answer.status >= 400)
            answer.problem = failureWords(*reply, answer.status, QJsonDocument::fromJson(answer.body));
        done(answer);
    });
}

} // namespace tandem
