#include "connection/documents_client.h"

#include "base/ids.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkReply>
#include <QUrlQuery>

namespace tandem {

namespace {
constexpr int timeoutMs = 10'000;
constexpr int listLimit = 200;

QNetworkRequest request(const QUrl& url) {
    QNetworkRequest result(url);
    result.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    result.setTransferTimeout(timeoutMs);
    return result;
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

void DocumentsClient::list(const QUrl& server) {
    QUrl url = documentsUrl(server);
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("limit"), QString::number(listLimit));
    url.setQuery(query);
    whenDone(m_network.get(request(url)), [this, server](const QJsonObject& answer) {
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
    QNetworkRequest asked = request(documentsUrl(server));
    if (!token.isEmpty())
        asked.setRawHeader("Authorization", "Bearer " + token.toUtf8());
    const QByteArray body = QJsonDocument(wish).toJson(QJsonDocument::Compact);
    whenDone(m_network.post(asked, body), [this, server](const QJsonObject& answer) {
        if (const std::optional<DocumentEntry> entry = entryOf(server, answer))
            emit created(entry->url);
        else
            emit failed(tr("The server's answer does not name the new document."));
    });
}

void DocumentsClient::whenDone(QNetworkReply* reply, std::function<void(const QJsonObject&)> use) {
    connect(reply, &QNetworkReply::finished, this, [this, reply, use = std::move(use)] {
        reply->deleteLater();
        const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        const QJsonDocument answer = QJsonDocument::fromJson(reply->readAll());
        const QString host = reply->url().authority();
        if (status == 0)
            emit failed(tr("%1 cannot be reached: %2.").arg(host, reply->errorString()));
        else if (status >= 400)
            emit failed(tr("%1 refused: %2")
                            .arg(host, answer["detail"].toString(
                                           answer["title"].toString(tr("status %1").arg(status)))));
        else if (!answer.isObject())
            emit failed(tr("%1 does not answer like a Tandem server.").arg(host));
        else
            use(answer.object());
    });
}

} // namespace tandem
