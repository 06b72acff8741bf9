#include "crdt/bit_row.h"

#include "base/random.h"

#include <gtest/gtest.h>

namespace tandem {

TEST(BitRow, AgreesWithBitsOneByOne) {
    SeededRandom random(1);
    for (const std::size_t size : {1u, 63u, 64u, 65u, 300u}) {
        BitRow row;
        row.growTo(size);
        std::vector<bool> bits(size);
        for (int round = 0; round < 40; ++round) {
            const std::size_t begin = random.below(size);
            const std::size_t end = begin + 1 + random.below(std::min<std::size_t>(size - begin, 70));
            row.set(begin, end);
            std::fill(bits.begin() + static_cast<std::ptrdiff_t>(begin),
                      bits.begin() + static_cast<std::ptrdiff_t>(end), true);
            const std::size_t from = random.below(size + 1);
            const std::size_t to = from + random.below(size - from + 1);
            for (const bool wanted : {false, true}) {
                const auto first = std::find(bits.begin() + static_cast<std::ptrdiff_t>(from),
                                             bits.begin() + static_cast<std::ptrdiff_t>(to), wanted);
                ASSERT_EQ(row.next(wanted, from, to), static_cast<std::size_t>(first - bits.begin()));
            }
            for (std::size_t i = 0; i < size; ++i)
                ASSERT_EQ(row[i], bits[i]);
        }
    }
}

} // namespace tandem
