#include "rooms/room_directory.h"

namespace tandem {

namespace {
constexpr std::size_t logChunk = 5'000;
constexpr std::int64_t keepEmptyMs = 60'000;
} // namespace

// Reads what a room begins with: the document, who may use which replica id, the log. Deletes itself with its
// last callback.
class RoomDirectory::Loading : public std::enable_shared_from_this<RoomDirectory::Loading> {
public:
    Loading(RoomDirectory& directory, DocumentId id)
        : m_directory(directory), m_alive(directory.m_alive), m_id(std::move(id)) {}

    void start() {
        m_directory.m_documents.find(m_id, [self = shared_from_this()](Result<DocumentInfo> info) {
            if (!*self->m_alive)
                return;
            if (!info.ok())
                return self->finish(info.error());
            self->m_info = std::move(*info);
            self->m_head = std::exchange(self->m_info.head, 0);
            self->readBindings();
        });
    }

private:
    void readBindings() {
        m_directory.m_log.readBindings(
            m_id, [self = shared_from_this()](Result<std::vector<ReplicaBinding>> bindings) {
                if (!*self->m_alive)
                    return;
                if (!bindings.ok())
                    return self->finish(bindings.error());
                self->m_bindings = std::move(*bindings);
                self->readLog();
            });
    }

    void readLog() {
        m_directory.m_log.readAfter(m_id, m_info.head, logChunk,
                                    [self = shared_from_this()](Result<std::vector<LoggedChange>> changes) {
                                        if (!*self->m_alive)
                                            return;
                                        if (!changes.ok())
                                            return self->finish(changes.error());
                                        self->apply(*changes);
                                    });
    }

    void apply(const std::vector<LoggedChange>& changes) {
        for (const LoggedChange& logged : changes) {
            const auto change = decodeChange(logged.bytes);
            if (logged.seq != m_info.head + 1 || !change.ok() || !m_replica.apply(*change).ok())
                return finish(Error{ErrorCode::internal, "the document's log is damaged at version " +
                                                             std::to_string(logged.seq)});
            m_info.head = logged.seq;
        }
        if (changes.size() == logChunk)
            return readLog();
        if (m_info.head < m_head)
            return finish(Error{ErrorCode::internal, "the document's log ends too early"});
        finish(std::make_unique<DocumentRoom>(std::move(m_info), std::move(m_replica), std::move(m_bindings),
                                              m_directory.m_log, m_directory.m_clock));
    }

    void finish(Result<std::unique_ptr<DocumentRoom>> room) { m_directory.finish(m_id, std::move(room)); }

    RoomDirectory& m_directory;
    std::shared_ptr<bool> m_alive;
    DocumentId m_id;
    DocumentInfo m_info; // head: what is in the replica
    Seq m_head = 0;      // what the store said
    Replica m_replica;
    std::vector<ReplicaBinding> m_bindings;
};

RoomDirectory::RoomDirectory(DocumentStore& documents, OpLog& log, const Clock& clock)
    : m_documents(documents), m_log(log), m_clock(clock), m_alive(std::make_shared<bool>(true)) {}

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
    if (waiting.size() == 1)
        std::make_shared<Loading>(*this, id)->start();
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
    const std::int64_t now = m_clock.monotonicMs();
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
