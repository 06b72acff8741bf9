// Own changes that are not acked yet, oldest first. What is in here is never dropped, only acked.
// Owned by OpenDocument.
#pragma once

#include "crdt/local_edit.h"

#include <deque>

namespace tandem {

class Outbox {
public:
    struct Entry {
        ReplicaId replica = 0;
        Counter first = 0;
        Counter last = 0;
        std::string bytes; // of the change
    };

    void add(const Change& change);
    void add(const LocalEdit& edit);
    // Takes over what another program had not sent.
    void adopt(Entry entry) { m_entries.push_back(std::move(entry)); }
    bool holds(ReplicaId replica) const;
    // Is this the first counter of the oldest change?
    bool beginsWith(OpId change) const {
        return !m_entries.empty() && OpId{m_entries.front().replica, m_entries.front().first} == change;
    }
    // Removes what is durable now, and returns it.
    std::vector<Entry> ack(ReplicaId replica, Counter through);
    // Empties it; returns what was in it.
    std::deque<Entry> takeAll();

    bool empty() const { return m_entries.empty(); }
    std::size_t size() const { return m_entries.size(); }
    const std::deque<Entry>& entries() const { return m_entries; }

    // What was not handed out since the last rewind, up to `maxBytes` and `maxChanges`, one at least, all of
    // one replica; marks it as handed out.
    std::vector<const Entry*> takeUnsent(std::size_t maxBytes, std::size_t maxChanges);
    bool hasUnsent() const { return m_sent < m_entries.size(); }
    // Bytes handed out and not acked.
    std::size_t inFlightBytes() const { return m_inFlightBytes; }
    // Everything has to be sent again: the connection was lost, or the server asked for a pause.
    void rewind();

private:
    std::deque<Entry> m_entries;
    std::size_t m_sent = 0;
    std::size_t m_inFlightBytes = 0;
};

} // namespace tandem
