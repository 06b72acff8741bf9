// How the server stops without a loss: nobody new is taken, /readyz says so, every socket is closed with 1012
// and a moment to come back at, requests under way are answered, for ten seconds at most; no job is begun,
// and what runs has 23 seconds, then its leases are given back: 25 seconds in all. Then the event loop ends.
// What waits for the database is written behind it. Lives on the event loop; owned by main; borrows the rest.
#pragma once

#include "http/health_routes.h"
#include "http/http_server.h"
#include "jobs/job_work.h"

#include <QTimer>

namespace tandem {

class Drain final : public QObject {
    Q_OBJECT
public:
    Drain(Readiness& readiness, HttpServer& server, WebsocketDoor& door, RoomDirectory& rooms, JobWork* jobs,
          const Clock& clock, const Log& log);

    // Once; more calls change nothing.
    void begin();

private:
    void look();
    bool isNetworkDone(std::int64_t tookMs) const;

    Readiness& m_readiness;
    HttpServer& m_server;
    WebsocketDoor& m_door;
    RoomDirectory& m_rooms;
    JobWork* const m_jobs; // null: this process does none
    const Clock& m_clock;
    const Log& m_log;
    std::int64_t m_beganAtMs = 0;
    QTimer m_timer;
};

} // namespace tandem
