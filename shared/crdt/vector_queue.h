// A queue in one piece of memory: what is taken from the front leaves a gap, which is closed when it is more
// than half. Pushing and popping cost O(1), amortised, without memory of their own.
#pragma once

#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace tandem {

template <typename T, typename Values = std::vector<T>>
class VectorQueue {
    static_assert(std::is_trivially_destructible_v<T>, "what has gone holds nothing");

public:
    bool empty() const { return m_first == m_values.size(); }
    std::size_t size() const { return m_values.size() - m_first; }
    // What its values take.
    std::size_t bytes() const {
        return static_cast<std::size_t>(reinterpret_cast<const char*>(m_values.data() + m_values.size()) -
                                        reinterpret_cast<const char*>(m_values.data() + m_first));
    }
    const T& front() const { return m_values[m_first]; }
    T& back() { return m_values.back(); }
    const T& back() const { return m_values.back(); }
    auto begin() const { return m_values.begin() + static_cast<std::ptrdiff_t>(m_first); }
    auto end() const { return m_values.end(); }

    void push_back(const T& value) { m_values.push_back(value); }
    void append(std::basic_string_view<T> values) { m_values.append(values); }
    void appendShort(std::basic_string_view<T> values) { m_values.appendShort(values.data(), values.size()); }
    // Preconditions: so many are there.
    std::basic_string_view<T> last(std::size_t count) const {
        return std::basic_string_view<T>(m_values).substr(m_values.size() - count);
    }
    void pop_back(std::size_t count = 1) { m_values.resize(m_values.size() - count); }
    void pop_front(std::size_t count = 1) {
        m_first += count;
        if (m_first * 2 <= m_values.size())
            return;
        m_values.erase(m_values.begin(), begin());
        m_first = 0;
    }

private:
    Values m_values;
    std::size_t m_first = 0;
};

} // namespace tandem
