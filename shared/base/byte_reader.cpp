#include "base/byte_reader.h"

namespace tandem {

void ByteReader::fail() {
    m_ok = false;
    m_rest = {};
}

std::uint64_t ByteReader::longVarint() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
        const std::uint8_t b = byte();
        if (!m_ok)
            return 0;
        const std::uint64_t bits = b & 0x7f;
        if (shift == 63 && bits > 1)
            break;
        value |= bits << shift;
        if ((b & 0x80) == 0) {
            if (b == 0 && shift > 0)
                break;
            return value;
        }
    }
    fail();
    return 0;
}

std::uint64_t ByteReader::varintUpTo(std::uint64_t max) {
    const std::uint64_t value = varint();
    if (value > max) {
        fail();
        return 0;
    }
    return value;
}

} // namespace tandem
