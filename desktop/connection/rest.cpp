#include "connection/rest.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QNetworkReply>

namespace tandem::rest {

namespace {
constexpr int timeoutMs = 10'000;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Rest)
};
} // namespace

QNetworkRequest request(const QUrl& url, const QString& token) {
    QNetworkRequest result(url);
    result.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    if (!token.isEmpty())
        result.setRawHeader("Authorization", "Bearer " + token.toUtf8());
    result.setTransferTimeout(timeoutMs);
    return result;
}

QByteArray bodyOf(const QJsonObject& json) {
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

void whenDone(QNetworkReply* reply, QObject* context, std::function<void(const QJsonObject&)> use,
              std::function<void(const QString&)> fail) {
    QObject::connect(
        reply, &QNetworkReply::finished, context, [reply, use = std::move(use), fail = std::move(fail)] {
            reply->deleteLater();
            const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
            const QByteArray body = reply->readAll();
            const QJsonDocument answer = QJsonDocument::fromJson(body);
            const QString host = reply->url().authority();
            if (status == 0)
                fail(Words::tr("%1 cannot be reached: %2.").arg(host, reply->errorString()));
            else if (status >= 400)
                fail(Words::tr("%1 refused: %2")
                         .arg(host, answer["detail"].toString(
                                        answer["title"].toString(Words::tr("status %1").arg(status)))));
            else if (!answer.isObject() && !body.isEmpty())
                fail(Words::tr("%1 does not answer like a Tandem server.").arg(host));
            else
                use(answer.object());
        });
}

} // namespace tandem::rest
