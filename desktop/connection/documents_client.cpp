#include "connection/documents_client.h"

#include "base/ids.h"
#include "connection/failure_words.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkReply>
#include <QUrlQuery>

namespace tandem {

namespace {
constexpr int timeoutMs = 10'000;
constexpr int listLimit = 200;
constexpr qint64 largestAnswer = 8 * 1024 * 1024;

QNetworkRequest request(const QUrl& url, const QString& secret = {}) {
    QNetworkRequest result(url);
    result.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    result.setTransferTimeout(timeoutMs);
    // A secret is for the server of its document, and not for where that would send us.
    result.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::SameOriginRedirectPolicy);
    if (!secret.isEmpty())
        result.setRawHeader("Authorization", "Bearer " + secret.toUtf8());
    return result;
}

QByteArray titleBody(const QString& title) {
    return QJsonDocument(QJsonObject{{"title", title}}).toJson(QJsonDocument::Compact);
}

std::optional<DocumentEntry> entryOf(const QUrl& server, const QJsonObject& json) {
    const QString id = json["id"].toString();
    if (!isDocumentId(id.toStdString()))
        return std::nullopt;
    const auto link = DocumentUrl::parse(json["link"]["url"].toString());
    return DocumentEntry{{server, id, link ? link->token : QString()},
                         json["title"].toString(),
                         json["version"].toInteger(),
                         QDateTime::fromString(json["updated"].toString(), Qt::ISODateWithMs)};
}
} // namespace

DocumentsClient::DocumentsClient(QObject* parent) : QObject(parent) {}

std::optional<QUrl> DocumentsClient::parseServer(const QString& text) {
    QString address = text.trimmed();
    if (!address.contains(QStringLiteral("://")))
        address.prepend(QStringLiteral("http://"));
    const QUrl url(address, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || (url.scheme() != "http" && url.scheme() != "https"))
        return std::nullopt;
    QUrl server;
    server.setScheme(url.scheme());
    server.setHost(url.host());
    server.setPort(url.port());
    return server;
}

void DocumentsClient::list(const QUrl& server, Shelf shelf, const QString& part,
                           Done<QList<DocumentEntry>> done, Failed failed) {
    QUrl url = documentsUrl(server);
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("limit"), QString::number(listLimit));
    if (!part.isEmpty())
        query.addQueryItem(QStringLiteral("q"), QString::fromLatin1(QUrl::toPercentEncoding(part)));
    if (shelf == Shelf::bin)
        query.addQueryItem(QStringLiteral("deleted"), QStringLiteral("true"));
    url.setQuery(query);
    whenDone(
        m_network.get(request(url)),
        [server, done = std::move(done)](const QJsonObject& answer) {
            QList<DocumentEntry> documents;
            for (const QJsonValue& value : answer["documents"].toArray())
                if (const std::optional<DocumentEntry> entry = entryOf(server, value.toObject()))
                    documents.append(*entry);
            done(documents);
        },
        std::move(failed));
}

void DocumentsClient::create(const QUrl& server, const NewDocument& document, Done<DocumentUrl> done,
                             Failed failed) {
    QJsonObject wish{{"title", document.title}};
    if (!document.id.isEmpty()) {
        wish["id"] = document.id;
        wish["owner_secret"] = document.ownerSecret;
    }
    whenDone(
        m_network.post(request(documentsUrl(server)), QJsonDocument(wish).toJson(QJsonDocument::Compact)),
        [server, done = std::move(done), failed](const QJsonObject& answer) {
            if (const std::optional<DocumentEntry> entry = entryOf(server, answer))
                done(entry->url);
            else
                failed(tr("The server's answer does not name the new document."));
        },
        failed);
}

void DocumentsClient::rename(const DocumentUrl& document, const QString& title, std::function<void()> done,
                             Failed failed) {
    whenDone(
        m_network.sendCustomRequest(request(document.rest(), document.token), "PATCH", titleBody(title)),
        [done = std::move(done)](const QJsonObject&) { done(); }, std::move(failed));
}

void DocumentsClient::bin(const DocumentUrl& document, std::function<void()> done, Failed failed) {
    whenDone(
        m_network.deleteResource(request(document.rest(), document.token)),
        [done = std::move(done)](const QJsonObject&) { done(); }, std::move(failed));
}

void DocumentsClient::restore(const DocumentUrl& document, std::function<void()> done, Failed failed) {
    QUrl url = document.rest();
    url.setPath(url.path() + QStringLiteral("/restore"));
    whenDone(
        m_network.post(request(url, document.token), QByteArray("{}")),
        [done = std::move(done)](const QJsonObject&) { done(); }, std::move(failed));
}

void DocumentsClient::whenDone(QNetworkReply* reply, std::function<void(const QJsonObject&)> use,
                               Failed failed) {
    // What a stranger's server sends without end is not kept.
    connect(reply, &QNetworkReply::downloadProgress, reply, [reply](qint64 received, qint64) {
        if (received > largestAnswer)
            reply->abort();
    });
    connect(reply, &QNetworkReply::finished, this,
            [this, reply, use = std::move(use), failed = std::move(failed)] {
                reply->deleteLater();
                constexpr int noContent = 204;
                const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
                const QJsonDocument answer = QJsonDocument::fromJson(reply->readAll());
                if (status == noContent || (status >= 200 && status < 300 && answer.isObject()))
                    return use(answer.object());
                if (mayBeAnotherVersion(*reply, status, answer))
                    return tellOfVersion(reply->url(), failed);
                failed(failureWords(*reply, status, answer));
            });
}

// A Tandem server that does not know the call: which version is it?
void DocumentsClient::tellOfVersion(const QUrl& server, const Failed& failed) {
    QUrl url = server;
    url.setPath(QStringLiteral("/openapi.json"));
    url.setQuery(QString());
    QNetworkReply* reply = m_network.get(request(url));
    connect(reply, &QNetworkReply::finished, this, [reply, failed] {
        reply->deleteLater();
        failed(versionWords(reply->url().authority(),
                            QJsonDocument::fromJson(reply->readAll())["info"]["version"].toString().toInt()));
    });
}

} // namespace tandem
