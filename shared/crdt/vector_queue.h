// A queue in one piece of memory: what is taken from the front leaves a gap, which is closed when it is more
// than half. Pushing and popping cost O(1), amortised, without memory of their own. Values are plain, so that
// all of them move at once when they need more memory, which std::vector does only with what has no defaults.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <type_traits>
#include <utility>

namespace tandem {

template <typename T>
class VectorQueue {
    static_assert(std::is_trivially_copyable_v<T>, "what moves is bytes");

public:
    VectorQueue() = default;
    VectorQueue(VectorQueue&& other) noexcept { *this = std::move(other); }
    VectorQueue& operator=(VectorQueue&& other) noexcept {
        std::swap(m_memory, other.m_memory);
        m_begin = std::exchange(other.m_begin, nullptr);
        m_end = std::exchange(other.m_end, nullptr);
        m_full = std::exchange(other.m_full, nullptr);
        other.m_memory.reset();
        return *this;
    }

    bool empty() const { return m_begin == m_end; }
    std::size_t size() const { return static_cast<std::size_t>(m_end - m_begin); }
    const T& front() const { return *m_begin; }
    T& back() { return m_end[-1]; }
    const T& back() const { return m_end[-1]; }
    const T* begin() const { return m_begin; }
    const T* end() const { return m_end; }

    void push_back(const T& value) {
        if (m_end == m_full)
            grow();
        std::construct_at(m_end++, value);
    }
    void pop_back() { --m_end; }
    void pop_front(std::size_t count = 1) {
        m_begin += count;
        if (m_begin - memory() <= m_end - m_begin)
            return;
        moveTo(memory());
    }

private:
    static constexpr std::size_t least = 64;

    T* memory() const { return reinterpret_cast<T*>(m_memory.get()); }
    // All values; what they stood in may be the same memory.
    void moveTo(T* begin) {
        const std::size_t count = size();
        if (count > 0)
            std::memmove(static_cast<void*>(begin), m_begin, count * sizeof(T));
        m_begin = begin;
        m_end = begin + count;
    }
    [[gnu::noinline]] void grow() {
        const std::size_t room = std::max(least, 2 * size());
        std::unique_ptr<std::byte[]> memory(new std::byte[room * sizeof(T)]); // not filled
        moveTo(reinterpret_cast<T*>(memory.get()));
        m_memory = std::move(memory);
        m_full = m_begin + room;
    }

    static_assert(alignof(T) <= alignof(std::max_align_t), "memory is for anything that is not larger");
    std::unique_ptr<std::byte[]> m_memory;
    T* m_begin = nullptr;
    T* m_end = nullptr;
    T* m_full = nullptr; // where the memory ends
};

} // namespace tandem
