// The bytes of a whole document (FORMAT.md), for opening it without its log. What deleted elements said is in
// bytes of its own, so that opening does not wait for it, and whoever has the log can leave it out.
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace tandem {

class Document;

std::string encodeSnapshot(const Document& document);

// Fills an empty document. On an error the document is not to be used. Time and memory are in proportion to
// the bytes.
Result<void> decodeSnapshot(std::string_view bytes, Document& document);

std::string encodeDeletedText(const Document& document);

// `snapshot` is what encodeSnapshot() gave at the same moment, and what `document` began with. On an error
// nothing has happened.
Result<void> restoreDeletedText(std::string_view snapshot, std::string_view deletedText, Document& document);

} // namespace tandem
