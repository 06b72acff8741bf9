// The documents that this person knows of without having them open: recent ones, those kept on this computer,
// those of servers, and the secrets that open them. What is done with them from the start page, quick open or
// a tab goes through here, so that all of these agree. Owned by main(); lives on the event-loop thread;
// borrows preferences and secrets.
#pragma once

#include "connection/documents_client.h"
#include "settings/preferences.h"
#include "settings/secret_store.h"

namespace tandem {

class LocalStore;

class Library final : public QObject {
    Q_OBJECT
public:
    // Without a store nothing is kept on this computer.
    Library(Preferences& preferences, SecretStore& secrets, LocalStore* store = nullptr,
            QObject* parent = nullptr);

    using Failed = DocumentsClient::Failed;
    using Shelf = DocumentsClient::Shelf;

    // Wherever they are, the last used first.
    QList<RecentDocument> recent() const;
    // Null where there is none.
    LocalStore* store() const { return m_store; }
    struct Kept {
        DocumentUrl url;
        QString title;
        qint64 unsent = 0; // own edits that no server has
        QDateTime used;
    };
    QList<Kept> kept() const; // the last used first
    // Those of this computer that are in its bin, the last one first; `used`: when they were put there.
    QList<Kept> binned() const;
    // Where a document is, in a word or two.
    QString placeOf(const DocumentUrl& document) const;
    // Which servers are this computer's own.
    void setOwnServers(std::function<bool(const QUrl& server)> isOwn) { m_isOwn = std::move(isOwn); }
    QList<QUrl> servers() const { return m_preferences.servers(); }
    void addServer(const QUrl& server) { m_preferences.addServer(server); }
    void removeServer(const QUrl& server) { m_preferences.removeServer(server); }

    // The document with the secret that is known for it; `use` is called at once or later.
    void complete(const DocumentUrl& document, std::function<void(const DocumentUrl&)> use);
    // It is open now: it becomes the first of the recent ones, and its secret is kept.
    void noteOpened(const DocumentUrl& document, const QString& title);
    void noteTitle(const DocumentUrl& document, const QString& title);
    void forget(const DocumentUrl& document);

    void list(const QUrl& server, Shelf shelf, const QString& part,
              DocumentsClient::Done<QList<DocumentEntry>> done, Failed failed);
    // What servers have told so far in this run, newest first within each; for quick open.
    QList<DocumentEntry> listed() const;

    void create(const QUrl& server, const DocumentsClient::NewDocument& document,
                DocumentsClient::Done<DocumentUrl> done, Failed failed);
    void rename(const DocumentUrl& document, const QString& title, std::function<void()> done, Failed failed);
    void bin(const DocumentUrl& document, std::function<void()> done, Failed failed);
    void restore(const DocumentUrl& document, std::function<void()> done, Failed failed);
    // Deletes one of this computer for good: nothing brings it back.
    void purge(const DocumentUrl& document);

signals:
    void recentChanged();
    void serversChanged();
    void listedChanged();
    void renamed(const tandem::DocumentUrl& document, const QString& title);
    void binnedHere(const tandem::DocumentUrl& document); // into the bin of this computer

private:
    bool mayHaveSecret(const DocumentUrl& document) const;
    // An older Tandem kept them with the documents.
    void moveSecretsOfStore();

    Preferences& m_preferences;
    SecretStore& m_secrets;
    LocalStore* m_store;
    std::function<bool(const QUrl&)> m_isOwn;
    DocumentsClient m_client;
    QMap<QString, QList<DocumentEntry>> m_listed; // by server
};

} // namespace tandem
