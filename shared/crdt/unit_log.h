// UTF-16 units in a row, for what is nearly always put in a few at a time: short texts are copied in one
// piece of fixed size, without a look at their length. What was put in stays where it is: each block of
// memory is as large as all before it together, and a little larger. Owned by DeletedText.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tandem {

class UnitLog {
public:
    // So many units behind what is appended may be read, and there is room for as many behind each block.
    static constexpr std::size_t slack = 16;

    UnitLog() = default;
    UnitLog(UnitLog&& other) noexcept
        : m_blocks(std::exchange(other.m_blocks, {})), m_last(std::exchange(other.m_last, {})) {}
    UnitLog& operator=(UnitLog&& other) noexcept {
        m_blocks = std::exchange(other.m_blocks, {});
        m_last = std::exchange(other.m_last, {});
        return *this;
    }

    std::uint32_t size() const {
        return m_last.begin + static_cast<std::uint32_t>(m_last.next - m_last.units);
    }
    std::size_t heapBytes() const {
        return (beginOf(m_blocks.size()) + m_blocks.size() * slack) * sizeof(char16_t);
    }

    void push_back(char16_t unit) {
        if (m_last.next == m_last.end)
            addBlock();
        *m_last.next++ = unit;
    }
    // Of a text of any kind.
    void append(std::u16string_view units);
    // Of one behind which `slack` units may be read.
    void appendShort(const char16_t* units, std::size_t count) {
        if (count > slack || count >= static_cast<std::size_t>(m_last.end - m_last.next)) {
            append({units, count});
            return;
        }
        std::memcpy(m_last.next, units, slack * sizeof(char16_t));
        m_last.next += count;
    }

    // What stands at `from` and behind it; less where the log ends.
    std::u16string text(std::uint32_t from, std::size_t count) const;
    // The units that so many code points take from there on. Precondition: they are there.
    std::uint32_t unitsOf(std::uint32_t from, std::size_t codePoints) const;

private:
    static constexpr std::uint32_t firstBlock = 64;

    struct Last {
        char16_t* units = nullptr;
        char16_t* next = nullptr; // behind the last unit
        char16_t* end = nullptr;
        std::uint32_t begin = 0; // units before the block
    };

    static std::uint32_t beginOf(std::size_t block) { return firstBlock * ((1u << block) - 1); }
    static std::size_t blockOf(std::uint32_t at) {
        return static_cast<std::size_t>(std::bit_width(at / firstBlock + 1)) - 1;
    }
    void addBlock();

    std::vector<std::unique_ptr<char16_t[]>> m_blocks;
    Last m_last;
};

} // namespace tandem
