#include "documents/library.h"

#include "offline/document_place.h"
#include "offline/local_store.h"

#include <QPointer>

#include <algorithm>

namespace tandem {

Library::Library(Preferences& preferences, SecretStore& secrets, LocalStore* store, QObject* parent)
    : QObject(parent), m_preferences(preferences), m_secrets(secrets), m_store(store) {
    connect(&preferences.recent(), &RecentDocuments::changed, this, &Library::recentChanged);
    connect(&preferences, &Preferences::serversChanged, this, &Library::serversChanged);
    if (m_store)
        moveSecretsOfStore();
}

void Library::moveSecretsOfStore() {
    for (const LocalStore::Entry& entry : m_store->documents()) {
        const std::optional<DocumentUrl> url = documentOfStoreLink(entry.link);
        if (url && !url->token.isEmpty())
            m_secrets.keep(*url, [self = QPointer(this), key = entry.key, link = storeLinkOf(*url)] {
                if (self)
                    self->m_store->setLink(key, link); // only now
            });
    }
}

// One that was opened long ago is among the recent ones no more, and still kept on this computer.
bool Library::mayHaveSecret(const DocumentUrl& document) const {
    if (isLocalOnly(document))
        return false;
    const std::optional<RecentDocument> known = m_preferences.recent().find(document);
    return known ? known->hasSecret : m_store && m_store->has(storeKeyOf(document));
}

QList<RecentDocument> Library::recent() const {
    QList<RecentDocument> recent = m_preferences.recent().all();
    if (!m_store)
        return recent;
    for (const LocalStore::Entry& entry : m_store->documents()) {
        const std::optional<DocumentUrl> url = documentOfStoreLink(entry.link);
        if (url && isLocalOnly(*url) && !entry.binned.isValid() && !entry.isLeftOut)
            recent.append({*url, false, entry.title.simplified(), entry.used});
    }
    std::stable_sort(recent.begin(), recent.end(),
                     [](const RecentDocument& a, const RecentDocument& b) { return a.opened > b.opened; });
    if (recent.size() > RecentDocuments::most)
        recent.resize(RecentDocuments::most);
    return recent;
}

QList<Library::Kept> Library::kept() const {
    QList<Kept> kept;
    if (!m_store)
        return kept;
    for (const LocalStore::Entry& entry : m_store->documents())
        if (const std::optional<DocumentUrl> url = documentOfStoreLink(entry.link);
            url && !entry.binned.isValid())
            kept.append({*url, entry.title.simplified(), entry.unsent, entry.used});
    return kept;
}

QList<Library::Kept> Library::binned() const {
    QList<Kept> binned;
    if (!m_store)
        return binned;
    for (const LocalStore::Entry& entry : m_store->documents())
        if (const std::optional<DocumentUrl> url = documentOfStoreLink(entry.link);
            url && entry.binned.isValid())
            binned.append({*url, entry.title.simplified(), entry.unsent, entry.binned});
    std::stable_sort(binned.begin(), binned.end(),
                     [](const Kept& a, const Kept& b) { return a.used > b.used; });
    return binned;
}

QString Library::placeOf(const DocumentUrl& document) const {
    if (isLocalOnly(document))
        return tr("Only here");
    return m_isOwn && m_isOwn(document.server) ? tr("Shared from here") : document.server.authority();
}

void Library::complete(const DocumentUrl& document, std::function<void(const DocumentUrl&)> use) {
    if (!document.token.isEmpty() || !mayHaveSecret(document))
        return use(document);
    m_secrets.fetch(document, [document, use = std::move(use)](const QString& secret) {
        use({document.server, document.id, secret});
    });
}

void Library::noteOpened(const DocumentUrl& document, const QString& title) {
    if (isLocalOnly(document))
        return emit recentChanged(); // the store has it
    const bool mayHave = !document.token.isEmpty() || mayHaveSecret(document);
    m_secrets.keep(document);
    m_preferences.recent().note(document, mayHave, title);
}

void Library::noteTitle(const DocumentUrl& document, const QString& title) {
    m_preferences.recent().rename(document, title);
}

void Library::forget(const DocumentUrl& document) {
    if (isLocalOnly(document)) {
        if (m_store)
            m_store->leaveOut(storeKeyOf(document));
        return emit recentChanged();
    }
    m_preferences.recent().forget(document);
    if (!m_store || !m_store->has(storeKeyOf(document))) // else it opens what is kept
        m_secrets.forget(document);
}

void Library::list(const QUrl& server, Shelf shelf, const QString& part,
                   DocumentsClient::Done<QList<DocumentEntry>> done, Failed failed) {
    m_client.list(
        server, shelf, part,
        [this, server, shelf, whole = part.isEmpty(),
         done = std::move(done)](const QList<DocumentEntry>& entries) {
            if (shelf == Shelf::present && whole) {
                m_listed[server.toString()] = entries;
                emit listedChanged();
            }
            done(entries);
        },
        std::move(failed));
}

QList<DocumentEntry> Library::listed() const {
    QList<DocumentEntry> all;
    for (const QList<DocumentEntry>& entries : m_listed)
        all.append(entries);
    return all;
}

void Library::create(const QUrl& server, const DocumentsClient::NewDocument& document,
                     DocumentsClient::Done<DocumentUrl> done, Failed failed) {
    m_client.create(
        server, document,
        [this, title = document.title, done = std::move(done)](const DocumentUrl& made) {
            noteOpened(made, title);
            done(made);
        },
        std::move(failed));
}

void Library::rename(const DocumentUrl& document, const QString& title, std::function<void()> done,
                     Failed failed) {
    if (isLocalOnly(document)) {
        if (m_store && m_store->has(storeKeyOf(document)))
            m_store->setTitle(storeKeyOf(document), title);
        emit renamed(document, title);
        emit recentChanged();
        return done();
    }
    complete(document, [=, this](const DocumentUrl& whole) {
        m_client.rename(
            whole, title,
            [=, this] {
                noteTitle(document, title);
                emit renamed(document, title);
                done();
            },
            failed);
    });
}

void Library::bin(const DocumentUrl& document, std::function<void()> done, Failed failed) {
    if (isLocalOnly(document)) {
        emit binnedHere(document); // first: whoever has it open lets go of it
        m_store->setBinned(storeKeyOf(document), true);
        emit recentChanged();
        return done();
    }
    complete(document, [=, this](const DocumentUrl& whole) { m_client.bin(whole, done, failed); });
}

void Library::purge(const DocumentUrl& document) {
    m_store->forget(storeKeyOf(document));
    emit recentChanged();
}

void Library::restore(const DocumentUrl& document, std::function<void()> done, Failed failed) {
    if (isLocalOnly(document)) {
        m_store->setBinned(storeKeyOf(document), false);
        emit recentChanged();
        return done();
    }
    complete(document, [=, this](const DocumentUrl& whole) { m_client.restore(whole, done, failed); });
}

} // namespace tandem
