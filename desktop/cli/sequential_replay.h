// Plays a sequential trace: one client writes it, another one watches. Made on the main thread, runs once.
#pragma once

#include "cli/replay_loop.h"
#include "cli/replay_outcome.h"
#include "qt/document_url.h"
#include "qt/qt_client.h"

namespace tandem {

class SequentialReplay {
public:
    // `trace` must outlive it; the document holds its start content.
    SequentialReplay(const Trace& trace, const DocumentUrl& address);

    // Runs an event loop until all is played and has arrived. `outOfRange`: the trace does not fit its own
    // text.
    Result<ReplayOutcome> run();

private:
    void proceed();
    bool bothLive() const;

    const Trace& m_trace;
    DocumentUrl m_address;
    ReplayLoop m_loop{[this] { proceed(); }};
    SystemRandom m_random;
    OpenDocument m_written;
    OpenDocument m_watched;
    QtClient m_writer;
    QtClient m_watcher;
    std::size_t m_next = 0;
};

} // namespace tandem
