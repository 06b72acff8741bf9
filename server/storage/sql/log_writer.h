// How the writing thread commits: everything that waits goes into one transaction. Appends, which are most of
// it, go together first, in a few statements for all their documents; the others each under a savepoint of
// its own, so that one that fails leaves the others whole, and so do the appends when one of them is at
// fault. Nobody hears of success before COMMIT returned; if it fails, everybody in it hears `unavailable`,
// and nothing of it is kept. Only a transaction that a deadlock undid is tried again, task by task.
#pragma once

#include "storage/sql/sql_thread.h"
#include "storage/sql/write_health.h"

namespace tandem {

// `health` hears, before anybody else, whether the database took what it was given.
void commitTogether(SqlConnection& connection, std::vector<SqlTask>& tasks, WriteHealth& health,
                    const Clock& clock);

} // namespace tandem
