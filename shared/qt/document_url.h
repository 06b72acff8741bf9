// Where a document is, and what opens it: its server, its id and the secret of a share link. People copy it
// as http(s)://host:port/ui/?doc=ID#token=SECRET; the address of the document in REST is understood as
// well. Programs need those of its WebSocket and of REST.
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

    // Nothing when `text` is no address of a document.
    static std::optional<DocumentUrl> parse(const QString& text);
};

// The server's `/v1/docs`.
QUrl documentsUrl(const QUrl& server);

} // namespace tandem
