#include "base/byte_writer.h"

namespace tandem {

void ByteWriter::varint(std::uint64_t value) {
    while (value >= 0x80) {
        byte(static_cast<std::uint8_t>(value) | 0x80);
        value >>= 7;
    }
    byte(static_cast<std::uint8_t>(value));
}

} // namespace tandem
