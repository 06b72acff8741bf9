// Brings a database to the tables that this program knows: runs, in order and each in one transaction, the
// migrations of the dialect's folder that it does not have yet. A migration once released is never changed.
// MySQL commits whatever makes a table at once: a migration that broke off is run again from its beginning,
// and what is made already is passed over, so all other statements of those scripts must bear being repeated.
#pragma once

#include "base/clock.h"
#include "storage/sql/sql_connection.h"

namespace tandem {

// The error is a sentence for the operator, e.g. that the database belongs to a newer version of the program.
Result<void> migrate(SqlConnection& connection, const Clock& clock);

// The version of its tables, and that which this program makes of them.
Result<int> schemaVersion(SqlConnection& connection);
int knownSchemaVersion(const SqlDialect& dialect);

} // namespace tandem
