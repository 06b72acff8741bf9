#include "cli/sequential_replay.h"

#include "cli/replay_limits.h"

#include <QEventLoop>

namespace tandem {

SequentialReplay::SequentialReplay(const Trace& trace, const DocumentUrl& address)
    : m_trace(trace)
    , m_address(address)
    , m_written(m_random)
    , m_watched(m_random)
    , m_writer(m_written, address.websocket(), {"writer", 0}, clientName())
    , m_watcher(m_watched, address.websocket(), {"watcher", 1}, clientName()) {
    m_turn.setSingleShot(true);
    m_patience.setSingleShot(true);
    m_patience.setInterval(replay_limits::patienceMs);
    connect(&m_turn, &QTimer::timeout, this, &SequentialReplay::proceed);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        end(Error{ErrorCode::unavailable, replay_limits::noAnswer});
    });
    const auto heard = [this] {
        m_patience.start();
        m_turn.start(0);
    };
    m_watched.onRemoteEdits = [heard](const TextEdits&) { heard(); };
    connect(&m_writer, &QtClient::outboxChanged, this, heard);
    for (QtClient* client : {&m_writer, &m_watcher}) {
        connect(client, &QtClient::stateChanged, this, [this, client, heard] {
            if (client->session().state() == ClientSession::State::stopped)
                end(Error{ErrorCode::notAllowed, client->session().problem()});
            else
                heard();
        });
    }
}

bool SequentialReplay::bothLive() const {
    return m_writer.session().state() == ClientSession::State::live &&
           m_watcher.session().state() == ClientSession::State::live;
}

Result<ReplayOutcome> SequentialReplay::run() {
    QEventLoop loop;
    connect(this, &SequentialReplay::finished, &loop, &QEventLoop::quit);
    m_patience.start();
    m_writer.start();
    m_watcher.start();
    loop.exec();
    if (m_error)
        return *m_error;
    ReplayOutcome outcome;
    outcome.elapsedMs = m_elapsed.elapsed();
    outcome.copies.push_back({"the writer", m_written.replica().text()});
    outcome.copies.push_back({"the watcher", m_watched.replica().text()});
    return outcome;
}

void SequentialReplay::proceed() {
    if (m_ended)
        return;
    if (!m_elapsed.isValid()) {
        if (!bothLive())
            return;
        m_elapsed.start();
    }
    while (m_next < m_trace.transactions.size() &&
           m_written.outbox().size() < replay_limits::unackedChanges) {
        if (const Result<void> edited = m_written.edit(m_trace.transactions[m_next].patches); !edited) {
            end(Error{edited.error().code,
                      "transaction " + std::to_string(m_next) + ": " + edited.error().detail});
            return;
        }
        ++m_next;
    }
    if (m_next == m_trace.transactions.size() && m_written.outbox().empty() &&
        m_watched.version() == m_written.version())
        end(std::nullopt);
}

void SequentialReplay::end(std::optional<Error> error) {
    if (m_ended)
        return;
    m_ended = true;
    m_error = std::move(error);
    m_patience.stop();
    emit finished();
}

} // namespace tandem
