#include "storage/sql/checksum.h"

#include <zlib.h>

namespace tandem {

std::uint32_t checksumOf(std::string_view bytes) {
    return static_cast<std::uint32_t>(
        ::crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

bool isWhole(std::string_view bytes, std::int64_t stored) {
    return stored == -1 || stored == checksumOf(bytes);
}

} // namespace tandem
