// Plays a sequential trace: one client writes it, another one watches. Made on the main thread, runs once.
#pragma once

#include "cli/replay_outcome.h"
#include "qt/document_url.h"
#include "qt/qt_client.h"

#include <QElapsedTimer>

namespace tandem {

class SequentialReplay final : public QObject {
    Q_OBJECT
public:
    // `trace` must outlive it; the document holds its start content.
    SequentialReplay(const Trace& trace, const DocumentUrl& address);

    // Runs an event loop until all is played and has arrived. `outOfRange`: the trace does not fit its own
    // text.
    Result<ReplayOutcome> run();

signals:
    void finished();

private:
    void proceed();
    void end(std::optional<Error> error);
    bool bothLive() const;

    const Trace& m_trace;
    DocumentUrl m_address;
    SystemRandom m_random;
    OpenDocument m_written;
    OpenDocument m_watched;
    QtClient m_writer;
    QtClient m_watcher;
    QElapsedTimer m_elapsed; // since both were there
    std::size_t m_next = 0;
    bool m_ended = false;
    std::optional<Error> m_error;
    QTimer m_turn;     // proceed() at the end of an event-loop turn
    QTimer m_patience; // since something was last heard
};

} // namespace tandem
