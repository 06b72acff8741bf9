// The whole log of a document, as an archive of it holds it (archive/document_archive.h), for reading any
// version of it here. A plain value.
#pragma once

#include "base/ids.h"
#include "base/result.h"
#include "client/outbox.h"
#include "offline/kept_past.h"
#include "offline/past_names.h"
#include "offline/past_order.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tandem {

class PastLog {
public:
    // Of an archive as a server gives it. Any bytes are safe. As decodeArchive().
    static Result<PastLog> read(std::string_view archive);

    // Of a document that no server has: it is its outbox. `names`: of its authors; others are `name`.
    // `times`: of others nothing is known.
    static PastLog of(const Outbox& outbox, const std::map<ReplicaId, std::string>& names,
                      const std::string& name, const PastTimes& times);
    // What this computer has of it; versions count from what was before.
    static PastLog of(KeptPast kept, const std::map<ReplicaId, std::string>& names);

    // Replica::encode() of version 0; empty: an empty document.
    const std::string& base() const { return m_base; }
    // It was put together here, where a change may have been lost, and what stood on it then has no place.
    bool mayHaveHoles() const { return m_mayHaveHoles; }
    Seq head() const { return m_entries.size(); }
    // Precondition for these and authorOf(): 1 to head().
    std::string_view change(Seq version) const;
    // 0: not known.
    std::int64_t timeMs(Seq version) const { return m_entries[version - 1].timeMs; }
    // What people see of who made it; empty when that is not known.
    std::string nameOf(ReplicaId replica) const;
    std::string authorOf(Seq version) const { return nameOf(m_entries[version - 1].replica); }
    // Of a document that no server has.
    const PastOrder& order() const { return m_order; }

private:
    struct Entry {
        std::int64_t timeMs = 0;
        std::uint64_t end = 0; // in m_bytes
        ReplicaId replica = 0;
    };
    std::vector<Entry> m_entries;
    std::string m_bytes;
    std::string m_base;
    PastOrder m_order;
    bool m_mayHaveHoles = false;
    std::map<ReplicaId, std::string> m_names;
};

} // namespace tandem
