#include "crdt/change_check.h"

#include <algorithm>

namespace tandem {

// How many elements from `id` on, with successive counters, are known to be there.
Counter ChangeCheck::knownFrom(OpId id) const {
    if (id.replica == m_first.replica && id.counter >= m_first.counter) {
        const auto deletion = std::lower_bound(m_deletions.begin(), m_deletions.end(), id.counter);
        Counter end = m_next.counter;
        if (deletion != m_deletions.end())
            end = *deletion;
        else if (m_lastDeletion >= id.counter)
            end = m_lastDeletion;
        return end > id.counter ? end - id.counter : 0;
    }
    if (const Counter length = m_document.lengthFrom(id); length > 0)
        return length;
    return m_pending ? m_pending->countFrom(id) : 0;
}

bool ChangeCheck::insertion(OpId parent, Counter length) {
    if (!parent.isRoot() && knownFrom(parent) == 0)
        return false;
    m_next.counter += length;
    return true;
}

bool ChangeCheck::deletes(const ElementRange& range) {
    return m_named.add(range, [this](const ElementRange& part) { return areKnown(part); });
}

bool ChangeCheck::areKnown(const ElementRange& range) const {
    std::uint64_t next = range.first.counter;
    const std::uint64_t end = next + range.length;
    while (next < end) {
        const Counter known = knownFrom({range.first.replica, static_cast<Counter>(next)});
        if (known == 0)
            return false;
        next += known;
    }
    return true;
}

Result<Counter> checkChange(const Document& document, const EncodedChange& change) {
    const OpId first{change.replica, change.first};
    ChangeCheck check(document, first, nullptr);
    OpReader in(change.ops, first);
    OpView op;
    std::uint64_t used = 0;
    bool known = true;
    while (in.next(op)) {
        used += op.counterCount();
        if (op.isInsert) {
            known = known && check.insertion(op.parent, op.length);
            continue;
        }
        for (std::size_t i = 0; i < op.rangeCount && in.ok(); ++i) {
            const ElementRange range = in.nextRange();
            known = known && in.ok() && check.deletes(range);
        }
        check.deletionEnds();
    }
    return checked(change, in.ok() ? used : 0, known);
}

Result<Counter> checked(const EncodedChange& change, std::uint64_t used, bool known) {
    if (used == 0 || change.first + used - 1 >= maxCounter)
        return Error{ErrorCode::malformed, "these are not the bytes of a change"};
    if (!known)
        return Error{ErrorCode::unknownReference, "the change names an element that is not in the document"};
    return static_cast<Counter>(used);
}

} // namespace tandem
