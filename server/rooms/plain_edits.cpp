#include "rooms/plain_edits.h"

#include "base/utf8.h"
#include "rooms/change_cutting.h"
#include "rooms/participant.h"

#include <algorithm>
#include <iterator>

namespace tandem {

std::size_t PlainEdit::textBytes() const {
    std::size_t bytes = 0;
    for (const Splice& splice : splices)
        bytes += utf8Length(splice.inserted);
    return bytes;
}

std::size_t PlainEdit::bytes() const {
    std::size_t bytes = id.size() + splices.size() * sizeof(Splice);
    for (const Splice& splice : splices)
        bytes += splice.inserted.size() * sizeof(char32_t);
    return bytes;
}

void PlainEdits::Waiting::settle(Seq version) const {
    if (participant)
        participant->plainEditSettled(edit.id, version);
}

void PlainEdits::Waiting::refuse(const Error& error) const {
    if (participant)
        participant->plainEditRefused(edit.id, error);
}

void PlainEdits::add(Participant* participant, ReplicaId replica, PlainEdit edit) {
    const auto same = std::find_if(m_waiting.begin(), m_waiting.end(), [&](const Waiting& one) {
        return one.replica == replica && one.edit.id == edit.id;
    });
    if (same != m_waiting.end()) {
        same->participant = laterOf(same->participant, participant);
        return;
    }
    m_bytes += edit.bytes();
    m_waiting.push_back({participant, replica, std::move(edit)});
}

// One at a time: whoever is answered may leave, and take others' answers along.
std::optional<PlainEdits::Waiting> PlainEdits::next() {
    if (m_waiting.empty())
        return std::nullopt;
    Waiting first = std::move(m_waiting.front());
    m_waiting.pop_front();
    m_bytes -= first.edit.bytes();
    return first;
}

void PlainEdits::refuseAll(const Error& error) {
    while (const auto waiting = next())
        waiting->refuse(error);
}

void PlainEdits::forget(const Participant* participant) {
    for (Waiting& waiting : m_waiting) {
        if (waiting.participant == participant)
            waiting.participant = nullptr;
    }
}

void PlainEdits::applied(const TextEdits& edits, ReplicaId replica, const std::optional<std::string>& id) {
    m_history.add(edits);
    if (id)
        m_ids.add(replica, *id, m_history.newest());
}

// --- into changes

void PlainEdits::queueAll(const Replica& replica, ChangeQueue& queue) {
    while (const auto waiting = next())
        this->queue(*waiting, replica, queue);
}

void PlainEdits::queue(const Waiting& waiting, const Replica& replica, ChangeQueue& queue) {
    if (const auto known = find(waiting.replica, waiting.edit.id))
        return waiting.settle(*known);
    if (!queue.mayFollow(waiting.edit.onlyAfter, m_history.newest()))
        return waiting.refuse(textHasChanged);
    const Counter used = std::max(replica.version().highest(waiting.replica), queue.highest(waiting.replica));
    auto made = changes(waiting, replica, used + 1);
    if (!made.ok())
        return waiting.refuse(made.error());
    if (made->empty())
        return waiting.settle(m_history.newest());
    std::vector<std::string> encoded;
    for (const Change& change : *made)
        encoded.push_back(encodeChange(change));
    if (const auto admitted = queue.admitText(replica, waiting.edit.textBytes()); !admitted.ok())
        return waiting.refuse(admitted.error());
    std::optional<Seq> onlyAfter = waiting.edit.onlyAfter;
    for (std::size_t i = 0; i < made->size(); ++i) {
        const bool goesOn = i + 1 < made->size();
        const auto effect =
            queue.push(replica, {waiting.participant, std::move((*made)[i]), std::move(encoded[i]),
                                 waiting.edit.id, goesOn, std::exchange(onlyAfter, std::nullopt)});
        // They are made of this replica and have fresh counters: the first may be refused, no later one.
        if (!effect.ok())
            return waiting.refuse(effect.error());
    }
}

// None when it changes nothing any more.
Result<std::vector<Change>> PlainEdits::changes(const Waiting& waiting, const Replica& replica,
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
