// Brings a database to the tables that this program knows: runs, in order and each in one transaction, the
// migrations of the dialect's folder that it does not have yet. A migration once released is never changed.
#pragma once

#include "base/clock.h"
#include "storage/sql/sql_connection.h"

namespace tandem {

// The error is a sentence for the operator, e.g. that the database belongs to a newer version of the program.
Result<void> migrate(SqlConnection& connection, const Clock& clock);

} // namespace tandem
