// Reads what gzip wrote. For files of at most a few hundred megabytes, all in memory.
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace tandem {

// Does it begin as a gzip file does?
bool isGzip(std::string_view bytes);

// The content of all members. `malformed` for cut or damaged bytes, `limitExceeded` beyond `maxBytes` of
// content.
Result<std::string> gunzip(std::string_view bytes, std::size_t maxBytes);

} // namespace tandem
