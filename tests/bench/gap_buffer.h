// The floor: a text of UTF-16 units with a gap where the last edit was, as simple editors keep it. No ids, no
// changes, nothing for anyone else; figures are compared with it. Indexes count units.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tandem::bench {

class GapBuffer {
public:
    std::size_t length() const { return m_units.size() - (m_gapEnd - m_gapStart); }
    void splice(std::size_t index, std::size_t deleted, std::u16string_view inserted);
    std::u16string text() const;

private:
    void moveGap(std::size_t index);
    void grow(std::size_t needed);

    std::vector<char16_t> m_units = std::vector<char16_t>(1024);
    std::size_t m_gapStart = 0;
    std::size_t m_gapEnd = 1024;
};

} // namespace tandem::bench
