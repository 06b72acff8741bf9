#include "process/drain.h"

#include <QCoreApplication>

namespace tandem {

namespace {
constexpr int lookEveryMs = 20;
constexpr std::int64_t networkMs = 10'000;
} // namespace

Drain::Drain(Readiness& readiness, HttpServer& server, WebsocketDoor& door, RoomDirectory& rooms,
             JobWork* jobs, const Clock& clock, const Log& log)
    : m_readiness(readiness)
    , m_server(server)
    , m_door(door)
    , m_rooms(rooms)
    , m_jobs(jobs)
    , m_clock(clock)
    , m_log(log) {
    connect(&m_timer, &QTimer::timeout, this, &Drain::look);
}

void Drain::begin() {
    if (m_timer.isActive())
        return;
    m_log.info("stopping", {{"connections", std::to_string(m_door.connectionCount())}});
    m_readiness.stops = true;
    m_beganAtMs = m_clock.monotonicMs();
    if (m_jobs)
        m_jobs->beginStop();
    m_door.sendHome();
    // Requests that wait in a room are answered.
    m_rooms.closeAll({ErrorCode::unavailable, "the server restarts"});
    m_timer.start(lookEveryMs);
}

void Drain::look() {
    const std::int64_t tookMs = m_clock.monotonicMs() - m_beganAtMs;
    const bool jobsDone = !m_jobs || m_jobs->hasStopped();
    if (!isNetworkDone(tookMs) || !jobsDone)
        return;
    m_timer.stop();
    m_server.stopListening();
    QCoreApplication::quit();
}

bool Drain::isNetworkDone(std::int64_t tookMs) const {
    return tookMs > networkMs || (m_door.connectionCount() == 0 && !m_server.isBusy());
}

} // namespace tandem
