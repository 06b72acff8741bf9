// The documents of servers over REST: what there is, a new one, and what is done with one that is not open.
// Answers come to callbacks on the event-loop thread; none comes after the client is gone. Says what went
// wrong in sentences for people.
#pragma once

#include "qt/document_url.h"

#include <QDateTime>
#include <QList>
#include <QNetworkAccessManager>
#include <QObject>

#include <functional>

class QNetworkReply;

namespace tandem {

struct DocumentEntry {
    DocumentUrl url;
    QString title;
    qint64 version = 0;
    QDateTime updated;
};

class DocumentsClient final : public QObject {
    Q_OBJECT
public:
    explicit DocumentsClient(QObject* parent = nullptr);

    // An address as people write it: http:// where no scheme is given. Nothing when it is none.
    static std::optional<QUrl> parseServer(const QString& text);

    using Failed = std::function<void(const QString& sentence)>;
    template <class T>
    using Done = std::function<void(const T&)>;

    enum class Shelf { present, bin };
    // Those with `part` in their title, or all; the newest ones.
    void list(const QUrl& server, Shelf shelf, const QString& part, Done<QList<DocumentEntry>> done,
              Failed failed);
    struct NewDocument {
        QString title;
        QString id = {}; // both empty, or both as in an attempt before, which is then found again
        QString ownerSecret = {};
    };
    // The new one, with the owner's secret where the server gives one. `token`: who asks; empty where
    // everyone may.
    void create(const QUrl& server, const NewDocument& document, Done<DocumentUrl> done, Failed failed,
                const QString& token = {});
    void rename(const DocumentUrl& document, const QString& title, std::function<void()> done, Failed failed);
    void bin(const DocumentUrl& document, std::function<void()> done, Failed failed);
    void restore(const DocumentUrl& document, std::function<void()> done, Failed failed);

private:
    void whenDone(QNetworkReply* reply, std::function<void(const QJsonObject&)> use, Failed failed);

    QNetworkAccessManager m_network;
};

} // namespace tandem
