#include "mail/outbox_folder.h"

#include "backup/output_file.h"

#include <filesystem>

namespace tandem {

namespace fs = std::filesystem;

std::optional<MailRefusal> OutboxFolder::send(const Mail& mail, const std::function<bool()>&) {
    std::error_code fault;
    if (!fs::exists(m_folder, fault)) {
        fs::create_directories(m_folder, fault);
        fs::permissions(m_folder, fs::perms::owner_all, fault);
    }
    const std::string name = (fs::path(m_folder) / (mail.id + ".eml")).string();
    if (fs::exists(name, fault))
        return std::nullopt;
    auto file = OutputFile::open(name);
    if (!file)
        return MailRefusal{file.error().detail};
    auto written = (*file)->write(encodeMail(mail));
    if (written)
        written = (*file)->commit();
    if (!written)
        return MailRefusal{written.error().detail};
    return std::nullopt;
}

} // namespace tandem
