#include "storage/sql/database_lock.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace tandem {

namespace {

// Bytes of the file, each a lock of its own.
enum Part : off_t { server, users, migration };

// Locks of the open file, not of the process as F_SETLK's are, so that closing another one ends none of them.
bool lockPart(int descriptor, Part part, short kind, int command = F_OFD_SETLK) {
    struct flock lock = {};
    lock.l_type = kind;
    lock.l_whence = SEEK_SET;
    lock.l_start = part;
    lock.l_len = 1;
    int done = ::fcntl(descriptor, command, &lock);
    while (done != 0 && errno == EINTR)
        done = ::fcntl(descriptor, command, &lock);
    return done == 0;
}

bool lockFor(int descriptor, DatabaseUse use) {
    if (use == DatabaseUse::alone)
        return lockPart(descriptor, users, F_WRLCK);
    return (use == DatabaseUse::working || lockPart(descriptor, server, F_WRLCK)) &&
           lockPart(descriptor, users, F_RDLCK);
}

} // namespace

Result<std::unique_ptr<DatabaseLock>> DatabaseLock::take(const std::string& databaseFile, DatabaseUse use) {
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
    if (lockFor(descriptor, use))
        return lock;
    if (errno == EAGAIN || errno == EACCES)
        return Error{ErrorCode::unavailable, "Another tandem-server uses the database " + databaseFile +
                                                 ": stop it first, or give this one another DATA_DIR."};
    return Error{ErrorCode::unavailable,
                 "The database cannot be locked: " + path + ": " + std::strerror(errno) + "."};
}

DatabaseLock::~DatabaseLock() {
    ::close(m_descriptor);
}

void DatabaseLock::beginMigrating() {
    // Where it fails nothing worse comes of it than an error of the database.
    (void)lockPart(m_descriptor, migration, F_WRLCK, F_OFD_SETLKW);
}

void DatabaseLock::endMigrating() {
    (void)lockPart(m_descriptor, migration, F_UNLCK);
}

} // namespace tandem
