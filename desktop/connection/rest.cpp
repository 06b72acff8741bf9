#include "connection/rest.h"

#include "connection/failure_words.h"

#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>

namespace tandem::rest {

namespace {
constexpr int timeoutMs = 10'000;
constexpr qint64 largestAnswer = 8 * 1024 * 1024;

// A Tandem server that does not know the call: which version is it?
void tellOfVersion(const QNetworkReply& refusal, QObject* context,
                   std::function<void(const QString&)> fail) {
    QUrl url = refusal.url();
    url.setPath(QStringLiteral("/openapi.json"));
    url.setQuery(QString());
    QNetworkReply* reply = refusal.manager()->get(request(url));
    QObject::connect(reply, &QNetworkReply::finished, context, [reply, fail = std::move(fail)] {
        reply->deleteLater();
        fail(versionWords(reply->url().authority(),
                          QJsonDocument::fromJson(reply->readAll())["info"]["version"].toString().toInt()));
    });
}
} // namespace

QNetworkRequest request(const QUrl& url, const QString& token) {
    QNetworkRequest result(url);
    result.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    result.setTransferTimeout(timeoutMs);
    // A secret is for the server of its document, and not for where that would send us.
    result.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::SameOriginRedirectPolicy);
    if (!token.isEmpty())
        result.setRawHeader("Authorization", "Bearer " + token.toUtf8());
    return result;
}

QByteArray bodyOf(const QJsonObject& json) {
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

void whenDone(QNetworkReply* reply, QObject* context, std::function<void(const QJsonObject&)> use,
              std::function<void(const QString&)> fail) {
    // What a stranger's server sends without end is not kept.
    QObject::connect(reply, &QNetworkReply::downloadProgress, reply, [reply](qint64 received, qint64) {
        if (received > largestAnswer)
            reply->abort();
    });
    QObject::connect(reply, &QNetworkReply::finished, context,
                     [reply, context, use = std::move(use), fail = std::move(fail)] {
                         reply->deleteLater();
                         constexpr int noContent = 204;
                         const int status =
                             reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
                         const QJsonDocument answer = QJsonDocument::fromJson(reply->readAll());
                         if (status == noContent || (status >= 200 && status < 300 && answer.isObject()))
                             return use(answer.object());
                         if (mayBeAnotherVersion(*reply, status, answer))
                             return tellOfVersion(*reply, context, fail);
                         fail(failureWords(*reply, status, answer));
                     });
}

} // namespace tandem::rest
