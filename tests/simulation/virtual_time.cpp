#include "simulation/virtual_time.h"

#include <algorithm>

namespace tandem::simulation {

void VirtualTime::at(std::int64_t timeMs, std::function<void()> event) {
    m_events.emplace(std::pair(std::max(timeMs, m_nowMs), m_asked++), std::move(event));
}

void VirtualTime::runUntil(std::int64_t timeMs) {
    while (!m_events.empty() && m_events.begin()->first.first <= timeMs) {
        const auto next = m_events.extract(m_events.begin());
        m_nowMs = next.key().first;
        next.mapped()();
    }
    m_nowMs = std::max(m_nowMs, timeMs);
}

} // namespace tandem::simulation
