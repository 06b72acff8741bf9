#include "connection/documents_client.h"

#include "base/ids.h"
#include "connection/rest.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QNetworkReply>
#include <QUrlQuery>

namespace tandem {

namespace {
constexpr int listLimit = 200;

QByteArray titleBody(const QString& title) {
    return rest::bodyOf({{"title", title}});
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
        m_network.get(rest::request(url)),
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
                             Failed failed, const QString& token) {
    QJsonObject wish{{"title", document.title}};
    if (!document.id.isEmpty()) {
        wish["id"] = document.id;
        wish["owner_secret"] = document.ownerSecret;
    }
    whenDone(
        m_network.post(rest::request(documentsUrl(server), token), rest::bodyOf(wish)),
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
        m_network.sendCustomRequest(rest::request(document.rest(), document.token), "PATCH", titleBody(title)),
        [done = std::move(done)](const QJsonObject&) { done(); }, std::move(failed));
}

void DocumentsClient::bin(const DocumentUrl& document, std::function<void()> done, Failed failed) {
    whenDone(
        m_network.deleteResource(rest::request(document.rest(), document.token)),
        [done = std::move(done)](const QJsonObject&) { done(); }, std::move(failed));
}

void DocumentsClient::restore(const DocumentUrl& document, std::function<void()> done, Failed failed) {
    QUrl url = document.rest();
    url.setPath(url.path() + QStringLiteral("/restore"));
    whenDone(
        m_network.post(rest::request(url, document.token), QByteArray("{}")),
        [done = std::move(done)](const QJsonObject&) { done(); }, std::move(failed));
}

void DocumentsClient::whenDone(QNetworkReply* reply, std::function<void(const QJsonObject&)> use,
                               Failed failed) {
    rest::whenDone(reply, this, std::move(use), std::move(failed));
}

} // namespace tandem
