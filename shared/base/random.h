// Where randomness comes from: the system in programs, a seed in tests and simulations.
#pragma once

#include <cstdint>

namespace tandem {

class Random {
public:
    virtual ~Random() = default;

    // 64 uniform bits.
    virtual std::uint64_t bits() = 0;

    // Uniform in [0, bound). Precondition: bound > 0. The bias of the modulo is below bound / 2^64.
    std::uint64_t below(std::uint64_t bound) { return bits() % bound; }
};

// The operating system's cryptographic source.
class SystemRandom final : public Random {
public:
    std::uint64_t bits() override;
};

// SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014): repeatable, not
// secret.
class SeededRandom final : public Random {
public:
    explicit SeededRandom(std::uint64_t seed) : m_state(seed) {}
    std::uint64_t bits() override;

private:
    std::uint64_t m_state;
};

} // namespace tandem
