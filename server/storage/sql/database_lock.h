// Keeps a second server process away from a database: holds an advisory lock on `<database>.lock`. The system
// lets go of it when the process ends in whatever way, so a crash never blocks the next start. The empty file
// stays behind.
#pragma once

#include "base/result.h"

#include <memory>

namespace tandem {

class DatabaseLock {
public:
    // Makes the folder if it is missing. The error is a sentence for the operator.
    static Result<std::unique_ptr<DatabaseLock>> take(const std::string& databaseFile);
    ~DatabaseLock();
    DatabaseLock(const DatabaseLock&) = delete;
    DatabaseLock& operator=(const DatabaseLock&) = delete;

private:
    explicit DatabaseLock(int descriptor) : m_descriptor(descriptor) {}

    int m_descriptor;
};

} // namespace tandem
