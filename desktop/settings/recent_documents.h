// The documents that this person opened, the last one first, kept in the settings without their secrets.
// Owned by Preferences, whose settings it writes to.
#pragma once

#include "qt/document_url.h"

#include <QDateTime>
#include <QList>
#include <QObject>
#include <QSettings>

namespace tandem {

struct RecentDocument {
    DocumentUrl url; // without its secret
    bool hasSecret = false;
    QString title;
    QDateTime opened;
};

class RecentDocuments final : public QObject {
    Q_OBJECT
public:
    static constexpr qsizetype most = 100;

    explicit RecentDocuments(QSettings& settings);

    const QList<RecentDocument>& all() const { return m_all; }
    std::optional<RecentDocument> find(const DocumentUrl& document) const;

    // It was opened now. An empty title leaves the one that is known. `hasSecret`: one may be in the
    // keychain.
    void note(const DocumentUrl& document, bool hasSecret, const QString& title);
    void rename(const DocumentUrl& document, const QString& title);
    void forget(const DocumentUrl& document);

signals:
    void changed();

private:
    qsizetype indexOf(const DocumentUrl& document) const;
    void read();
    void write();

    QSettings& m_settings;
    QList<RecentDocument> m_all;
};

} // namespace tandem
