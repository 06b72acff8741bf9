#include "sharing/share_links.h"

#include <QJsonArray>
#include <QUuid>

namespace tandem {

namespace {
ShareLink linkOf(const QJsonObject& json) {
    const auto time = [&json](const char* name) {
        return QDateTime::fromString(json[QLatin1String(name)].toString(), Qt::ISODateWithMs);
    };
    return {json[QStringLiteral("number")].toInteger(), json[QStringLiteral("role")].toString(),
            json[QStringLiteral("label")].toString(), time("created"), time("expires")};
}

QJsonValue timeOf(const QDateTime& time) {
    if (!time.isValid())
        return QJsonValue::Null;
    return time.toUTC().toString(Qt::ISODateWithMs);
}

QString pathOf(qint64 number) {
    return QStringLiteral("/links/%1").arg(number);
}
} // namespace

ShareLinks::ShareLinks(QObject* parent) : QObject(parent) {}

QUrl ShareLinks::ownAddress() const {
    return DocumentUrl{m_others.isEmpty() ? m_document.server : m_others, m_document.id, m_document.token}
        .link();
}

void ShareLinks::setDocument(const DocumentUrl& document, const QUrl& others) {
    if (document.token != m_document.token)
        m_access = Access::unknown;
    m_document = document;
    m_others = others;
}

void ShareLinks::refresh() {
    m_rest.get(m_document, QStringLiteral("/links"), [this](const RestAnswer& answer) { take(answer); });
}

void ShareLinks::take(const RestAnswer& answer) {
    if (answer.status == 401)
        m_access = Access::noLink;
    else if (answer.status == 403 || answer.status == 404)
        m_access = Access::notOwner;
    else if (!answer.ok())
        return refuse(answer);
    else
        m_access = m_document.token.isEmpty() ? Access::open : Access::owner;
    m_links.clear();
    for (const QJsonValue& value : answer.json()[QStringLiteral("links")].toArray())
        m_links.append(linkOf(value.toObject()));
    emit changed();
}

void ShareLinks::refuse(const RestAnswer& answer) {
    emit failed(answer.isOffline()
                    ? tr("%1 Nothing was changed; the links that are given out go on as they are.")
                          .arg(answer.problem)
                    : answer.problem);
}

void ShareLinks::create(const QString& role, const QString& label, const QDateTime& expires) {
    const QJsonObject wish{{QStringLiteral("role"), role},
                           {QStringLiteral("label"), label},
                           {QStringLiteral("expires"), timeOf(expires)}};
    // The same wish again, after an answer that was lost, is the same link.
    if (wish != m_wish || m_wishKey.isEmpty())
        m_wishKey = QUuid::createUuid().toString(QUuid::WithoutBraces);
    m_wish = wish;
    m_rest.post(m_document, QStringLiteral("/links"), wish, m_wishKey, [this](const RestAnswer& answer) {
        if (!answer.ok())
            return refuse(answer);
        m_wishKey.clear();
        const QJsonObject json = answer.json();
        const ShareLink link = linkOf(json);
        // Under the name that the server has for others, if it tells one.
        DocumentUrl address = DocumentUrl::parse(json[QStringLiteral("url")].toString()).value_or(m_document);
        address.token = json[QStringLiteral("secret")].toString();
        m_addresses.insert(link.number, address.link());
        m_links.append(link);
        emit changed();
        emit created(link.number);
    });
}

void ShareLinks::setRole(qint64 number, const QString& role) {
    change(number, {{QStringLiteral("role"), role}});
}

void ShareLinks::setExpiry(qint64 number, const QDateTime& expires) {
    change(number, {{QStringLiteral("expires"), timeOf(expires)}});
}

void ShareLinks::change(qint64 number, const QJsonObject& fields) {
    m_rest.patch(m_document, pathOf(number), fields, [this](const RestAnswer& answer) {
        if (!answer.ok()) {
            refuse(answer);
            emit changed(); // what is shown goes back
            return;
        }
        const ShareLink now = linkOf(answer.json());
        for (ShareLink& link : m_links)
            if (link.number == now.number)
                link = now;
        emit changed();
    });
}

void ShareLinks::revoke(qint64 number) {
    m_rest.remove(m_document, pathOf(number), [this, number](const RestAnswer& answer) {
        if (!answer.ok() && answer.status != 404)
            return refuse(answer);
        m_links.removeIf([number](const ShareLink& link) { return link.number == number; });
        m_addresses.remove(number);
        emit changed();
    });
}

} // namespace tandem
