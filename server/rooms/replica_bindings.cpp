#include "rooms/replica_bindings.h"

#include "access/token.h"

namespace tandem {

ReplicaBindings::ReplicaBindings(std::vector<ReplicaBinding> stored) {
    for (ReplicaBinding& binding : stored)
        m_bindings.emplace(binding.replica, std::move(binding));
}

Result<void> ReplicaBindings::bind(ReplicaId replica, const std::string& keyHash, const std::string& name) {
    const auto [known, isNew] = m_bindings.try_emplace(replica, ReplicaBinding{replica, keyHash, name});
    if (isNew)
        m_unstored.insert(replica);
    else if (!equalSecrets(known->second.keyHash, keyHash))
        return Error{ErrorCode::replicaConflict, "this replica id belongs to someone else"};
    return {};
}

Result<void> ReplicaBindings::adopt(const std::vector<ReplicaBinding>& stored) {
    for (const ReplicaBinding& binding : stored) {
        const auto [known, isNew] = m_bindings.try_emplace(binding.replica, binding);
        if (!isNew && !equalSecrets(known->second.keyHash, binding.keyHash))
            return Error{ErrorCode::replicaConflict, "this replica id belongs to someone else"};
        markStored(binding.replica);
    }
    return {};
}

std::optional<ReplicaBinding> ReplicaBindings::unstored(ReplicaId replica) const {
    if (!m_unstored.contains(replica))
        return std::nullopt;
    return m_bindings.at(replica);
}

} // namespace tandem
