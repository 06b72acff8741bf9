// Reads a whole database in one reading transaction, beside servers that use it: others write meanwhile, and
// none of that is in it.
#pragma once

#include "backup/backup_writer.h"
#include "base/clock.h"
#include "storage/sql/database_address.h"

namespace tandem {

// All of it, as a backup made by `program`. The error is a sentence for the operator.
Result<void> backUpDatabase(const DatabaseAddress& address, const Clock& clock, const std::string& program,
                            BackupWriter& writer);

} // namespace tandem
