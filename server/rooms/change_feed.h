// One room's line to the rooms of the same document on other servers: tells them what was committed here, and
// hears what was committed there. Made before the log is read, so that nothing committed meanwhile is missed.
// Owned by RoomLoading, then by the DocumentRoom; lives on the event loop; borrows the bus.
#pragma once

#include "bus/bus.h"
#include "rooms/committed_batch.h"
#include "storage/op_log.h"

namespace tandem {

class ChangeFeed {
public:
    using Listener = std::function<void(const std::vector<LoggedChange>& changes)>;

    // A log restored from a backup is another log: each epoch has its own topic.
    ChangeFeed(Bus& bus, const DocumentId& document, const std::string& epoch);

    // From now on `heard` gets others' changes, in runs without holes; any version may come, at any time,
    // more than once.
    void listen(Listener heard) { m_listener = std::move(heard); }
    // The newest version that others have told of.
    Seq newest() const { return m_newest; }

    // Tells of the changes in `batch` that were committed from here.
    void tell(const CommittedBatch& batch);

private:
    void received(std::string_view message);

    Bus& m_bus;
    std::string m_topic;
    Listener m_listener;
    Seq m_newest = 0;
    std::unique_ptr<Bus::Subscription> m_subscription;
};

} // namespace tandem
