// Reads what a room begins with: the document, who may use which replica id, the newest snapshot that is
// whole, the log after it. Keeps itself alive until it has answered; lives on the event loop; borrows the
// stores from the RoomDirectory, as long as `alive` says that there is one.
#pragma once

#include "rooms/document_room.h"
#include "storage/log_replay.h"

namespace tandem {

// What rooms are made from and work with.
struct RoomSources {
    DocumentStore& documents;
    OpLog& log;
    Bus& bus;
    const Clock& clock;
    RoomRules rules;
};

class RoomLoading : public std::enable_shared_from_this<RoomLoading> {
public:
    using Done = std::function<void(Result<std::unique_ptr<DocumentRoom>>)>;

    RoomLoading(const RoomSources& sources, DocumentId id, std::shared_ptr<const bool> alive, Done done)
        : m_sources(sources), m_id(std::move(id)), m_alive(std::move(alive)), m_done(std::move(done)) {}

    void start();

private:
    void startAnew();
    template <typename T>
    std::function<void(Result<T>)> then(void (RoomLoading::*next)(T answer));

    void found(DocumentInfo info);
    void readBindings(std::vector<ReplicaBinding> bindings);
    void readSnapshot(Seq upTo);
    void takeSnapshot(std::optional<StoredSnapshot> snapshot);
    void readLog();
    void takeLog(std::vector<LoggedChange> changes);
    // The snapshot or the log is damaged.
    void stumble();
    void refuseSnapshot(Seq version);
    void finish();

    const RoomSources& m_sources;
    DocumentId m_id;
    std::shared_ptr<const bool> m_alive;
    Done m_done;

    DocumentInfo m_info;
    LogReplay m_replay;
    std::unique_ptr<ChangeFeed> m_feed; // listens before the log is read
    std::vector<ReplicaBinding> m_bindings;
};

} // namespace tandem
