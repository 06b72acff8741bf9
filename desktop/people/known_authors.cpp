#include "people/known_authors.h"

#include "offline/document_place.h"
#include "settings/preferences.h"
#include "theme/person_colors.h"

#include <QJsonArray>

namespace tandem {

KnownAuthors::KnownAuthors(const OpenDocument& document, const Preferences& preferences, QObject* parent)
    : QObject(parent), m_document(document), m_preferences(preferences), m_pause(new QTimer(this)) {
    m_pause->setSingleShot(true);
    connect(m_pause, &QTimer::timeout, this, &KnownAuthors::askIfWanted);
}

void KnownAuthors::setKept(const std::map<ReplicaId, std::string>& names) {
    for (const auto& [replica, name] : names)
        m_names.emplace(replica, QString::fromStdString(name));
}

AuthorNames::Author KnownAuthors::me() const {
    const ClientSession::Person person = m_preferences.person();
    return {QString::fromStdString(person.name), person.color};
}

std::optional<AuthorNames::Author> KnownAuthors::authorOf(ReplicaId replica) const {
    if (const auto& own = m_document.author(); own && own->replica == replica)
        return me();
    if (const auto known = m_names.find(replica); known != m_names.end())
        return known->second.isEmpty() ? std::nullopt
                                       : std::optional(Author{known->second, colorOf(known->second)});
    if (isLocalOnly(m_place))
        return me(); // an older Tandem kept no names, and nobody else has the document
    m_wanted = true;
    if (!m_pause->isActive())
        m_pause->start(0);
    return std::nullopt;
}

std::map<ReplicaId, std::string> KnownAuthors::names() const {
    std::map<ReplicaId, std::string> names;
    for (const auto& [replica, name] : m_names)
        if (!name.isEmpty())
            names.emplace(replica, name.toStdString());
    return names;
}

int KnownAuthors::colorOf(const QString& name) const {
    if (const Author own = me(); own.name == name)
        return own.color;
    for (const Peer& peer : m_document.peers().all())
        if (QString::fromStdString(peer.name) == name)
            return peer.color;
    return theme::personColorOf(name);
}

void KnownAuthors::askIfWanted() {
    if (!std::exchange(m_wanted, false) || isLocalOnly(m_place))
        return;
    m_pause->start(askAgainMs);
    m_rest.get(m_place, QStringLiteral("/authors"), [this](const RestAnswer& answer) { take(answer); });
}

void KnownAuthors::take(const RestAnswer& answer) {
    if (!answer.ok())
        return;
    for (const QJsonValue& each : answer.json()[QStringLiteral("authors")].toArray())
        m_names[static_cast<ReplicaId>(each[QStringLiteral("replica")].toInteger())] =
            each[QStringLiteral("name")].toString();
    emit changed();
}

} // namespace tandem
