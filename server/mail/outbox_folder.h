// Where there is no mail server: letters as files `<id>.eml`, for someone to look at or to send on. Each is
// there whole or not at all, and once. Owned by main; any thread.
#pragma once

#include "mail/mail_transport.h"

namespace tandem {

class OutboxFolder final : public MailTransport {
public:
    // Made when the first letter comes.
    explicit OutboxFolder(std::string folder) : m_folder(std::move(folder)) {}

    std::optional<MailRefusal> send(const Mail& mail, const std::function<bool()>& shouldStop) override;

private:
    std::string m_folder;
};

} // namespace tandem
