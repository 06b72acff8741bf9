// In which order the changes of a document that no server has were made here, which numbers its versions.
// A plain value.
#pragma once

#include "client/outbox.h"
#include "offline/past_names.h"

#include <utility>
#include <vector>

namespace tandem {

class PastOrder {
public:
    PastOrder() = default;
    explicit PastOrder(const Outbox& outbox);

    void add(ReplicaId replica, Counter last) { m_changes.emplace_back(replica, last); }

    // What the version of this number has.
    PastState stateAt(std::int64_t version) const;
    // The first version with all of the state that is still there.
    std::int64_t versionOf(const PastState& state) const;

private:
    std::vector<std::pair<ReplicaId, Counter>> m_changes; // authors and last counters
};

} // namespace tandem
