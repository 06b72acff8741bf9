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

    std::uint8_t byte() {
        if (m_rest.empty()) {
            fail();
            return 0;
        }
        const auto value = static_cast<std::uint8_t>(m_rest.front());
        m_rest.remove_prefix(1);
        return value;
    }
    // Fails on more than 64 bits and on a number not written in the fewest bytes.
    std::uint64_t varint() {
        if (m_rest.size() >= 2) { // nearly always one to three bytes
            const auto first = static_cast<std::uint8_t>(m_rest[0]);
            const auto second = static_cast<std::uint8_t>(m_rest[1]);
            if (first < 0x80) {
                m_rest.remove_prefix(1);
                return first;
            }
            if (second - 1u < 0x7F) {
                m_rest.remove_prefix(2);
                return (first & 0x7Fu) | std::uint64_t{second} << 7;
            }
            if (m_rest.size() >= 3 && second >= 0x80 && static_cast<std::uint8_t>(m_rest[2]) - 1u < 0x7F) {
                const auto third = static_cast<std::uint8_t>(m_rest[2]);
                m_rest.remove_prefix(3);
                return (first & 0x7Fu) | (second & 0x7Fu) << 7 | std::uint64_t{third} << 14;
            }
        }
        return longVarint();
    }
    // Fails when the number is greater than `max`.
    std::uint64_t varintUpTo(std::uint64_t max);
    std::string_view bytes(std::size_t count) {
        if (count > m_rest.size()) {
            fail();
            return {};
        }
        const std::string_view value = m_rest.substr(0, count);
        m_rest.remove_prefix(count);
        return value;
    }
    std::string_view rest() const { return m_rest; }

    void fail();

private:
    std::uint64_t longVarint();

    std::string_view m_rest;
    bool m_ok = true;
};

} // namespace tandem
