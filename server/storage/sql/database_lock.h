// Who may have a SQLite file open beside whom: an advisory lock on `<database>.lock`, held as long as this
// object lives. The system lets go of it when the process ends in whatever way, so a crash never blocks the
// next start. The empty file stays behind.
#pragma once

#include "base/result.h"

#include <memory>

namespace tandem {

enum class DatabaseUse {
    serving, // one process: it alone knows what its rooms have not written yet
    working, // any number of processes, beside one that serves; SQLite's own locks order what they write
    alone,   // an operator's command
};

class DatabaseLock {
public:
    // Makes the folder if it is missing. The error is a sentence for the operator.
    static Result<std::unique_ptr<DatabaseLock>> take(const std::string& databaseFile, DatabaseUse use);
    ~DatabaseLock();
    DatabaseLock(const DatabaseLock&) = delete;
    DatabaseLock& operator=(const DatabaseLock&) = delete;

    // Between these two only this process makes tables: another that begins waits.
    void beginMigrating();
    void endMigrating();

private:
    explicit DatabaseLock(int descriptor) : m_descriptor(descriptor) {}

    int m_descriptor;
};

} // namespace tandem
