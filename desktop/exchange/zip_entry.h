// One file out of a ZIP archive from anyone, such as an OpenDocument file. Any bytes are safe: memory is at
// most `most`. Pure.
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace tandem {

// malformed: no ZIP, damaged, or packed in a way that is not known. notFound. limitExceeded: more than `most`
// bytes.
Result<std::string> zipEntry(std::string_view archive, std::string_view name, std::size_t most);

} // namespace tandem
