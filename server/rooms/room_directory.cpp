#include "rooms/room_directory.h"

namespace tandem {

namespace {
constexpr std::int64_t keepEmptyMs = 60'000;
} // namespace

RoomDirectory::RoomDirectory(DocumentStore& documents, OpLog& log, const Clock& clock,
                             SnapshotRules snapshots)
    : m_sources{documents, log, clock, std::move(snapshots)}, m_alive(std::make_shared<bool>(true)) {}

RoomDirectory::~RoomDirectory() {
    *m_alive = false;
}

void RoomDirectory::open(const DocumentId& id, std::function<void(Result<DocumentRoom*>)> ready) {
    if (const auto room = m_rooms.find(id); room != m_rooms.end()) {
        if (!room->second->isBroken())
            return ready(room->second.get());
        // The log may be read better this time.
        m_broken.push_back(std::move(room->second));
        m_rooms.erase(room);
    }
    Waiting& waiting = m_waiting[id];
    waiting.push_back(std::move(ready));
    if (waiting.size() > 1)
        return;
    const auto loaded = [this, id](Result<std::unique_ptr<DocumentRoom>> room) {
        finish(id, std::move(room));
    };
    std::make_shared<RoomLoading>(m_sources, id, m_alive, loaded)->start();
}

void RoomDirectory::finish(const DocumentId& id, Result<std::unique_ptr<DocumentRoom>> room) {
    const Waiting waiting = std::exchange(m_waiting[id], {});
    m_waiting.erase(id);
    Result<DocumentRoom*> outcome = nullptr;
    if (room.ok()) {
        outcome = room->get();
        m_rooms[id] = std::move(*room);
    } else {
        outcome = room.error();
    }
    for (const auto& ready : waiting)
        ready(outcome);
}

void RoomDirectory::tick() {
    const std::int64_t now = m_sources.clock.monotonicMs();
    for (auto& [id, room] : m_rooms)
        room->tick();
    const auto isDone = [now](const DocumentRoom& room) {
        return room.isIdle() && now - room.members().emptySinceMs() >= keepEmptyMs;
    };
    std::erase_if(m_rooms, [&](const auto& entry) { return isDone(*entry.second); });
    std::erase_if(m_broken, [&](const auto& room) { return isDone(*room); });
}

void RoomDirectory::closeAll(const Error& error) {
    for (auto& [id, room] : m_rooms)
        room->close(error);
}

} // namespace tandem
