#include "rooms/snapshot_keeper.h"

#include <utility>

namespace tandem {

namespace {
// A snapshot that took t to encode is followed by none for this many times t.
constexpr std::int64_t restFactor = 100;
} // namespace

SnapshotKeeper::SnapshotKeeper(const SnapshotRules& rules, DocumentId document, std::string epoch, Seq stored,
                               const Clock& clock)
    : m_rules(rules)
    , m_document(std::move(document))
    , m_epoch(std::move(epoch))
    , m_clock(clock)
    , m_tried(stored)
    , m_notBeforeMs(clock.monotonicMs())
    , m_alive(std::make_shared<bool>(true)) {}

SnapshotKeeper::~SnapshotKeeper() {
    *m_alive = false;
}

bool SnapshotKeeper::isDue(Seq head, Occupancy occupancy) const {
    if (!m_rules.store || m_storing || head <= m_tried || m_clock.monotonicMs() < m_notBeforeMs)
        return false;
    return occupancy == Occupancy::left || head / m_rules.interval != m_tried / m_rules.interval;
}

void SnapshotKeeper::look(Seq head, Occupancy occupancy, const Encode& encode) {
    if (!isDue(head, occupancy))
        return;
    m_tried = head;
    m_storing = true;
    const std::int64_t begunMs = m_clock.monotonicMs();
    auto bytes = encode();
    const std::int64_t endedMs = m_clock.monotonicMs();
    m_notBeforeMs = endedMs + restFactor * (endedMs - begunMs);
    m_rules.store->store(m_document, m_epoch, head, std::move(bytes),
                         [this, alive = m_alive](Result<void> stored) {
                             if (!*alive)
                                 return;
                             m_storing = false;
                             if (!stored)
                                 m_rules.warn(m_document, "snapshot not stored", stored.error());
                         });
}

} // namespace tandem
