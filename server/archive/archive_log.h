// The log of an archive from anyone, checked, in the form in which it is stored. Pure.
#pragma once

#include "archive/document_archive.h"
#include "storage/imported_log.h"

#include <functional>

namespace tandem {

// Once all of it has applied. malformed, limitExceeded: the text is larger
// than a document may be. `compress` is deflate().
Result<ImportedLog> importedLog(DocumentArchive archive,
                                const std::function<std::string(std::string_view)>& compress);

} // namespace tandem
