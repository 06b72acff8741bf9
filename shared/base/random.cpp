#include "base/random.h"

#include <unistd.h>

#include <cstdlib>

namespace tandem {

std::uint64_t SystemRandom::bits() {
    std::uint64_t bits = 0;
    // std::random_device asks the processor what it can whenever one is made, which in a virtual machine takes
    // some forty times as long. No system that this runs on fails for so few bytes.
    if (getentropy(&bits, sizeof bits) != 0)
        std::abort();
    return bits;
}

std::uint64_t SeededRandom::bits() {
    m_state += 0x9e3779b97f4a7c15ULL;
    std::uint64_t z = m_state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

} // namespace tandem
