#include "base/random.h"

#include <random>

namespace tandem {

std::uint64_t SystemRandom::bits() {
    std::random_device device; // getrandom(2) in libstdc++ and libc++ on Linux
    return (std::uint64_t{device()} << 32) | device();
}

std::uint64_t SeededRandom::bits() {
    m_state += 0x9e3779b97f4a7c15ULL;
    std::uint64_t z = m_state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

} // namespace tandem
