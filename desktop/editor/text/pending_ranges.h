// The parts of a text that some work has yet to be done on, kept true while the text is edited. A value;
// positions are UTF-16 code units, `end` is exclusive.
#pragma once

#include "editor/document_binding.h"

#include <optional>
#include <vector>

namespace tandem {

class PendingRanges {
public:
    struct Range {
        int start = 0;
        int end = 0;

        friend bool operator==(const Range&, const Range&) = default;
    };

    bool empty() const { return m_ranges.empty(); }
    const std::vector<Range>& all() const { return m_ranges; }
    void clear() { m_ranges.clear(); }

    // Joined with what it touches. An empty range is kept, too: there is something to look at.
    void add(Range range);
    void remove(Range range);
    // Moves with the text; what was inserted within a range belongs to it.
    void follow(const TextChange& change);

    // The start of the first one that ends after `position`, or `position` if it is within one.
    std::optional<int> firstAfter(int position) const;
    // Where to go on: the first part at or after `position`, else the first of all, of at most `most` units.
    std::optional<Range> next(int position, int most) const;

private:
    std::vector<Range> m_ranges; // in order, with gaps between
};

// Where a position of before is after a change: at its start when what was around it is gone.
int followed(int position, const TextChange& change);

} // namespace tandem
