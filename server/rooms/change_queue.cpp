#include "rooms/change_queue.h"

#include "protocol/limits.h"
#include "rooms/participant.h"

#include <algorithm>
#include <utility>

namespace tandem {

void QueuedChange::refuse(const Error& error) const {
    if (!participant)
        return;
    if (editId)
        participant->plainEditRefused(*editId, error);
    else
        participant->refused({change.replica, change.first}, error);
}

Result<void> ChangeQueue::admit(const Replica& replica, const Change& change, std::size_t bytes) {
    if (bytes > limits::changeBytes)
        return Error{ErrorCode::limitExceeded, "the change is larger than change_bytes"};
    std::size_t inserted = 0;
    for (const Op& op : change.ops) {
        if (const auto* insert = std::get_if<InsertOp>(&op))
            inserted += insert->text.size();
    }
    return admitText(replica, inserted, bytes);
}

Result<void> ChangeQueue::admitText(const Replica& replica, std::size_t inserted, std::size_t bytes) {
    // Four bytes a code point at most; the exact size is looked at only when it is near.
    if ((replica.length() + inserted) * 4 > limits::documentBytes &&
        replica.text().size() + bytes > limits::documentBytes)
        return Error{ErrorCode::limitExceeded, "the document would be larger than document_bytes"};
    return {};
}

Result<Replica::Effect> ChangeQueue::push(const Replica& replica, QueuedChange&& queued) {
    auto effect = replica.validate(queued.change, &m_pending);
    if (!effect.ok() || *effect == Replica::Effect::duplicate)
        return effect;
    m_pending.add(queued.change);
    m_bytes += queued.bytes.size();
    m_waiting.push_back(std::move(queued));
    return effect;
}

std::vector<QueuedChange> ChangeQueue::take(std::size_t maxCount, std::size_t maxBytes) {
    std::vector<QueuedChange> taken;
    std::size_t bytes = 0;
    while (!m_waiting.empty()) {
        QueuedChange& next = m_waiting.front();
        const bool mayEnd = !taken.empty() && !taken.back().goesOn;
        if (mayEnd && (taken.size() >= maxCount || bytes + next.bytes.size() > maxBytes))
            break;
        bytes += next.bytes.size();
        taken.push_back(std::move(next));
        m_waiting.pop_front();
    }
    m_bytes -= bytes;
    return taken;
}

void ChangeQueue::settled() {
    m_pending.clear();
    for (const QueuedChange& queued : m_waiting)
        m_pending.add(queued.change);
}

std::vector<QueuedChange> ChangeQueue::clear() {
    std::vector<QueuedChange> waiting(std::make_move_iterator(m_waiting.begin()),
                                      std::make_move_iterator(m_waiting.end()));
    m_waiting.clear();
    m_pending.clear();
    m_bytes = 0;
    return waiting;
}

bool ChangeQueue::takeOver(Participant* participant, ReplicaId replica, const std::string& editId) {
    bool found = false;
    for (QueuedChange& queued : m_waiting) {
        if (queued.change.replica != replica || queued.editId != editId)
            continue;
        queued.participant = laterOf(queued.participant, participant);
        found = true;
    }
    return found;
}

void ChangeQueue::forget(const Participant* participant) {
    for (QueuedChange& queued : m_waiting) {
        if (queued.participant == participant)
            queued.participant = nullptr;
    }
}

void ChangeQueue::takeOver(Participant* participant, ReplicaId replica) {
    for (QueuedChange& queued : m_waiting) {
        if (queued.change.replica == replica)
            queued.participant = laterOf(queued.participant, participant);
    }
}

} // namespace tandem
