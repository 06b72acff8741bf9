#include "simulation/wire.h"

#include <algorithm>

namespace tandem::simulation {

namespace {

constexpr int lostConnection = 1006;

WireSide other(WireSide side) {
    return side == WireSide::client ? WireSide::server : WireSide::client;
}

} // namespace

std::int64_t Wire::arrivalAtMs(Lane& lane) {
    const std::int64_t delayMs = m_environment.happens(Fault::delay, 50) ? m_environment.between(100, 3'000)
                                                                         : m_environment.between(1, 40);
    lane.arrivesAtMs = std::max(lane.arrivesAtMs, m_environment.time.monotonicMs() + delayMs);
    return lane.arrivesAtMs;
}

void Wire::whenOpen(std::function<void()> opened) {
    m_environment.time.at(arrivalAtMs(m_toClient), [self = shared_from_this(), opened = std::move(opened)] {
        if (self->m_toClient.end && !self->m_toClient.swallowed && !self->m_broken)
            opened();
    });
}

void Wire::send(WireSide from, const Frame& frame) {
    const WireSide to = other(from);
    m_environment.time.at(arrivalAtMs(lane(to)), [self = shared_from_this(), to, frame] {
        Lane& arriving = self->lane(to);
        if (arriving.end && !arriving.swallowed && !self->m_broken)
            arriving.end->received(*frame);
    });
}

void Wire::tell(WireSide side, std::int64_t atMs, int code, std::string reason) {
    m_environment.time.at(atMs, [self = shared_from_this(), side, code, reason = std::move(reason)] {
        Lane& told = self->lane(side);
        if (told.end && !told.swallowed)
            std::exchange(told.end, nullptr)->wireClosed(code, reason);
    });
}

void Wire::close(WireSide from, int code, const std::string& reason) {
    lane(from).end = nullptr;
    if (!m_broken)
        tell(other(from), arrivalAtMs(lane(other(from))), code, reason);
}

void Wire::vanish(WireSide side, Notice notice) {
    lane(side).end = nullptr;
    m_broken = true;
    if (notice == Notice::soon)
        tell(other(side), m_environment.time.monotonicMs() + m_environment.between(0, 200), lostConnection,
             "the other side is gone");
}

void Wire::cut() {
    m_broken = true;
    for (const WireSide side : {WireSide::client, WireSide::server})
        tell(side, m_environment.time.monotonicMs() + m_environment.between(0, 2'000), lostConnection, "cut");
}

} // namespace tandem::simulation
