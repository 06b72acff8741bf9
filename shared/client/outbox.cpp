#include "client/outbox.h"

#include <algorithm>
#include <utility>

namespace tandem {

void Outbox::add(const Change& change) {
    m_entries.push_back({change.replica, change.first, change.last(), encodeChange(change)});
}

void Outbox::add(const LocalEdit& edit) {
    m_entries.push_back({edit.first.replica, edit.first.counter, edit.last(), encodeChange(edit)});
}

bool Outbox::holds(ReplicaId replica) const {
    return std::any_of(m_entries.begin(), m_entries.end(),
                       [replica](const Entry& entry) { return entry.replica == replica; });
}

std::deque<Outbox::Entry> Outbox::takeAll() {
    rewind();
    return std::exchange(m_entries, {});
}

std::vector<Outbox::Entry> Outbox::ack(ReplicaId replica, Counter through) {
    std::vector<Entry> removed;
    for (std::size_t i = 0; i < m_entries.size();) {
        Entry& entry = m_entries[i];
        if (entry.replica != replica || entry.last > through) {
            // Entries of one replica are in counter order: nothing behind this one is acked either, unless
            // another's.
            if (entry.replica == replica)
                break;
            ++i;
            continue;
        }
        if (i < m_sent) {
            --m_sent;
            m_inFlightBytes -= entry.bytes.size();
        }
        removed.push_back(std::move(entry));
        m_entries.erase(m_entries.begin() + static_cast<std::ptrdiff_t>(i));
    }
    return removed;
}

std::vector<const Outbox::Entry*> Outbox::takeUnsent(std::size_t maxBytes, std::size_t maxChanges) {
    std::vector<const Entry*> taken;
    std::size_t bytes = 0;
    while (m_sent < m_entries.size() && taken.size() < maxChanges) {
        const Entry& entry = m_entries[m_sent];
        const bool fits = taken.empty() ||
                          (bytes + entry.bytes.size() <= maxBytes && entry.replica == taken.front()->replica);
        if (!fits)
            break;
        taken.push_back(&entry);
        bytes += entry.bytes.size();
        ++m_sent;
    }
    m_inFlightBytes += bytes;
    return taken;
}

void Outbox::rewind() {
    m_sent = 0;
    m_inFlightBytes = 0;
}

} // namespace tandem
