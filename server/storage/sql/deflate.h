// zlib around what is stored in large pieces: smaller, and with a checksum, so that damage is found. Plain
// functions without state.
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace tandem {

// Quick rather than small.
std::string deflate(std::string_view bytes);

// malformed: damaged, or not what deflate() wrote. Memory is in proportion to `packed`.
Result<std::string> inflate(std::string_view packed);

} // namespace tandem
