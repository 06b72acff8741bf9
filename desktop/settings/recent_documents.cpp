#include "settings/recent_documents.h"

#include <algorithm>

namespace tandem {

namespace {
const QString arrayKey = QStringLiteral("recent");
} // namespace

RecentDocuments::RecentDocuments(QSettings& settings) : m_settings(settings) {
    read();
}

qsizetype RecentDocuments::indexOf(const DocumentUrl& document) const {
    const auto found = std::find_if(m_all.begin(), m_all.end(), [&](const RecentDocument& each) {
        return each.url.isSameDocument(document);
    });
    return found == m_all.end() ? -1 : found - m_all.begin();
}

std::optional<RecentDocument> RecentDocuments::find(const DocumentUrl& document) const {
    const qsizetype at = indexOf(document);
    return at < 0 ? std::nullopt : std::optional(m_all[at]);
}

void RecentDocuments::note(const DocumentUrl& document, bool hasSecret, const QString& title) {
    RecentDocument entry{{document.server.adjusted(QUrl::RemoveUserInfo), document.id},
                         hasSecret,
                         title.simplified(),
                         QDateTime::currentDateTimeUtc()};
    if (const qsizetype at = indexOf(document); at >= 0) {
        const RecentDocument before = m_all.takeAt(at);
        entry.hasSecret = entry.hasSecret || before.hasSecret;
        if (entry.title.isEmpty())
            entry.title = before.title;
    }
    m_all.prepend(entry);
    if (m_all.size() > most)
        m_all.resize(most);
    write();
}

void RecentDocuments::rename(const DocumentUrl& document, const QString& title) {
    const qsizetype at = indexOf(document);
    const QString shown = title.simplified();
    if (at < 0 || shown.isEmpty() || m_all[at].title == shown)
        return;
    m_all[at].title = shown;
    write();
}

void RecentDocuments::forget(const DocumentUrl& document) {
    const qsizetype at = indexOf(document);
    if (at < 0)
        return;
    m_all.removeAt(at);
    write();
}

void RecentDocuments::read() {
    const int count = m_settings.beginReadArray(arrayKey);
    for (int i = 0; i < count && i < most; ++i) {
        m_settings.setArrayIndex(i);
        // Whatever stands there is no more than an address that anyone might have written.
        const auto url = DocumentUrl::parse(m_settings.value(QStringLiteral("address")).toString());
        if (url)
            m_all.append({{url->server, url->id},
                          m_settings.value(QStringLiteral("hasSecret")).toBool(),
                          m_settings.value(QStringLiteral("title")).toString(),
                          m_settings.value(QStringLiteral("opened")).toDateTime()});
    }
    m_settings.endArray();
}

void RecentDocuments::write() {
    m_settings.remove(arrayKey);
    m_settings.beginWriteArray(arrayKey, static_cast<int>(m_all.size()));
    for (int i = 0; i < m_all.size(); ++i) {
        m_settings.setArrayIndex(i);
        m_settings.setValue(QStringLiteral("address"), m_all[i].url.link().toString());
        m_settings.setValue(QStringLiteral("hasSecret"), m_all[i].hasSecret);
        m_settings.setValue(QStringLiteral("title"), m_all[i].title);
        m_settings.setValue(QStringLiteral("opened"), m_all[i].opened);
    }
    m_settings.endArray();
    emit changed();
}

} // namespace tandem
