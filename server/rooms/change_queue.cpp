#include "rooms/change_queue.h"

#include "base/utf8.h"
#include "protocol/limits.h"
#include "rooms/participant.h"

#include <algorithm>
#include <utility>

namespace tandem {

namespace {

std::size_t textBytes(const Change& change) {
    std::size_t bytes = 0;
    for (const Op& op : change.ops) {
        if (const auto* insert = std::get_if<InsertOp>(&op))
            bytes += utf8Length(insert->text);
    }
    return bytes;
}

} // namespace

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
    return admitText(replica, textBytes(change));
}

Result<void> ChangeQueue::admitText(const Replica& replica, std::size_t textBytes) {
    if (textBytes == 0)
        return {};
    // Four bytes a code point at most.
    if (replica.length() * 4 + m_takenBytes + m_bytes + textBytes <= limits::documentBytes) {
        m_textBound.reset();
        return {};
    }
    if (!m_textBound || (*m_textBound + textBytes > limits::documentBytes && mayCountAgain(replica)))
        countText(replica);
    if (*m_textBound + textBytes > limits::documentBytes)
        return Error{ErrorCode::limitExceeded, "the document would be larger than document_bytes"};
    return {};
}

void ChangeQueue::countText(const Replica& replica) {
    m_textBound = replica.text().size() + m_takenBytes + m_bytes;
    m_countedLength = replica.length();
    m_queuedSince = 0;
}

bool ChangeQueue::mayCountAgain(const Replica& replica) const {
    return m_queuedSince >= limits::recountBytes ||
           replica.length() + limits::recountBytes <= m_countedLength;
}

Result<Replica::Effect> ChangeQueue::push(const Replica& replica, QueuedChange&& queued) {
    auto effect = replica.validate(queued.change, &m_pending);
    if (!effect.ok() || *effect == Replica::Effect::duplicate)
        return effect;
    m_pending.add(queued.change);
    m_bytes += queued.bytes.size();
    if (m_textBound) {
        const std::size_t added = textBytes(queued.change);
        *m_textBound += added;
        m_queuedSince += added;
    }
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
    m_takenBytes += bytes;
    return taken;
}

void ChangeQueue::settled() {
    m_takenBytes = 0;
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
    m_takenBytes = 0;
    m_textBound.reset();
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
