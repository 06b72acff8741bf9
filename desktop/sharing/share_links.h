// The share links of one document, as its server has them, and the secrets of those made here: a secret is
// told once, when its link is made, so it is kept for as long as the page is open. Owned by the page's
// feature; lives on the event-loop thread. Every call ends with changed() or failed().
#pragma once

#include "connection/rest_client.h"

#include <QDateTime>
#include <QMap>

namespace tandem {

struct ShareLink {
    qint64 number = 0;
    QString role; // owner, editor, viewer
    QString label;
    QDateTime created;
    QDateTime expires; // invalid: never
};

class ShareLinks final : public QObject {
    Q_OBJECT
public:
    explicit ShareLinks(QObject* parent = nullptr);

    // What this person may do with links; all but the first are known from the server's answer.
    enum class Access { unknown, owner, open, notOwner, noLink };

    // `others` reach the server by this address; empty: by the document's.
    void setDocument(const DocumentUrl& document, const QUrl& others = {});
    const DocumentUrl& document() const { return m_document; }

    Access access() const { return m_access; }
    const QList<ShareLink>& links() const { return m_links; }
    // What this person has, for someone else.
    QUrl ownAddress() const;
    // What to give to someone; empty for links whose secret is not known here.
    QUrl addressOf(qint64 number) const { return m_addresses.value(number); }

    void refresh();
    void create(const QString& role, const QString& label, const QDateTime& expires);
    void setRole(qint64 number, const QString& role);
    void setExpiry(qint64 number, const QDateTime& expires); // invalid: never
    void revoke(qint64 number);

signals:
    void changed();
    void created(qint64 number);
    void failed(const QString& sentence);

private:
    void change(qint64 number, const QJsonObject& fields);
    void take(const RestAnswer& answer);
    void refuse(const RestAnswer& answer);

    RestClient m_rest;
    DocumentUrl m_document;
    QUrl m_others;
    Access m_access = Access::unknown;
    QList<ShareLink> m_links;
    QMap<qint64, QUrl> m_addresses;
    QString m_wishKey; // of a link that may have been made although no answer came
    QJsonObject m_wish;
};

} // namespace tandem
