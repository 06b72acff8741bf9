#include "editor/text/pending_ranges.h"

#include <algorithm>

namespace tandem {

int followed(int position, const TextChange& change) {
    if (position <= change.position)
        return position;
    if (position >= change.position + change.removed)
        return position + change.added - change.removed;
    return change.position;
}

void PendingRanges::add(Range range) {
    const auto first = std::find_if(m_ranges.begin(), m_ranges.end(),
                                    [&](const Range& other) { return other.end >= range.start; });
    auto last = first;
    for (; last != m_ranges.end() && last->start <= range.end; ++last) {
        range.start = std::min(range.start, last->start);
        range.end = std::max(range.end, last->end);
    }
    m_ranges.insert(m_ranges.erase(first, last), range);
}

void PendingRanges::remove(Range range) {
    std::vector<Range> left;
    for (const Range& pending : m_ranges) {
        if (pending.end < range.start || pending.start > range.end) {
            left.push_back(pending);
            continue;
        }
        if (pending.start < range.start)
            left.push_back({pending.start, range.start});
        if (pending.end > range.end)
            left.push_back({range.end, pending.end});
    }
    m_ranges = std::move(left);
}

void PendingRanges::follow(const TextChange& change) {
    std::vector<Range> moved;
    for (const Range& range : m_ranges) {
        const Range now{followed(range.start, change), followed(range.end, change)};
        if (!moved.empty() && moved.back().end >= now.start)
            moved.back().end = std::max(moved.back().end, now.end);
        else
            moved.push_back(now);
    }
    m_ranges = std::move(moved);
}

std::optional<int> PendingRanges::firstAfter(int position) const {
    for (const Range& range : m_ranges) {
        if (range.end > position)
            return std::max(range.start, position);
    }
    return std::nullopt;
}

std::optional<PendingRanges::Range> PendingRanges::next(int position, int most) const {
    if (m_ranges.empty())
        return std::nullopt;
    for (const Range& range : m_ranges) {
        if (range.end > position) {
            const int start = std::max(range.start, position);
            return Range{start, std::min(range.end, start + most)};
        }
    }
    const Range& first = m_ranges.front();
    return Range{first.start, std::min(first.end, first.start + most)};
}

} // namespace tandem
