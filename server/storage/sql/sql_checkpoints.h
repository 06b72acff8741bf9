// Moves what a file's log of commits holds into the file, beside the thread that writes: left to that one, it
// would come within a commit for which people wait. Nothing to do for a database server. Owned by SqlStorage;
// written() is called on the writing thread, the rest on the owner's.
#pragma once

#include "base/clock.h"
#include "storage/sql/sql_thread.h"

namespace tandem {

class SqlCheckpoints {
public:
    // `writer` outlives this.
    SqlCheckpoints(const Clock& clock, SqlThread& writer);

    Result<void> start(const DatabaseAddress& address);
    // Something was committed.
    void written();
    void stop();

private:
    const Clock& m_clock;
    SqlThread& m_writer;
    SqlThread m_thread;
    bool m_isNeeded = false;
    std::int64_t m_nextMs = 0; // on the writing thread
};

} // namespace tandem
