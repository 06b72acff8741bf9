// The certificate and key that the server shows, read from files and read again when these change: as soon as
// the process is told to by SIGHUP, and within half a minute by itself. Files that do not work are reported
// and change nothing. Lives on the event loop; owned by main; borrows the server and the log.
#pragma once

#include "base/result.h"
#include "http/http_server.h"
#include "http/tls_files.h"
#include "log/log.h"

#include <QTimer>

namespace tandem {

class TlsCertificate final : public QObject {
    Q_OBJECT
public:
    // The error is a sentence for the operator.
    static Result<std::unique_ptr<TlsCertificate>> open(const TlsFiles& files, HttpServer& server,
                                                        const Log& log);

    // Uses what the files hold now.
    void readAgain();

private:
    TlsCertificate(TlsFiles files, HttpServer& server, const Log& log);
    Result<void> read();

    const TlsFiles m_files;
    HttpServer& m_server;
    const Log& m_log;
    QByteArray m_seen; // in the files, whether it worked or not
    QTimer m_timer;
};

} // namespace tandem
