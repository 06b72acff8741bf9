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

void DocumentsClient::list(const QUrl& server) {
    QUrl url = documentsUrl(server);
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("limit"), QString::number(listLimit));
    url.setQuery(query);
    whenDone(m_network.get(rest::request(url)), [this, server](const QJsonObject& answer) {
        QList<DocumentEntry> documents;
        for (const QJsonValue& value : answer["documents"].toArray())
            if (const std::optional<DocumentEntry> entry = entryOf(server, value.toObject()))
                documents.append(*entry);
        emit listed(server, documents);
    });
}

void DocumentsClient::create(const QUrl& server, const NewDocument& document, const QString& token) {
    QJsonObject wish{{"title", document.title}};
    if (!document.id.isEmpty()) {
        wish["id"] = document.id;
        wish["owner_secret"] = document.ownerSecret;
    }
    whenDone(m_network.post(rest::request(documentsUrl(server), token), rest::bodyOf(wish)),
             [this, server](const QJsonObject& answer) {
                 if (const std::optional<DocumentEntry> entry = entryOf(server, answer))
                     emit created(entry->url);
                 else
                     emit failed(tr("The server's answer does not name the new document."));
             });
}

void DocumentsClient::whenDone(QNetworkReply* reply, std::function<void(const QJsonObject&)> use) {
    rest::whenDone(reply, this, std::move(use), [this](const QString& sentence) { emit failed(sentence); });
}

} // namespace tandem
