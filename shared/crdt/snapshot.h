// The bytes of a whole document (FORMAT.md), for opening it without its log. Deleted text is not in them.
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

} // namespace tandem
