// Which elements were made anew, and as what: an undone deletion inserts its text again, under new ids. Owned
// by UndoHistory.
#pragma once

#include "crdt/replica.h"

#include <map>
#include <optional>
#include <vector>

namespace tandem {

class RebornElements {
public:
    std::size_t size() const { return m_ranges.size(); }
    void clear() { m_ranges.clear(); }
    void add(const ElementRange& old, OpId now) { m_ranges[old.first] = {old.length, now}; }
    // A range with the newest elements in place of the old ones.
    std::vector<ElementRange> resolve(const ElementRange& range) const;
    void resolve(std::optional<Selection>& selection) const;

private:
    struct Fate {
        Counter length = 0;
        OpId now;
    };
    // The first part of a range, and whether it was made anew.
    bool resolveFirst(ElementRange& range, ElementRange& now) const;

    std::map<OpId, Fate> m_ranges;
};

} // namespace tandem
