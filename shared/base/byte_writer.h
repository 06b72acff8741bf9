// Appends numbers and strings to a growing byte string. Varints are LEB128: seven bits a byte, low bits
// first.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tandem {

class ByteWriter {
public:
    void byte(std::uint8_t value) { m_bytes.push_back(static_cast<char>(value)); }
    void varint(std::uint64_t value);
    void bytes(std::string_view value) { m_bytes.append(value); }

    std::size_t size() const { return m_bytes.size(); }
    std::string take() && { return std::move(m_bytes); }

private:
    std::string m_bytes;
};

} // namespace tandem
