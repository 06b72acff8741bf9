#include "connection/links_client.h"

#include "connection/rest.h"

#include <QJsonArray>
#include <QNetworkReply>

namespace tandem {

LinksClient::LinksClient(const DocumentUrl& document, const QString& token, QObject* parent)
    : QObject(parent), m_document(document), m_token(token.isEmpty() ? document.token : token) {}

QUrl LinksClient::linksUrl() const {
    QUrl url = m_document.rest();
    url.setPath(url.path() + QStringLiteral("/links"));
    return url;
}

void LinksClient::list() {
    rest::whenDone(
        m_network.get(rest::request(linksUrl(), m_token)), this,
        [this](const QJsonObject& answer) {
            QList<ShareLink> links;
            for (const QJsonValue& value : answer["links"].toArray())
                links.append({value["number"].toInt(), value["role"].toString(), value["label"].toString(),
                              QDateTime::fromString(value["created"].toString(), Qt::ISODateWithMs),
                              QDateTime::fromString(value["expires"].toString(), Qt::ISODateWithMs)});
            emit listed(links);
        },
        [this](const QString& sentence) { emit failed(sentence); });
}

void LinksClient::make(const NewLink& link) {
    QJsonObject wish{{"role", link.role}};
    if (!link.label.isEmpty())
        wish["label"] = link.label;
    if (link.expires.isValid())
        wish["expires"] = link.expires.toUTC().toString(Qt::ISODateWithMs);
    rest::whenDone(
        m_network.post(rest::request(linksUrl(), m_token), rest::bodyOf(wish)), this,
        [this](const QJsonObject& answer) {
            emit made(answer["number"].toInt(),
                      {m_document.server, m_document.id, answer["secret"].toString()});
        },
        [this](const QString& sentence) { emit failed(sentence); });
}

void LinksClient::revoke(int number) {
    QUrl url = linksUrl();
    url.setPath(url.path() + QStringLiteral("/%1").arg(number));
    rest::whenDone(
        m_network.deleteResource(rest::request(url, m_token)), this,
        [this, number](const QJsonObject&) { emit revoked(number); },
        [this](const QString& sentence) { emit failed(sentence); });
}

} // namespace tandem
