#include "rooms/room_directory.h"

#include <set>

namespace tandem {

namespace {
constexpr std::int64_t keepEmptyMs = 60'000;
} // namespace

RoomDirectory::RoomDirectory(DocumentStore& documents, OpLog& log, Bus& bus, const Clock& clock,
                             RoomRules rules)
    : m_sources{documents, log, bus, clock, std::move(rules)}, m_alive(std::make_shared<bool>(true)) {
    bus.onMessagesLost = [this] { readHeads(); };
}

RoomDirectory::~RoomDirectory() {
    m_sources.bus.onMessagesLost = nullptr;
    *m_alive = false;
}

void RoomDirectory::open(const DocumentId& id, std::function<void(Result<DocumentRoom*>)> ready) {
    if (const auto room = m_rooms.find(id); room != m_rooms.end()) {
        if (!room->second->isBroken()) {
            room->second->expectSomeone();
            return ready(room->second.get());
        }
        // The log may be read better this time.
        m_broken.push_back(std::move(room->second));
        m_rooms.erase(room);
    }
    Waiting& waiting = m_waiting[id];
    waiting.push_back(std::move(ready));
    if (waiting.size() > 1)
        return;
    const auto loaded =
        [this, id, beganUs = m_sources.clock.monotonicUs()](Result<std::unique_ptr<DocumentRoom>> room) {
            m_sources.rules.measures.roomLoaded(room.ok(), m_sources.clock.monotonicUs() - beganUs);
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
    const auto gone = std::erase_if(m_rooms, [&](const auto& entry) { return isDone(*entry.second); }) +
                      std::erase_if(m_broken, [&](const auto& room) { return isDone(*room); });
    m_letGo = m_letGo || gone > 0;
    readHeadsWhenDue();
}

void RoomDirectory::tellCursors() {
    for (auto& [id, room] : m_rooms)
        room->tellCursors();
    readHeadsWhenDue();
}

void RoomDirectory::readHeadsWhenDue() {
    if (m_sources.clock.monotonicMs() - m_headsReadAtMs >= m_sources.rules.readHeadsEveryMs)
        readHeads();
}

void RoomDirectory::readHeads() {
    if (m_readingHeads || m_rooms.empty())
        return;
    m_readingHeads = true;
    m_headsReadAtMs = m_sources.clock.monotonicMs();
    std::vector<DocumentId> open;
    for (const auto& [id, room] : m_rooms)
        open.push_back(id);
    m_sources.log.readHeads(open, [this, alive = m_alive, open](const Result<std::vector<LogHead>>& heads) {
        if (!*alive)
            return;
        m_readingHeads = false;
        if (heads.ok()) // else asked again soon
            takeHeads(open, *heads);
    });
}

void RoomDirectory::takeHeads(const std::vector<DocumentId>& asked, const std::vector<LogHead>& heads) {
    std::set<DocumentId> gone(asked.begin(), asked.end());
    for (const LogHead& head : heads) {
        gone.erase(head.document);
        const auto room = m_rooms.find(head.document);
        if (room == m_rooms.end())
            continue;
        takeMeta(head, *room->second);
        room->second->noticeHead(head.epoch, head.head);
    }
    for (const DocumentId& id : gone)
        end(id, {ErrorCode::notFound, "the document was deleted"});
}

void RoomDirectory::takeMeta(const LogHead& head, DocumentRoom& room) {
    if (room.info().accessRevision != head.accessRevision) {
        room.noteAccess(head.accessRevision);
        if (onAccessChanged)
            onAccessChanged(head.document);
    }
    if (room.info().metaRevision >= head.metaRevision)
        return;
    m_sources.documents.find(head.document, [this, alive = m_alive](const Result<DocumentInfo>& info) {
        if (*alive && info.ok()) // else asked again soon
            retitle(info->id, info->title, info->metaRevision);
    });
}

void RoomDirectory::end(const DocumentId& id, const Error& why) {
    const auto room = m_rooms.find(id);
    if (room == m_rooms.end())
        return;
    m_broken.push_back(std::move(room->second));
    m_rooms.erase(room);
    m_broken.back()->close(why);
}

void RoomDirectory::retitle(const DocumentId& id, const std::string& title, std::uint64_t metaRevision) {
    if (const auto room = m_rooms.find(id); room != m_rooms.end())
        room->second->retitle(title, metaRevision);
}

std::size_t RoomDirectory::unackedChanges() const {
    std::size_t changes = 0;
    for (const auto& [id, room] : m_rooms)
        changes += room->unackedChanges();
    return changes;
}

std::size_t RoomDirectory::waitingBytes() const {
    std::size_t bytes = 0;
    for (const auto& [id, room] : m_rooms)
        bytes += room->waitingBytes();
    return bytes;
}

void RoomDirectory::closeAll(const Error& error) {
    for (auto& [id, room] : m_rooms)
        room->close(error);
}

} // namespace tandem
