// A queue in one piece of memory: what is taken from the front leaves a gap, which is closed when it is more
// than half. Pushing and popping cost O(1), amortised, without memory of their own. For UndoStack.
#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>
#include <vector>

namespace tandem {

template <typename T>
class VectorQueue {
public:
    bool empty() const { return m_first == m_values.size(); }
    std::size_t size() const { return m_values.size() - m_first; }
    T& front() { return m_values[m_first]; }
    T& back() { return m_values.back(); }
    const T& back() const { return m_values.back(); }
    auto begin() { return m_values.begin() + static_cast<std::ptrdiff_t>(m_first); }
    auto end() { return m_values.end(); }

    template <typename... Parts>
    void emplace_back(Parts&&... parts) {
        m_values.emplace_back(std::forward<Parts>(parts)...);
    }
    void pop_back() { m_values.pop_back(); }
    void pop_front() {
        if constexpr (!std::is_trivially_destructible_v<T>)
            m_values[m_first] = T();
        ++m_first;
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
