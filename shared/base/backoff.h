// Delays between attempts: exponential, capped, with full jitter, so that a crowd of clients does not come
// back at one moment (Brooker: "Exponential Backoff And Jitter", AWS Architecture Blog, 2015).
#pragma once

#include "base/random.h"

#include <cstdint>

namespace tandem {

class Backoff {
public:
    // The n-th delay is uniform in [floorMs, min(capMs, firstMs * 2^n)].
    Backoff(std::int64_t floorMs, std::int64_t firstMs, std::int64_t capMs)
        : m_floorMs(floorMs), m_firstMs(firstMs), m_capMs(capMs) {}

    std::int64_t nextDelayMs(Random& random);
    void reset() { m_attempts = 0; }

private:
    std::int64_t m_floorMs;
    std::int64_t m_firstMs;
    std::int64_t m_capMs;
    int m_attempts = 0;
};

} // namespace tandem
