// The statements for the rows of a backup. Plain functions; each statement is made once and lives as long as
// the program, as SqlConnection wants it. Used on one thread.
#pragma once

#include "backup/backup_format.h"

namespace tandem {

// All columns, where one that may be null comes behind whether it is there, ordered by the key. Its value is
// how many rows at most.
const char* selectFirst(const BackupTable& table);
// The same of rows whose first `same` columns are the first values and whose next is beyond the next value.
const char* selectBehind(const BackupTable& table, std::size_t same);

// So many rows with the table's first `columns`, into `name`.
const char* insertInto(const std::string& name, const BackupTable& table, std::size_t columns,
                       std::size_t rows);

} // namespace tandem
