#include "simulation/virtual_time.h"

#include <algorithm>

namespace tandem::simulation {

void VirtualTime::at(std::int64_t timeMs, std::function<void()> event) {
    m_events.push_back({std::max(timeMs, m_nowMs), m_asked++, std::move(event)});
    std::push_heap(m_events.begin(), m_events.end());
}

void VirtualTime::runUntil(std::int64_t timeMs) {
    while (!m_events.empty() && m_events.front().timeMs <= timeMs) {
        std::pop_heap(m_events.begin(), m_events.end());
        const Event next = std::move(m_events.back());
        m_events.pop_back();
        m_nowMs = next.timeMs;
        next.happen();
    }
    m_nowMs = std::max(m_nowMs, timeMs);
}

} // namespace tandem::simulation
