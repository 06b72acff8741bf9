#include "cli/sequential_replay.h"

#include "cli/replay_limits.h"

namespace tandem {

SequentialReplay::SequentialReplay(const Trace& trace, const DocumentUrl& address)
    : m_trace(trace)
    , m_address(address)
    , m_written(m_random)
    , m_watched(m_random)
    , m_writer(m_written, address, {"writer", 0}, clientName())
    , m_watcher(m_watched, address, {"watcher", 1}, clientName()) {
    m_watched.onRemoteEdits = [this](const TextEdits&) { m_loop.heard(); };
    QObject::connect(&m_writer, &QtClient::outboxChanged, &m_writer, [this] { m_loop.heard(); });
    for (QtClient* client : {&m_writer, &m_watcher}) {
        QObject::connect(client, &QtClient::stateChanged, client, [this, client] {
            if (client->session().state() == ClientSession::State::stopped)
                m_loop.end(Error{ErrorCode::notAllowed, client->session().problem()});
            else
                m_loop.heard();
        });
    }
}

bool SequentialReplay::bothLive() const {
    return m_writer.session().state() == ClientSession::State::live &&
           m_watcher.session().state() == ClientSession::State::live;
}

Result<ReplayOutcome> SequentialReplay::run() {
    m_writer.start();
    m_watcher.start();
    const Result<std::int64_t> elapsedMs = m_loop.run();
    if (!elapsedMs)
        return elapsedMs.error();
    ReplayOutcome outcome;
    outcome.elapsedMs = *elapsedMs;
    outcome.copies.push_back({"the writer", m_written.replica().text()});
    outcome.copies.push_back({"the watcher", m_watched.replica().text()});
    return outcome;
}

void SequentialReplay::proceed() {
    if (!m_loop.hasBegun()) {
        if (!bothLive())
            return;
        m_loop.begin();
    }
    while (m_next < m_trace.transactions.size() &&
           m_written.outbox().size() < replay_limits::unackedChanges) {
        if (const Result<void> edited = m_written.edit(m_trace.transactions[m_next].patches); !edited) {
            m_loop.end(Error{edited.error().code,
                             "transaction " + std::to_string(m_next) + ": " + edited.error().detail});
            return;
        }
        ++m_next;
    }
    if (m_next == m_trace.transactions.size() && m_written.outbox().empty() &&
        m_watched.version() == m_written.version())
        m_loop.end();
}

} // namespace tandem
