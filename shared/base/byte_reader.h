// Reads what ByteWriter wrote, from bytes that anyone may have sent. After the first fault every read gives
// zero or nothing and ok() stays false, so a decoder may check once at the end of a piece. Borrows the bytes.
#pragma once

#include <cstdint>
#include <string_view>

namespace tandem {

class ByteReader {
public:
    explicit ByteReader(std::string_view bytes) : m_rest(bytes) {}

    bool ok() const { return m_ok; }
    bool atEnd() const { return m_rest.empty(); }
    std::size_t remaining() const { return m_rest.size(); }

    std::uint8_t byte();
    // Fails on more than 64 bits and on a number not written in the fewest bytes.
    std::uint64_t varint();
    // Fails when the number is greater than `max`.
    std::uint64_t varintUpTo(std::uint64_t max);
    std::string_view bytes(std::size_t count);
    std::string_view rest() const { return m_rest; }

    void fail();

private:
    std::string_view m_rest;
    bool m_ok = true;
};

} // namespace tandem
