// The documents of a server over REST: what there is, and a new one. Answers come as signals. Owned by a
// dialog; lives on the event-loop thread.
#pragma once

#include "qt/document_url.h"

#include <QDateTime>
#include <QList>
#include <QNetworkAccessManager>
#include <QObject>

#include <functional>

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

    void list(const QUrl& server);
    struct NewDocument {
        QString title;
        QString id = {}; // both empty, or both as in an attempt before, which is then found again
        QString ownerSecret = {};
    };
    // `token`: who asks; empty where everyone may.
    void create(const QUrl& server, const NewDocument& document, const QString& token = {});

signals:
    void listed(const QUrl& server, const QList<tandem::DocumentEntry>& documents);
    void created(const tandem::DocumentUrl& document);
    void failed(const QString& sentence); // what happened, for people

private:
    void whenDone(QNetworkReply* reply, std::function<void(const QJsonObject&)> use);

    QNetworkAccessManager m_network;
};

} // namespace tandem
