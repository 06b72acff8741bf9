// Who may use which replica id in one document: whoever has the key that came with its first use. Owned by
// DocumentRoom; lives on the event loop.
#pragma once

#include "storage/op_log.h"

#include <set>
#include <unordered_map>

namespace tandem {

class ReplicaBindings {
public:
    explicit ReplicaBindings(std::vector<ReplicaBinding> stored);

    // Binds a new id, or checks a known one. replicaConflict: it is bound to another key.
    Result<void> bind(ReplicaId replica, const std::string& keyHash, const std::string& name);

    // What must be stored with the first change of a replica; nothing once it is.
    std::optional<ReplicaBinding> unstored(ReplicaId replica) const;
    void markStored(ReplicaId replica) { m_unstored.erase(replica); }
    bool isStored(ReplicaId replica) const {
        return m_bindings.contains(replica) && !m_unstored.contains(replica);
    }
    // Takes over what is stored by now. replicaConflict: an id that was bound here is another's.
    Result<void> adopt(const std::vector<ReplicaBinding>& stored);

private:
    std::unordered_map<ReplicaId, ReplicaBinding> m_bindings;
    std::set<ReplicaId> m_unstored;
};

} // namespace tandem
