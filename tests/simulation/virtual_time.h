// The time of a simulated world: a clock that stands still, and what is to happen at which moment. Events of
// one moment happen in the order they were asked for. Owned by the World; everything in it runs in
// runUntil().
#pragma once

#include "base/clock.h"

#include <functional>
#include <utility>
#include <vector>

namespace tandem::simulation {

class VirtualTime final : public Clock {
public:
    std::int64_t monotonicMs() const override { return m_nowMs; }
    std::int64_t wallMs() const override { return 1'700'000'000'000 + m_nowMs + m_wallOffsetMs; }
    void jumpWall(std::int64_t byMs) { m_wallOffsetMs += byMs; }

    void at(std::int64_t timeMs, std::function<void()> event);
    void after(std::int64_t delayMs, std::function<void()> event) { at(m_nowMs + delayMs, std::move(event)); }
    void runUntil(std::int64_t timeMs);

private:
    struct Event {
        std::int64_t timeMs = 0;
        std::uint64_t asked = 0;
        std::function<void()> happen;

        // Whether `other` happens first.
        bool operator<(const Event& other) const {
            return std::pair(timeMs, asked) > std::pair(other.timeMs, other.asked);
        }
    };

    std::int64_t m_nowMs = 1'000'000;
    std::int64_t m_wallOffsetMs = 0;
    std::uint64_t m_asked = 0;
    std::vector<Event> m_events; // a heap, the next one on top
};

} // namespace tandem::simulation
