#include "backup/stored_backup.h"

#include <cerrno>
#include <cstring>

namespace tandem {

Result<StoredBackup> StoredBackup::open(const std::string& name) {
    std::FILE* const file = std::fopen(name.c_str(), "rbe");
    if (!file)
        return Error{ErrorCode::unavailable,
                     "The backup " + name + " cannot be read: " + std::strerror(errno) + "."};
    return StoredBackup(file);
}

BackupSource StoredBackup::source() const {
    return [file = m_file.get()](std::size_t count) -> Result<std::string> {
        std::string bytes(count, '\0');
        bytes.resize(std::fread(bytes.data(), 1, count, file));
        if (std::ferror(file))
            return Error{ErrorCode::unavailable,
                         std::string("It cannot be read: ") + std::strerror(errno) + "."};
        return bytes;
    };
}

} // namespace tandem
