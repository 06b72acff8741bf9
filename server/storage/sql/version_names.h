// Names of versions in an SQL database. Plain functions on a connection; the writing ones belong into a
// writing transaction.
#pragma once

#include "storage/document_past.h"
#include "storage/sql/sql_connection.h"

namespace tandem {

// As in DocumentPast.
Result<NamedVersion> storeName(SqlConnection& connection, const DocumentId& document,
                               std::optional<Seq> version, const std::string& label, std::int64_t timeMs);
Result<void> deleteName(SqlConnection& connection, const DocumentId& document, Seq version);
Result<std::vector<NamedVersion>> readNames(SqlConnection& connection, const DocumentId& document);

} // namespace tandem
