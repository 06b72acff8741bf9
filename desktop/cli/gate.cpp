#include "cli/gate.h"

#include "protocol/codec.h"

namespace tandem {

void Gate::received(std::string_view frame) {
    Result<message::ToOperationsClient> message = codec::decodeToOperationsClient(frame);
    if (message.ok()) {
        if (auto* update = std::get_if<message::DocUpdate>(&message.value())) {
            hold(std::move(*update));
            return;
        }
        if (const auto* ack = std::get_if<message::Ack>(&message.value())) {
            pass(*ack);
            return;
        }
    }
    // A faulty frame as well: the session knows what to do about it.
    onFrame(frame);
}

void Gate::hold(message::DocUpdate update) {
    for (message::DocUpdate::Group& group : update.groups) {
        for (std::string& bytes : group.changes) {
            const Result<Change> change = decodeChange(bytes);
            // What cannot be read is let through with the next ones, for the session to refuse.
            const Counter last = change.ok() ? change->last() : 0;
            m_held[group.replica].push_back({last, group.timeMs, std::move(bytes)});
        }
    }
}

bool Gate::release(ReplicaId replica, Counter through) {
    std::deque<Held>& held = m_held[replica];
    if (held.empty() || held.back().last < through)
        return m_document.replica().version().highest(replica) >= through;
    message::DocUpdate update;
    update.first = m_document.version() + 1;
    message::DocUpdate::Group& group = update.groups.emplace_back();
    group.replica = replica;
    group.timeMs = held.front().timeMs;
    while (!held.empty() && held.front().last <= through) {
        group.changes.push_back(std::move(held.front().bytes));
        held.pop_front();
    }
    if (!group.changes.empty())
        onFrame(codec::encode(message::ToOperationsClient(std::move(update))));
    return true;
}

void Gate::pass(message::Ack ack) {
    // Own changes are in the document already: each takes the next version.
    Seq acked = 0;
    for (const Outbox::Entry& entry : m_document.outbox().entries()) {
        if (entry.replica != ack.replica || entry.last > ack.through)
            break;
        ++acked;
    }
    ack.version = m_document.version() + acked;
    onFrame(codec::encode(message::ToOperationsClient(ack)));
}

} // namespace tandem
