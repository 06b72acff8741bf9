#include "qt/document_url.h"

#include "base/ids.h"

#include <QHostAddress>
#include <QUrlQuery>

namespace tandem {

namespace {
QUrl at(QUrl server, const QString& path) {
    server.setPath(path);
    server.setQuery(QString());
    server.setFragment(QString());
    return server;
}

bool isThisMachine(const QString& host) {
    return host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
}

// tandem:// does not say whether the server speaks TLS.
QString schemeFor(const QUrl& url) {
    if (url.scheme() != QLatin1String("tandem"))
        return url.scheme();
    const QString over = QUrlQuery(url).queryItemValue(QStringLiteral("over"));
    return !over.isEmpty()             ? over
           : isThisMachine(url.host()) ? QStringLiteral("http")
                                       : QStringLiteral("https");
}
} // namespace

QUrl DocumentUrl::websocket() const {
    QUrl url = at(server, "/v1/ws/docs/" + id);
    url.setScheme(server.scheme() == "https" ? "wss" : "ws");
    return url;
}

QUrl DocumentUrl::rest() const {
    return at(server, "/v1/docs/" + id);
}

QUrl DocumentUrl::link() const {
    QUrl url = at(server, "/ui/");
    url.setQuery("doc=" + id);
    if (!token.isEmpty())
        url.setFragment("token=" + token);
    return url;
}

std::optional<DocumentUrl> DocumentUrl::parse(const QString& text) {
    QUrl url(text.trimmed(), QUrl::StrictMode);
    url.setScheme(schemeFor(url));
    if (!url.isValid() || (url.scheme() != "http" && url.scheme() != "https") || url.host().isEmpty())
        return std::nullopt;
    const QString fromQuery = QUrlQuery(url).queryItemValue("doc");
    const QString id = fromQuery.isEmpty() ? url.path().section('/', -1) : fromQuery;
    if (!isDocumentId(id.toStdString()))
        return std::nullopt;
    return DocumentUrl{at(url, QString()), id, QUrlQuery(url.fragment()).queryItemValue("token")};
}

QUrl documentsUrl(const QUrl& server) {
    return at(server, "/v1/docs");
}

} // namespace tandem
