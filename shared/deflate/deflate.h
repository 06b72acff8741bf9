// zlib around what is stored or sent in large pieces: smaller, and with a checksum, so that damage is found.
// Apart from the core, which knows no zlib. Plain functions without state.
#pragma once

#include "base/result.h"

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>

namespace tandem {

// Quick rather than small.
std::string deflate(std::string_view bytes);

// malformed: damaged, or not what deflate() wrote. limitExceeded: more than `most` bytes. Memory is in
// proportion to `packed`, and at most `most`.
Result<std::string> inflate(std::string_view packed,
                            std::size_t most = std::numeric_limits<std::size_t>::max());

} // namespace tandem
