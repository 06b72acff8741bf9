#include "rooms/replica_bindings.h"

#include "access/token.h"

namespace tandem {

ReplicaBindings::ReplicaBindings(OpLog& log, DocumentId document, std::vector<ReplicaBinding> stored)
    : m_log(log), m_document(std::move(document)), m_alive(std::make_shared<bool>(true)) {
    for (ReplicaBinding& binding : stored)
        m_bindings.emplace(binding.replica, std::move(binding));
}

Result<void> ReplicaBindings::bind(ReplicaId replica, const std::string& keyHash, const std::string& name) {
    const auto [known, isNew] = m_bindings.try_emplace(replica, ReplicaBinding{replica, keyHash, name});
    if (isNew)
        m_unstored.insert(replica);
    else if (!equalSecrets(known->second.keyHash, keyHash))
        return Error{ErrorCode::replicaConflict, "this replica id belongs to someone else"};
    else if (m_unstored.contains(replica))
        known->second.name = name;
    return {};
}

std::set<ReplicaId> ReplicaBindings::othersWithKeyOf(ReplicaId replica) const {
    std::set<ReplicaId> others;
    const std::string& key = m_bindings.at(replica).keyHash;
    for (const auto& [other, binding] : m_bindings) {
        if (other != replica && binding.keyHash == key)
            others.insert(other);
    }
    return others;
}

void ReplicaBindings::read(std::function<void()> clashed) {
    if (std::exchange(m_reading, true))
        return;
    m_log.readBindings(m_document, [this, alive = m_alive, clashed = std::move(clashed)](
                                       const Result<std::vector<ReplicaBinding>>& stored) {
        if (!*alive)
            return;
        m_reading = false;
        if (stored.ok() && !adopt(*stored))
            clashed();
    });
}

bool ReplicaBindings::adopt(const std::vector<ReplicaBinding>& stored) {
    for (const ReplicaBinding& binding : stored) {
        const auto [known, isNew] = m_bindings.try_emplace(binding.replica, binding);
        if (!isNew && !equalSecrets(known->second.keyHash, binding.keyHash))
            return false;
        markStored(binding.replica);
    }
    return true;
}

std::optional<ReplicaBinding> ReplicaBindings::unstored(ReplicaId replica) const {
    if (!m_unstored.contains(replica))
        return std::nullopt;
    return m_bindings.at(replica);
}

} // namespace tandem
