// Calls to a server about one document, with the secret of its link. What goes wrong is told in a sentence
// for people. Owned by a feature of a page; lives on the event-loop thread; answers that come after its end
// are not heard.
#pragma once

#include "qt/document_url.h"

#include <QJsonObject>
#include <QNetworkAccessManager>

#include <functional>

class QNetworkReply;

namespace tandem {

struct RestAnswer {
    int status = 0; // 0: none came
    QByteArray body;
    QString problem; // empty: all is well

    bool ok() const { return problem.isEmpty(); }
    bool isOffline() const { return status == 0; }
    QJsonObject json() const;
};

class RestClient final : public QObject {
    Q_OBJECT
public:
    using Done = std::function<void(const RestAnswer&)>;

    explicit RestClient(QObject* parent = nullptr);

    // `path` goes behind the address of the document, and may hold a query.
    void get(const DocumentUrl& document, const QString& path, Done done);
    // Asked again with the same `key`, it is done once.
    void post(const DocumentUrl& document, const QString& path, const QJsonObject& body, const QString& key,
              Done done);
    void patch(const DocumentUrl& document, const QString& path, const QJsonObject& body, Done done);
    void remove(const DocumentUrl& document, const QString& path, Done done);
    // Of the server, not of the document: "/v1/...".
    void getOfServer(const DocumentUrl& document, const QString& path, Done done);
    // A file as the content of a new document; `server` is any document's there, or one without id.
    void import(const DocumentUrl& server, const QString& title, const QByteArray& type,
                const QByteArray& content, Done done);

private:
    void send(const QByteArray& method, QNetworkRequest request, const QByteArray& body, Done done);

    QNetworkAccessManager m_network;
};

} // namespace tandem
