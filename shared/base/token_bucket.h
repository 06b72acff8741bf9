// How much may be done in a time: up to a burst at once, refilled at a steady rate. A plain value; whoever
// owns it gives it the time. Times are monotonic milliseconds and never go back.
#pragma once

#include <cstdint>

namespace tandem {

class TokenBucket {
public:
    // `perSecond` is at least 1. Begins full.
    TokenBucket(std::int64_t perSecond, std::int64_t burst, std::int64_t nowMs)
        : m_perSecond(perSecond), m_most(burst * 1000), m_left(m_most), m_filledAtMs(nowMs) {}

    // Takes `count` if they are there.
    bool take(std::int64_t count, std::int64_t nowMs);
    // Takes `count` even if there are fewer: what is done already delays what comes.
    void spend(std::int64_t count, std::int64_t nowMs);
    // When `count`, at most the burst, can be taken.
    std::int64_t readyAtMs(std::int64_t count = 1) const;
    // It is as if nothing had ever been taken.
    bool isFull(std::int64_t nowMs) const { return leftAt(nowMs) == m_most; }

private:
    std::int64_t leftAt(std::int64_t nowMs) const;

    std::int64_t m_perSecond;
    std::int64_t m_most; // in thousandths
    std::int64_t m_left;
    std::int64_t m_filledAtMs;
};

} // namespace tandem
