// Who may use which replica id in one document: whoever has the key that came with its first use. Owned by
// the Sequencer; lives on the event loop; borrows the log.
#pragma once

#include "storage/op_log.h"

#include <memory>
#include <set>
#include <unordered_map>

namespace tandem {

class ReplicaBindings {
public:
    ReplicaBindings(OpLog& log, DocumentId document, std::vector<ReplicaBinding> stored);
    ~ReplicaBindings() { *m_alive = false; }
    ReplicaBindings(const ReplicaBindings&) = delete;
    ReplicaBindings& operator=(const ReplicaBindings&) = delete;

    // Binds a new id, or checks a known one; the last name before its first change counts. replicaConflict:
    // it is bound to another key.
    Result<void> bind(ReplicaId replica, const std::string& keyHash, const std::string& name);

    // What must be stored with the first change of a replica; nothing once it is.
    std::optional<ReplicaBinding> unstored(ReplicaId replica) const;
    void markStored(ReplicaId replica) { m_unstored.erase(replica); }
    bool isStored(ReplicaId replica) const {
        return m_bindings.contains(replica) && !m_unstored.contains(replica);
    }
    // The other ids that are bound to the key of this one, which must be bound.
    std::set<ReplicaId> othersWithKeyOf(ReplicaId replica) const;
    // Reads what is stored by now and takes it over. `clashed` is called when an id that was bound here is
    // another's. A reading that fails may be asked for again.
    void read(std::function<void()> clashed);

private:
    bool adopt(const std::vector<ReplicaBinding>& stored);

    OpLog& m_log;
    DocumentId m_document;
    std::unordered_map<ReplicaId, ReplicaBinding> m_bindings;
    std::set<ReplicaId> m_unstored;
    bool m_reading = false;
    std::shared_ptr<bool> m_alive; // guards callbacks of the log
};

} // namespace tandem
