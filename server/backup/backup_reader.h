// Reads a backup from its beginning to its end. Any bytes are safe: memory is that of one block, and nothing
// is good before all of it was read.
#pragma once

#include "backup/backup_format.h"

#include <functional>

namespace tandem {

// Gives so many bytes, or fewer at the end.
using BackupSource = std::function<Result<std::string>(std::size_t count)>;
using BackupVisit = std::function<Result<void>(const BackupTable& table, BackupRow row)>;

struct BackupContents {
    BackupHeader header;
    BackupCounts counts;
    std::uint64_t bytes = 0; // of the file
};

// Gives each row to `visit` and ends at the first error: the source's, the visitor's, or, in a sentence for
// the operator, malformed: damaged, or no backup; unavailable: of a later version than this program, whose
// tables have version `schema`.
Result<BackupContents> readBackup(const BackupSource& source, int schema, const BackupVisit& visit);

} // namespace tandem
