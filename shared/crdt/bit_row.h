// Bits in a row, all clear at first, that are set and looked for many at a time. Owned by ChangeSubtrees.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace tandem {

class BitRow {
public:
    void growTo(std::size_t bits) {
        if (const std::size_t words = (bits + wordBits - 1) / wordBits; words > m_words.size())
            m_words.resize(words);
    }

    // Preconditions: it has grown so far; begin < end.
    void set(std::size_t begin, std::size_t end) {
        const std::size_t first = begin / wordBits;
        const std::size_t last = (end - 1) / wordBits;
        const Word fromBegin = ~Word{0} << begin % wordBits;
        const Word toEnd = ~Word{0} >> (wordBits - 1 - (end - 1) % wordBits);
        if (first == last) {
            m_words[first] |= fromBegin & toEnd;
            return;
        }
        m_words[first] |= fromBegin;
        for (std::size_t word = first + 1; word < last; ++word)
            m_words[word] = ~Word{0};
        m_words[last] |= toEnd;
    }
    bool operator[](std::size_t bit) const { return (m_words[bit / wordBits] >> bit % wordBits & 1) != 0; }

    // The first one from `begin` on that is set, or clear; `end` when there is none before it.
    std::size_t next(bool set, std::size_t begin, std::size_t end) const {
        if (begin >= end)
            return end;
        const Word flip = set ? Word{0} : ~Word{0};
        std::size_t word = begin / wordBits;
        Word bits = (m_words[word] ^ flip) & ~Word{0} << begin % wordBits;
        while (bits == 0) {
            if (++word * wordBits >= end)
                return end;
            bits = m_words[word] ^ flip;
        }
        return std::min(end, word * wordBits + static_cast<std::size_t>(std::countr_zero(bits)));
    }

private:
    using Word = std::uint64_t;
    static constexpr std::size_t wordBits = 64;

    std::vector<Word> m_words;
};

} // namespace tandem
