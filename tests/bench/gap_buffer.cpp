#include "bench/gap_buffer.h"

#include <algorithm>
#include <cstring>

namespace tandem::bench {

void GapBuffer::splice(std::size_t index, std::size_t deleted, std::u16string_view inserted) {
    if (index != m_gapStart) {
        if (index + 1 == m_gapStart && deleted == 1 && inserted.empty()) { // backspace
            --m_gapStart;
            return;
        }
        moveGap(index);
    }
    m_gapEnd += deleted;
    if (m_gapEnd - m_gapStart < inserted.size())
        grow(inserted.size());
    if (inserted.size() == 1)
        m_units[m_gapStart] = inserted.front();
    else
        std::copy(inserted.begin(), inserted.end(),
                  m_units.begin() + static_cast<std::ptrdiff_t>(m_gapStart));
    m_gapStart += inserted.size();
}

void GapBuffer::moveGap(std::size_t index) {
    char16_t* units = m_units.data();
    if (index < m_gapStart) {
        const std::size_t count = m_gapStart - index;
        std::memmove(units + m_gapEnd - count, units + index, count * sizeof(char16_t));
        m_gapEnd -= count;
    } else {
        const std::size_t count = index - m_gapStart;
        std::memmove(units + m_gapStart, units + m_gapEnd, count * sizeof(char16_t));
        m_gapEnd += count;
    }
    m_gapStart = index;
}

void GapBuffer::grow(std::size_t needed) {
    const std::size_t tail = m_units.size() - m_gapEnd;
    std::vector<char16_t> larger((m_units.size() + needed) * 2);
    std::copy_n(m_units.begin(), m_gapStart, larger.begin());
    std::copy_n(m_units.end() - static_cast<std::ptrdiff_t>(tail), tail,
                larger.end() - static_cast<std::ptrdiff_t>(tail));
    m_gapEnd = larger.size() - tail;
    m_units = std::move(larger);
}

std::u16string GapBuffer::text() const {
    std::u16string text(m_units.begin(), m_units.begin() + static_cast<std::ptrdiff_t>(m_gapStart));
    text.append(m_units.begin() + static_cast<std::ptrdiff_t>(m_gapEnd), m_units.end());
    return text;
}

} // namespace tandem::bench
