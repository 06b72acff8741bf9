#include "rooms/room_loading.h"

namespace tandem {

namespace {
constexpr std::size_t logChunk = 5'000;
} // namespace

// The next step with the answer, or the end with its error.
template <typename T>
std::function<void(Result<T>)> RoomLoading::then(void (RoomLoading::*next)(T answer)) {
    return [self = shared_from_this(), next](Result<T> answer) {
        if (!*self->m_alive)
            return;
        if (answer.ok())
            (*self.*next)(std::move(*answer));
        else
            self->m_done(answer.error());
    };
}

void RoomLoading::start() {
    m_sources.documents.find(m_id, then(&RoomLoading::found));
}

void RoomLoading::startAnew() {
    std::make_shared<RoomLoading>(m_sources, m_id, m_alive, std::move(m_done))->start();
}

void RoomLoading::found(DocumentInfo info) {
    m_info = std::move(info);
    m_feed = std::make_unique<ChangeFeed>(m_sources.bus, m_id, m_info.epoch);
    m_sources.log.readBindings(m_id, then(&RoomLoading::readBindings));
}

void RoomLoading::readBindings(std::vector<ReplicaBinding> bindings) {
    m_bindings = std::move(bindings);
    readSnapshot(m_info.head);
}

void RoomLoading::readSnapshot(Seq upTo) {
    if (m_sources.rules.snapshots.store && upTo > 0)
        m_sources.rules.snapshots.store->latest(m_id, upTo, then(&RoomLoading::takeSnapshot));
    else
        readLog();
}

void RoomLoading::takeSnapshot(std::optional<StoredSnapshot> snapshot) {
    if (!snapshot)
        return readLog();
    if (!m_replay.begin(*snapshot))
        return refuseSnapshot(snapshot->seq);
    readLog();
}

void RoomLoading::readLog() {
    m_sources.log.readAfter(m_id, m_info.epoch, m_replay.readTo(), logChunk,
                            [takeOrEnd = then(&RoomLoading::takeLog),
                             self = shared_from_this()](Result<std::vector<LoggedChange>> log) {
                                // Restored meanwhile: nothing that was read before belongs to it.
                                if (*self->m_alive && !log.ok() && log.error().code == ErrorCode::logReplaced)
                                    self->startAnew();
                                else
                                    takeOrEnd(std::move(log));
                            });
}

void RoomLoading::takeLog(std::vector<LoggedChange> changes) {
    for (const LoggedChange& logged : changes) {
        if (!m_replay.take(logged))
            return stumble();
    }
    if (changes.size() == logChunk)
        readLog();
    else if (m_replay.readTo() < m_info.head)
        m_done(Error{ErrorCode::internal, "the document's log ends too early"});
    else
        finish();
}

void RoomLoading::stumble() {
    // With a snapshot, the fault may be its own.
    if (m_replay.snapshot() > 0)
        return refuseSnapshot(m_replay.snapshot());
    m_done(Error{ErrorCode::internal,
                 "the document's log is damaged at version " + std::to_string(m_replay.readTo() + 1)});
}

void RoomLoading::refuseSnapshot(Seq version) {
    m_sources.rules.snapshots.warn(m_id, "snapshot is damaged",
                                   {ErrorCode::malformed, "at version " + std::to_string(version)});
    m_replay = LogReplay();
    readSnapshot(version - 1);
}

void RoomLoading::finish() {
    m_info.head = m_replay.readTo();
    m_done(std::make_unique<DocumentRoom>(std::move(m_info), m_replay.takeReplica(), std::move(m_bindings),
                                          m_sources.log, m_sources.bus, std::move(m_feed), m_sources.clock,
                                          m_sources.rules));
}

} // namespace tandem
