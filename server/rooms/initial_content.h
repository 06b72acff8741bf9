// The first changes of a document that is created with a text.
#pragma once

#include "base/random.h"
#include "storage/op_log.h"

#include <string_view>
#include <vector>

namespace tandem {

// Changes of a fresh replica id that make `text`, each below the change limit. Empty for an empty text.
std::vector<AppendEntry> initialContent(std::u32string_view text, Random& random);

} // namespace tandem
