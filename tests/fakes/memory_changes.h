// The changes of one document in memory, as a database has them: the oldest in encoded segments, the others
// one by one. Whoever reads or adds does not notice which. A plain value: a copy is a backup.
#pragma once

#include "archive/segment.h"

#include <deque>
#include <map>
#include <set>

namespace tandem {

class MemoryChanges {
public:
    struct Segment {
        Seq first = 0;
        Seq last = 0;
        std::string bytes;
        std::map<ReplicaId, Counter> highest;
    };

    Seq head() const { return m_packed + m_rows.size(); }
    // A packed change is known by its replica's highest packed counter only.
    bool has(ReplicaId replica, Counter first) const;
    void add(LoggedChange change, Counter first, std::optional<std::string> editId);
    // nullopt: a segment is damaged.
    std::optional<std::vector<LoggedChange>> readAfter(Seq after, std::size_t limit) const;

    // The oldest rows up to `through`, in segments of `count` changes. Rows never change, so what was planned
    // stays right.
    std::vector<Segment> plan(Seq through, std::size_t count) const;
    // Puts segments in place of their rows. False: some of the rows are not there; nothing has changed.
    bool move(const std::vector<Segment>& planned);

private:
    struct Row {
        SegmentEntry entry;
        Counter first = 0;
    };

    std::map<Seq, std::string> m_segments; // by the last seq in them
    Seq m_packed = 0;                      // the last seq in a segment
    std::map<ReplicaId, Counter> m_highestPacked;
    std::deque<Row> m_rows; // those after m_packed
    std::set<std::pair<ReplicaId, Counter>> m_rowCounters;
};

} // namespace tandem
