// A queue in one piece of memory: what is taken from the front leaves a gap, which is closed when it is more
// than half. Pushing and popping cost O(1), amortised, without memory of their own.
#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>
#include <vector>

namespace tandem {

template <typename T>
class VectorQueue {
    static_assert(std::is_trivially_destructible_v<T>, "what has gone holds nothing");

public:
    bool empty() const { return m_first == m_values.size(); }
    std::size_t size() const { return m_values.size() - m_first; }
    const T& front() const { return m_values[m_first]; }
    T& back() { return m_values.back(); }
    const T& back() const { return m_values.back(); }
    auto begin() const { return m_values.begin() + static_cast<std::ptrdiff_t>(m_first); }
    auto end() const { return m_values.end(); }

    void push_back(const T& value) { m_values.push_back(value); }
    void pop_back() { m_values.pop_back(); }
    void pop_front(std::size_t count = 1) {
        m_first += count;
        if (m_first * 2 <= m_values.size())
            return;
        m_values.erase(m_values.begin(), begin());
        m_first = 0;
    }

private:
    std::vector<T> m_values;
    std::size_t m_first = 0;
};

} // namespace tandem
