#include "crdt/reborn_elements.h"

#include <algorithm>
#include <iterator>

namespace tandem {

bool RebornElements::resolveFirst(ElementRange& range, ElementRange& now) const {
    const auto next = m_ranges.upper_bound(range.first);
    Counter taken = range.length;
    bool found = false;
    now.first = range.first;
    if (next != m_ranges.end() && next->first.replica == range.first.replica)
        taken = std::min(taken, next->first.counter - range.first.counter);
    if (next != m_ranges.begin()) {
        const auto& [old, fate] = *std::prev(next);
        const Counter offset = range.first.counter - old.counter;
        if (old.replica == range.first.replica && offset < fate.length) {
            taken = std::min(taken, fate.length - offset);
            now.first = {fate.now.replica, fate.now.counter + offset};
            found = true;
        }
    }
    now.length = taken;
    range.first.counter += taken;
    range.length -= taken;
    return found;
}

std::vector<ElementRange> RebornElements::resolve(const ElementRange& range) const {
    std::vector<ElementRange> resolved;
    // What is still to look at, the first on top: elements made anew may have been made anew again.
    std::vector<ElementRange> pending{range};
    while (!pending.empty()) {
        ElementRange& top = pending.back();
        ElementRange now;
        const bool isNew = resolveFirst(top, now);
        if (top.length == 0)
            pending.pop_back();
        (isNew ? pending : resolved).push_back(now);
    }
    return resolved;
}

void RebornElements::resolve(std::optional<Selection>& selection) const {
    if (!selection)
        return;
    for (Anchor* anchor : {&selection->tail, &selection->head})
        anchor->element = resolve(ElementRange{anchor->element, 1}).front().first;
}

} // namespace tandem
