// UTF-16 units in a row, for what is nearly always put in a few at a time: short texts are copied in one
// piece of fixed size, without a look at their length. Owned by DeletedText and UndoStack.
#pragma once

#include <algorithm>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

namespace tandem {

class UnitLog {
public:
    // So many units behind what is appended may be read, and there is room for as many behind the last.
    static constexpr std::size_t slack = 16;

    UnitLog() = default;
    UnitLog(UnitLog&& other) noexcept
        : m_units(std::move(other.m_units))
        , m_size(std::exchange(other.m_size, 0))
        , m_capacity(std::exchange(other.m_capacity, 0)) {}
    UnitLog& operator=(UnitLog&& other) noexcept {
        m_units = std::move(other.m_units);
        m_size = std::exchange(other.m_size, 0);
        m_capacity = std::exchange(other.m_capacity, 0);
        return *this;
    }

    std::size_t size() const { return m_size; }
    std::size_t capacity() const { return m_capacity; }
    const char16_t* data() const { return m_units.get(); }
    const char16_t* begin() const { return data(); }
    const char16_t* end() const { return data() + m_size; }
    std::u16string_view view() const { return {data(), m_size}; }
    operator std::u16string_view() const { return view(); }

    void push_back(char16_t unit) {
        if (m_size + slack >= m_capacity)
            grow(1);
        m_units[m_size++] = unit;
    }
    // Of a text of any kind.
    void append(std::u16string_view units) {
        if (m_size + units.size() + slack > m_capacity)
            grow(units.size());
        std::copy(units.begin(), units.end(), m_units.get() + m_size);
        m_size += units.size();
    }
    // Of one behind which `slack` units may be read.
    void appendShort(const char16_t* units, std::size_t count) {
        if (count > slack) {
            append({units, count});
            return;
        }
        if (m_size + 2 * slack > m_capacity)
            grow(slack);
        std::memcpy(m_units.get() + m_size, units, slack * sizeof(char16_t));
        m_size += count;
    }
    // Preconditions: there are as many, or these.
    void resize(std::size_t size) { m_size = size; }
    void erase(const char16_t* from, const char16_t* to) {
        std::copy(to, end(), m_units.get() + (from - begin()));
        m_size -= static_cast<std::size_t>(to - from);
    }

private:
    [[gnu::noinline]] void grow(std::size_t more) {
        const std::size_t capacity = std::max(m_capacity * 2, m_size + more + 2 * slack);
        std::unique_ptr<char16_t[]> units(new char16_t[capacity]); // not filled
        if (m_size > 0)
            std::memcpy(units.get(), m_units.get(), m_size * sizeof(char16_t));
        m_units = std::move(units);
        m_capacity = capacity;
    }

    std::unique_ptr<char16_t[]> m_units;
    std::size_t m_size = 0;
    std::size_t m_capacity = 0;
};

} // namespace tandem
