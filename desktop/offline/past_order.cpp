#include "offline/past_order.h"

#include <algorithm>

namespace tandem {

PastOrder::PastOrder(const Outbox& outbox) {
    for (const Outbox::Entry& entry : outbox.entries())
        add(entry.replica, entry.last);
}

PastState PastOrder::stateAt(std::int64_t version) const {
    PastState state;
    const auto end = std::min(static_cast<std::size_t>(version), m_changes.size());
    for (std::size_t i = 0; i < end; ++i) {
        Counter& last = state[m_changes[i].first];
        last = std::max(last, m_changes[i].second);
    }
    return state;
}

std::int64_t PastOrder::versionOf(const PastState& state) const {
    for (std::size_t i = m_changes.size(); i > 0; --i) {
        const auto author = state.find(m_changes[i - 1].first);
        if (author != state.end() && m_changes[i - 1].second <= author->second)
            return static_cast<std::int64_t>(i);
    }
    return 0;
}

} // namespace tandem
