// Decides when a room's document is stored as a snapshot, and has it stored: whenever it has grown by an
// interval, and when the last member is gone. Owned by DocumentRoom; lives on the event loop; borrows the
// store, which must outlive it.
// Invariants: at most one store is under way; encoding takes no more than about a hundredth of the time; a
// store that fails is not repeated before the document has grown again.
#pragma once

#include "base/clock.h"
#include "storage/snapshot_store.h"

#include <string_view>

namespace tandem {

// How a server keeps snapshots; the same for all its rooms.
struct SnapshotRules {
    SnapshotStore* store = nullptr; // none: documents are opened from their logs alone
    Seq interval = 200;
    // Something went wrong that the operator should know and nobody else is harmed by.
    std::function<void(const DocumentId& document, std::string_view event, const Error& error)> warn =
        [](const DocumentId&, std::string_view, const Error&) {};
};

enum class Occupancy { used, left };

class SnapshotKeeper {
public:
    using Encode = std::function<std::shared_ptr<const std::string>()>;

    // `stored`: the version of the snapshot there is already, or 0.
    SnapshotKeeper(const SnapshotRules& rules, DocumentId document, std::string epoch, Seq stored,
                   const Clock& clock);
    ~SnapshotKeeper();
    SnapshotKeeper(const SnapshotKeeper&) = delete;
    SnapshotKeeper& operator=(const SnapshotKeeper&) = delete;

    // Stores what `encode` gives, if it is time. Called when the document has grown, when a member has left,
    // and about once a second.
    void look(Seq head, Occupancy occupancy, const Encode& encode);

private:
    bool isDue(Seq head, Occupancy occupancy) const;

    const SnapshotRules m_rules;
    DocumentId m_document;
    std::string m_epoch;
    const Clock& m_clock;
    Seq m_tried; // the version of the last store, successful or not
    std::int64_t m_notBeforeMs = 0;
    bool m_storing = false;
    std::shared_ptr<bool> m_alive; // guards callbacks of the store
};

} // namespace tandem
