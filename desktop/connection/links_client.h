// The share links of a document over REST. Answers come as signals. Owned by a dialog; lives on the
// event-loop thread.
#pragma once

#include "qt/document_url.h"

#include <QDateTime>
#include <QList>
#include <QNetworkAccessManager>
#include <QObject>

namespace tandem {

struct ShareLink {
    int number = 0;
    QString role;
    QString label;
    QDateTime created;
    QDateTime expires; // invalid: never
};

class LinksClient final : public QObject {
    Q_OBJECT
public:
    // Asks with the secret of `document`, which must be an owner's, or with `token` in its place.
    explicit LinksClient(const DocumentUrl& document, const QString& token = {}, QObject* parent = nullptr);

    void list();
    struct NewLink {
        QString role;
        QString label = {};
        QDateTime expires = {};
    };
    void make(const NewLink& link);
    void revoke(int number);

signals:
    void listed(const QList<tandem::ShareLink>& links);
    void made(int number, const tandem::DocumentUrl& link); // with its secret, which is told once
    void revoked(int number);
    void failed(const QString& sentence);

private:
    QUrl linksUrl() const;

    DocumentUrl m_document;
    QString m_token;
    QNetworkAccessManager m_network;
};

} // namespace tandem
