// Puts the rows of a backup into a database, with a new epoch for each document: clients that still hold what
// the backup lacks send it again.
#pragma once

#include "backup/backup_reader.h"
#include "backup/restore_target.h"
#include "base/random.h"

namespace tandem {

// `contents` is what a first reading has found in this backup; the second one gives the rows. Nothing is to
// be seen of it before it has succeeded. The error is a sentence for the operator.
Result<void> restoreDatabase(const BackupSource& source, const BackupContents& contents, int schema,
                             RestoreTarget& target, const Clock& clock, Random& random);

} // namespace tandem
