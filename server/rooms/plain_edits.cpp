#include "rooms/plain_edits.h"

#include "rooms/change_cutting.h"

#include <algorithm>
#include <iterator>

namespace tandem {

bool PlainEdits::takeOver(Participant* participant, ReplicaId replica, const std::string& id) {
    const auto waiting = std::find_if(m_waiting.begin(), m_waiting.end(), [&](const WaitingPlainEdit& one) {
        return one.replica == replica && one.edit.id == id;
    });
    if (waiting == m_waiting.end())
        return false;
    waiting->participant = participant;
    return true;
}

void PlainEdits::forget(const Participant* participant) {
    for (WaitingPlainEdit& waiting : m_waiting) {
        if (waiting.participant == participant)
            waiting.participant = nullptr;
    }
}

void PlainEdits::applied(const TextEdits& edits, ReplicaId replica, const std::optional<std::string>& id) {
    m_history.add(edits);
    if (id)
        m_ids.add(replica, *id, m_history.newest());
}

Result<std::vector<Change>> PlainEdits::changes(const WaitingPlainEdit& waiting, const Replica& replica,
                                                Counter first) const {
    std::vector<Op> ops;
    for (const Splice& splice : waiting.edit.splices) {
        const auto carried = m_history.carry(splice.index, splice.deleted, waiting.edit.version);
        if (!carried.ok())
            return carried.error();
        auto part = replica.prepare(waiting.replica, carried->deleted, carried->index, splice.inserted);
        if (!part.ok())
            return part.error();
        ops.insert(ops.end(), std::make_move_iterator(part->ops.begin()),
                   std::make_move_iterator(part->ops.end()));
    }
    return cutIntoChanges(waiting.replica, first, std::move(ops));
}

} // namespace tandem
