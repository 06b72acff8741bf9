// Finds damage in what is stored in small pieces; large ones carry zlib's own checksum (deflate.h).
#pragma once

#include <cstdint>
#include <string_view>

namespace tandem {

// CRC-32 as zlib and PNG have it.
std::uint32_t checksumOf(std::string_view bytes);

// Are these bytes the ones that `stored` was made of? -1 for rows of before, which nobody can tell about.
bool isWhole(std::string_view bytes, std::int64_t stored);

} // namespace tandem
