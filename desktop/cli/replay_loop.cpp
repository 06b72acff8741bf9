#include "cli/replay_loop.h"

namespace tandem {

namespace {
constexpr int patienceMs = 60'000;
} // namespace

ReplayLoop::ReplayLoop(std::function<void()> proceed) {
    m_turn.setSingleShot(true);
    m_patience.setSingleShot(true);
    m_patience.setInterval(patienceMs);
    QObject::connect(&m_turn, &QTimer::timeout, &m_loop, [this, proceed = std::move(proceed)] {
        if (!m_ended)
            proceed();
    });
    QObject::connect(&m_patience, &QTimer::timeout, &m_loop, [this] {
        end(Error{ErrorCode::unavailable, "nothing was heard from the server for 60 s"});
    });
}

Result<std::int64_t> ReplayLoop::run() {
    m_patience.start();
    if (!m_ended)
        m_loop.exec();
    if (m_error)
        return *m_error;
    return m_elapsed.elapsed();
}

void ReplayLoop::heard() {
    m_patience.start();
    goOn();
}

void ReplayLoop::end(std::optional<Error> error) {
    if (m_ended)
        return;
    m_ended = true;
    m_error = std::move(error);
    m_patience.stop();
    m_loop.quit();
}

} // namespace tandem
