// Which elements a change has named so far, so that what it names again and again is looked up once: else
// each of its ranges, a few bytes, could ask for the whole document. Short ranges cost little whatever they
// name, and are not kept. Owned by what reads a change.
#pragma once

#include "crdt/op.h"

#include <algorithm>
#include <map>

namespace tandem {

class NamedRanges {
public:
    static constexpr Counter few = 64;

    // Calls `visit(part)` for the parts of a range that are not known to have been named, in their order; it
    // answers false to end that, which is then the answer.
    template <typename Visit>
    bool add(const ElementRange& range, Visit&& visit) {
        return range.length <= few ? visit(range) : addLong(range, visit);
    }

private:
    template <typename Visit>
    bool addLong(const ElementRange& range, Visit&& visit);

    std::map<OpId, std::uint64_t> m_ends; // from an element to before a counter of its replica; none touch
};

template <typename Visit>
bool NamedRanges::addLong(const ElementRange& range, Visit&& visit) {
    const auto visitPart = [&](std::uint64_t from, std::uint64_t to) {
        return from >= to || visit(ElementRange{{range.first.replica, static_cast<Counter>(from)},
                                                static_cast<Counter>(to - from)});
    };
    OpId begin = range.first;
    std::uint64_t next = begin.counter;
    const std::uint64_t end = next + range.length;
    auto at = m_ends.upper_bound(begin);
    if (at != m_ends.begin()) {
        if (const auto before = std::prev(at);
            before->first.replica == begin.replica && before->second >= next)
            at = before;
    }
    // Those that the range touches become one with it.
    std::uint64_t joinedEnd = end;
    while (at != m_ends.end() && at->first.replica == begin.replica && at->first.counter <= end) {
        if (!visitPart(next, at->first.counter))
            return false;
        begin = std::min(begin, at->first);
        next = std::max(next, at->second);
        joinedEnd = std::max(joinedEnd, at->second);
        at = m_ends.erase(at);
    }
    m_ends.emplace(begin, joinedEnd);
    return visitPart(next, end);
}

} // namespace tandem
