// "Share on this network": begins the server of this computer, puts an open document on it, and makes the
// link that invites others. The document stays on this computer; its page goes on through the server like
// everyone else's. Owned by the WindowSet; lives on the event-loop thread.
#pragma once

#include "connection/documents_client.h"
#include "connection/rest_client.h"
#include "hosting/hosted_server.h"
#include "hosting/service_announcement.h"

#include <QPointer>

#include <functional>

namespace tandem {

class DocumentPage;

class NetworkSharing final : public QObject {
    Q_OBJECT
public:
    // `folder`: for the server's data.
    explicit NetworkSharing(const QString& folder, QObject* parent = nullptr);

    HostedServer& server() { return m_server; }
    bool isSharing() const { return m_server.isWanted(); }
    // Tells a document of this server whether that shares it now. The server may have another port than when
    // the document was shared: it goes along to it.
    void bringAlong(DocumentPage& page) const;
    bool isOwn(const QUrl& server) const { return m_server.isOwn(server); }
    // Is it this server, at an address where it does not answer now?
    bool isAway(const QUrl& server) const;
    // By which address others on this network reach the server, if it is this one; else the same.
    QUrl addressForOthers(const QUrl& server) const;

    // Shows the invitation, or says why there is none. `ownerSecret`: of a document without a server, the
    // same each time. One at a time.
    void share(DocumentPage& page, const QString& ownerSecret);
    void stop();

signals:
    void changed(); // it shares now, or does not any more

private:
    void goOn();
    void publish();
    void invite();
    void show(DocumentUrl link);
    void fail(const QString& sentence);

    HostedServer m_server;
    std::unique_ptr<ServiceAnnouncement> m_announcement;
    DocumentsClient m_documents;
    RestClient m_rest;
    QPointer<DocumentPage> m_page; // that is being shared
    QString m_ownerSecret;
};

} // namespace tandem
