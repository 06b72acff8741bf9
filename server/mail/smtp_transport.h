// Letters by SMTP, through libcurl. Certificates are always verified, passwords go through TLS only. Owned by
// main; any thread.
#pragma once

#include "mail/mail_transport.h"
#include "mail/smtp_server.h"

namespace tandem {

struct SmtpPatience {
    long connectMs = 15'000;
    long totalMs = 60'000; // of one letter
};

class SmtpTransport final : public MailTransport {
public:
    explicit SmtpTransport(SmtpServer server, SmtpPatience patience = {});

    std::optional<MailRefusal> send(const Mail& mail, const std::function<bool()>& shouldStop) override;

private:
    SmtpServer m_server;
    SmtpPatience m_patience;
};

} // namespace tandem
