// Changes one after another on one connection: each names its replica and its counter only as far as the ones
// before do not tell, which is one byte for somebody who types on. Both ends must have seen the same changes,
// in the same order; a byte's worth of the counter is sent along, so that a stream that is not in step is
// found out nearly at once. FORMAT.md has the bytes. Owned by one end of a connection; lives on its thread.
#pragma once

#include "crdt/change.h"

#include <unordered_map>

namespace tandem {

class ChangeStream {
public:
    // Appends a change's bytes: what comes before its ops, then writeOps() is for the caller. `count`:
    // counters used.
    void writeHead(ReplicaId replica, Counter first, Counter count, std::string& out) {
        if (!m_authors.empty() && m_authors[m_last].replica == replica && m_authors[m_last].next == first) {
            out.push_back(headOfNext(first)); // nearly always
            m_authors[m_last].next = first + count;
            return;
        }
        writeOtherHead(replica, first, count, out);
    }

    // The head of a change that fills `bytes`; its ops are what is left. The caller tells with advance() how
    // many counters it used.
    Result<EncodedChange> readHead(std::string_view bytes) {
        if (bytes.size() > 1 && !m_authors.empty() && bytes.front() == headOfNext(m_authors[m_last].next))
            return EncodedChange{m_authors[m_last].replica, m_authors[m_last].next, bytes.substr(1)};
        return readOtherHead(bytes);
    }
    void advance(Counter count) { m_authors[m_last].next += count; }

private:
    struct Author {
        ReplicaId replica = 0;
        Counter next = 0;
    };

    static char headOfNext(Counter first) { return static_cast<char>((first & checkBits) << 2); }
    Result<EncodedChange> readOtherHead(std::string_view bytes);
    void writeOtherHead(ReplicaId replica, Counter first, Counter count, std::string& out);
    static constexpr Counter checkBits = 31; // of the counter, which a head repeats

    std::vector<Author> m_authors;
    std::unordered_map<ReplicaId, std::size_t> m_slots;
    std::size_t m_last = 0;
};

} // namespace tandem
