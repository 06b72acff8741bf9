// What both kinds of replay have in common: an event loop that goes on after whatever is heard from the
// server, and ends when the replay says so or nothing has been heard for a minute. Owned by a replay; lives
// on its thread; runs once.
#pragma once

#include "base/result.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>

#include <functional>
#include <optional>

namespace tandem {

class ReplayLoop {
public:
    // `proceed` is called at the end of a turn of the event loop.
    explicit ReplayLoop(std::function<void()> proceed);

    // Runs until end(): how many milliseconds since begin(), or the error.
    Result<std::int64_t> run();

    // Something came from the server.
    void heard();
    // There is more to do at once.
    void goOn() { m_turn.start(0); }

    // Everyone is there: from now on time counts.
    void begin() { m_elapsed.start(); }
    bool hasBegun() const { return m_elapsed.isValid(); }

    // The first end counts.
    void end(std::optional<Error> error = std::nullopt);
    bool hasEnded() const { return m_ended; }

private:
    QEventLoop m_loop;
    QTimer m_turn;
    QTimer m_patience; // since something was last heard
    QElapsedTimer m_elapsed;
    bool m_ended = false;
    std::optional<Error> m_error;
};

} // namespace tandem
