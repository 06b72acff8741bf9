#include "fakes/memory_changes.h"

#include <algorithm>

namespace tandem {

bool MemoryChanges::has(ReplicaId replica, Counter first) const {
    const auto packed = m_highestPacked.find(replica);
    return (packed != m_highestPacked.end() && first <= packed->second) ||
           m_rowCounters.contains({replica, first});
}

void MemoryChanges::add(LoggedChange change, Counter first, std::optional<std::string> editId) {
    m_rowCounters.emplace(change.replica, first);
    m_rows.push_back({{std::move(change), std::move(editId)}, first});
}

std::optional<std::vector<LoggedChange>> MemoryChanges::readAfter(Seq after, std::size_t limit) const {
    std::vector<LoggedChange> changes;
    for (auto segment = m_segments.upper_bound(after); segment != m_segments.end() && changes.size() < limit;
         ++segment) {
        auto entries = decodeSegment(segment->second);
        if (!entries || entries->back().change.seq != segment->first)
            return std::nullopt;
        for (SegmentEntry& entry : *entries) {
            if (entry.change.seq > after && changes.size() < limit)
                changes.push_back(std::move(entry.change));
        }
    }
    for (Seq seq = std::max(after, m_packed); seq < head() && changes.size() < limit; ++seq)
        changes.push_back(m_rows[seq - m_packed].entry.change);
    return changes;
}

std::vector<MemoryChanges::Segment> MemoryChanges::plan(Seq through, std::size_t count) const {
    std::vector<Segment> planned;
    const std::size_t rows = std::min<Seq>(through, head()) - std::min(through, m_packed);
    for (std::size_t begin = 0; begin + count <= rows; begin += count) {
        std::vector<SegmentEntry> entries;
        Segment segment;
        for (std::size_t i = begin; i < begin + count; ++i) {
            entries.push_back(m_rows[i].entry);
            Counter& highest = segment.highest[m_rows[i].entry.change.replica];
            highest = std::max(highest, m_rows[i].first);
        }
        segment.first = entries.front().change.seq;
        segment.last = entries.back().change.seq;
        segment.bytes = encodeSegment(entries);
        planned.push_back(std::move(segment));
    }
    return planned;
}

bool MemoryChanges::move(const std::vector<Segment>& planned) {
    if (!planned.empty() && (planned.front().first != m_packed + 1 || planned.back().last > head()))
        return false;
    for (const Segment& segment : planned) {
        m_segments[segment.last] = segment.bytes;
        for (const auto& [replica, counter] : segment.highest) {
            Counter& highest = m_highestPacked[replica];
            highest = std::max(highest, counter);
        }
        for (; m_packed < segment.last; ++m_packed) {
            m_rowCounters.erase({m_rows.front().entry.change.replica, m_rows.front().first});
            m_rows.pop_front();
        }
    }
    return true;
}

} // namespace tandem
