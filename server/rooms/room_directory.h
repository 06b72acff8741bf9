// Which documents are open on this server. Loads a document when someone asks for it, keeps it while someone
// is in it, and lets it go some time after. Asks the log again and again what other servers did, since the
// bus may lose what they tell. Lives on the event-loop thread; owns the rooms; borrows the stores and the
// bus, which must outlive it.
#pragma once

#include "rooms/room_loading.h"

#include <functional>
#include <memory>

namespace tandem {

class RoomDirectory {
public:
    RoomDirectory(DocumentStore& documents, OpLog& log, Bus& bus, const Clock& clock, RoomRules rules = {});
    ~RoomDirectory();

    // Calls back, now or later, with the room of the document, loaded. The pointer is good for a minute;
    // whoever joins the room may keep it until leaving. notFound, unavailable, internal.
    void open(const DocumentId& id, std::function<void(Result<DocumentRoom*>)> ready);

    // On another server rights to an open document were changed; may be set once, before use.
    std::function<void(const DocumentId&)> onAccessChanged;

    // Lets go of rooms that nobody has been in for a while. Called about once a second.
    void tick();
    // About once in limits::cursorIntervalMs: what was held back of where members are.
    void tellCursors();
    // The document is gone: whoever is in its room is told `why` and leaves.
    void end(const DocumentId& id, const Error& why);
    // The document has another title: its room, if there is one, knows it from now on.
    void retitle(const DocumentId& id, const std::string& title, std::uint64_t metaRevision);

    // Ends all rooms; for the server's stop.
    void closeAll(const Error& error);

    // Rooms were let go of since this was asked last: their memory may be given back.
    bool hasLetGo() { return std::exchange(m_letGo, false); }
    std::size_t openCount() const { return m_rooms.size(); }
    // What waits in all rooms to be committed.
    std::size_t waitingBytes() const;
    // Changes and plain edits that are not durable yet, in all rooms.
    std::size_t unackedChanges() const;

private:
    using Waiting = std::vector<std::function<void(Result<DocumentRoom*>)>>;

    void readHeads();
    void readHeadsWhenDue();
    void takeMeta(const LogHead& head, DocumentRoom& room);
    void takeHeads(const std::vector<DocumentId>& asked, const std::vector<LogHead>& heads);
    void finish(const DocumentId& id, Result<std::unique_ptr<DocumentRoom>> room);

    const RoomSources m_sources;
    std::unordered_map<DocumentId, std::unique_ptr<DocumentRoom>> m_rooms;
    std::vector<std::unique_ptr<DocumentRoom>>
        m_broken; // replaced or ended, until nobody can hold them any more
    std::unordered_map<DocumentId, Waiting> m_waiting;
    std::int64_t m_headsReadAtMs = 0;
    bool m_readingHeads = false;
    bool m_letGo = false;
    std::shared_ptr<bool> m_alive;
};

} // namespace tandem
