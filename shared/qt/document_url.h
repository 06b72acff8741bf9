// Where a document is, and what opens it: its server, its id and the secret of a share link. People copy it
// as http(s)://host:port/ui/?doc=ID#token=SECRET; the address of the document in REST is understood as
// well, and so is tandem://host:port/ID#token=SECRET, which opens the desktop program. Programs need those of
// its WebSocket and of REST.
#pragma once

#include <QString>
#include <QUrl>

#include <optional>

namespace tandem {

struct DocumentUrl {
    QUrl server; // scheme, host and port
    QString id;
    QString token = {}; // empty: none

    QUrl websocket() const; // ws(s)://.../v1/ws/docs/ID
    QUrl rest() const;      // http(s)://.../v1/docs/ID
    QUrl link() const;      // what people copy

    // Whatever the secrets are.
    bool isSameDocument(const DocumentUrl& other) const { return id == other.id && server == other.server; }

    // Nothing when `text` is no address of a document. tandem:// stands for https, on this machine for http;
    // `?over=http` or `?over=https` says it.
    static std::optional<DocumentUrl> parse(const QString& text);
};

// The server's `/v1/docs`.
QUrl documentsUrl(const QUrl& server);

} // namespace tandem
