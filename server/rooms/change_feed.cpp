#include "rooms/change_feed.h"

#include <algorithm>

namespace tandem {

ChangeFeed::ChangeFeed(Bus& bus, const DocumentId& document, const std::string& epoch)
    : m_bus(bus), m_topic("changes/" + document + "/" + epoch) {
    m_subscription = bus.subscribe(m_topic, [this](std::string_view message) { received(message); });
}

void ChangeFeed::tell(const CommittedBatch& batch) {
    if (!m_bus.reachesOthers(m_topic))
        return;
    const auto& changes = batch.changes();
    std::size_t begin = 0;
    while (begin < changes.size()) {
        std::size_t end = begin + 1;
        while (end < changes.size() && changes[end].origin == changes[begin].origin)
            ++end;
        if (changes[begin].origin == Origin::here) {
            for (const Frame& frame : batch.frames(begin, end, codec::Encoding::binary))
                m_bus.publish(m_topic, frame);
        }
        begin = end;
    }
}

void ChangeFeed::received(std::string_view message) {
    auto decoded = codec::decodeToOperationsClient(message);
    auto* update = decoded.ok() ? std::get_if<message::DocUpdate>(&*decoded) : nullptr;
    if (!update)
        return; // another program's; the log has all that matters
    std::vector<LoggedChange> changes;
    Seq seq = update->first;
    for (message::DocUpdate::Group& group : update->groups) {
        for (std::string& bytes : group.changes)
            changes.push_back({seq++, group.replica, group.timeMs, std::move(bytes)});
    }
    if (changes.empty())
        return;
    m_newest = std::max(m_newest, changes.back().seq);
    if (m_listener)
        m_listener(changes);
}

} // namespace tandem
