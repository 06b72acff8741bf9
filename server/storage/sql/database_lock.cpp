#include "storage/sql/database_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace tandem {

Result<std::unique_ptr<DatabaseLock>> DatabaseLock::take(const std::string& databaseFile) {
    std::error_code fault;
    const std::filesystem::path folder = std::filesystem::absolute(databaseFile, fault).parent_path();
    if (!fault)
        std::filesystem::create_directories(folder, fault);
    if (fault)
        return Error{ErrorCode::unavailable,
                     "The folder of the database cannot be made: " + folder.string() + "."};
    const std::string path = databaseFile + ".lock";
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return Error{ErrorCode::unavailable, "The folder of the database cannot be written: " + path + ": " +
                                                 std::strerror(errno) + "."};
    auto lock = std::unique_ptr<DatabaseLock>(new DatabaseLock(descriptor));
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0)
        return lock;
    if (errno == EWOULDBLOCK)
        return Error{ErrorCode::unavailable, "Another tandem-server uses the database " + databaseFile +
                                                 ": stop it first, or give this one another DATA_DIR."};
    return Error{ErrorCode::unavailable,
                 "The database cannot be locked: " + path + ": " + std::strerror(errno) + "."};
}

DatabaseLock::~DatabaseLock() {
    ::close(m_descriptor);
}

} // namespace tandem
