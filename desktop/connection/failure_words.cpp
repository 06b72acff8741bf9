#include "connection/failure_words.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QNetworkReply>
#include <QUrlQuery>

namespace tandem {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(FailureWords)
};

constexpr int spokenVersion = 1; // of the calls, as in /v1 and /openapi.json
constexpr int unauthorized = 401;
constexpr int forbidden = 403;
constexpr int notFound = 404;
constexpr int notAllowedMethod = 405;
constexpr int tooMany = 429;

bool isProblem(const QNetworkReply& reply) {
    return reply.header(QNetworkRequest::ContentTypeHeader)
        .toString()
        .startsWith(QLatin1String("application/problem+json"));
}

QString noAnswerWords(const QNetworkReply& reply) {
    const QString host = reply.url().authority();
    switch (reply.error()) {
    case QNetworkReply::HostNotFoundError:
        return Words::tr("There is no server called %1. Is the address right, and are you online?")
            .arg(reply.url().host());
    case QNetworkReply::ConnectionRefusedError:
        return Words::tr("Nothing answers at %1. The server may not be running.").arg(host);
    case QNetworkReply::SslHandshakeFailedError:
        return Words::tr("The certificate of %1 is not to be trusted, so nothing was sent: %2.")
            .arg(host, reply.errorString());
    case QNetworkReply::TimeoutError:
    case QNetworkReply::OperationCanceledError:
        return Words::tr("%1 does not answer in time.").arg(host);
    default:
        return Words::tr("%1 cannot be reached: %2.").arg(host, reply.errorString());
    }
}

} // namespace

QString failureWords(const QNetworkReply& reply, int status, const QJsonDocument& answer) {
    const QString host = reply.url().authority();
    if (status == 0)
        return noAnswerWords(reply);
    if (!answer.isObject() || (status >= 400 && !isProblem(reply)))
        return Words::tr("%1 does not answer like a Tandem server.").arg(host);
    switch (status) {
    case unauthorized:
    case forbidden:
        return Words::tr("%1 does not allow this. It takes a link that does; documents there open with their "
                         "links only.")
            .arg(host);
    case notFound:
        return Words::tr("%1 does not have this document any more.").arg(host);
    case tooMany:
        return Words::tr("%1 has been asked too often. Try again in a minute.").arg(host);
    default:
        return Words::tr("%1 refused: %2")
            .arg(host,
                 answer["detail"].toString(answer["title"].toString(Words::tr("status %1").arg(status))));
    }
}

bool mayBeAnotherVersion(const QNetworkReply& reply, int status, const QJsonDocument& answer) {
    const bool unknownCall =
        status == notAllowedMethod || (status == notFound && reply.url().path() == QLatin1String("/v1/docs"));
    return unknownCall && isProblem(reply) && answer.isObject();
}

QString versionWords(const QString& host, int version) {
    if (version > spokenVersion)
        return Words::tr("%1 runs a newer Tandem than this program. Update the program.").arg(host);
    return Words::tr(
               "%1 runs an older Tandem than this program, which does not know this call. Ask for an update "
               "of the server.")
        .arg(host);
}

QString addressWords(const QString& text) {
    const QString example = QStringLiteral("http://server:8000/ui/plain?doc=…");
    const QUrl url(text.trimmed(), QUrl::StrictMode);
    const bool known = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https") ||
                       url.scheme() == QLatin1String("tandem");
    if (!url.isValid() || !known || url.host().isEmpty())
        return Words::tr("That is not the address of a document. It looks like %1, and “Copy Link” gives it.")
            .arg(example);
    const QString named = QUrlQuery(url).queryItemValue(QStringLiteral("doc"));
    const QString id = named.isEmpty() ? url.path().section(u'/', -1) : named;
    if (id.isEmpty() || id == QLatin1String("plain"))
        return Words::tr("This link names a server, %1, but no document. Was its end cut off?")
            .arg(url.authority());
    return Words::tr("This link is broken: “%1” cannot be the name of a document. Copy it once more, whole.")
        .arg(id.left(64));
}

} // namespace tandem
