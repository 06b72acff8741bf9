#include "cli/server_address.h"

namespace tandem {

QCommandLineOption serverOption() {
    return {"server", "The server's address; http://127.0.0.1:8000 unless given.", "URL",
            "http://127.0.0.1:8000"};
}

Result<QUrl> parseServer(const QString& text) {
    const QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || (url.scheme() != "http" && url.scheme() != "https") || url.host().isEmpty())
        return Error{ErrorCode::invalidArgument,
                     "\"" + text.toStdString() + "\" is no server's address; it looks like http://host:8000"};
    return url;
}

} // namespace tandem
