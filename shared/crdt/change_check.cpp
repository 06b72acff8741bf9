#include "crdt/change_check.h"

namespace tandem {

// How many elements from `id` on, with successive counters, are known to be there, counted up to `most`.
Counter ChangeCheck::knownFrom(OpId id, std::uint64_t most) const {
    if (id.replica == m_first.replica && id.counter >= m_first.counter) {
        const std::size_t begin = id.counter - m_first.counter;
        if (m_isElement.empty())
            return begin - m_runBegin < m_runLength ? static_cast<Counter>(m_runLength - (begin - m_runBegin))
                                                    : 0;
        std::size_t end = begin;
        while (end < m_isElement.size() && m_isElement[end] && end - begin < most)
            ++end;
        return static_cast<Counter>(end - begin);
    }
    if (const auto place = m_document.find(id); place.exists())
        return m_document.pieces().piece(place).length - place.offset;
    return m_pending ? m_pending->countFrom(id) : 0;
}

bool ChangeCheck::insertion(OpId parent, Counter length) {
    if (!parent.isRoot() && knownFrom(parent, 1) == 0)
        return false;
    const Counter begin = m_next.counter - m_first.counter;
    m_next.counter += length;
    if (m_runLength == 0) {
        m_runBegin = begin;
        m_runLength = length;
        return true;
    }
    if (m_isElement.empty()) {
        m_isElement.resize(m_runBegin, false);
        m_isElement.resize(m_runBegin + m_runLength, true);
    }
    m_isElement.resize(begin, false); // deletions before
    m_isElement.resize(begin + length, true);
    return true;
}

bool ChangeCheck::deletes(const ElementRange& range) const {
    std::uint64_t next = range.first.counter;
    const std::uint64_t end = next + range.length;
    while (next < end) {
        const Counter known = knownFrom({range.first.replica, static_cast<Counter>(next)}, end - next);
        if (known == 0)
            return false;
        next += known;
    }
    return true;
}

Result<Counter> checkChange(const Document& document, const EncodedChange& change) {
    const Error unknown{ErrorCode::unknownReference,
                        "the change names an element that is not in the document"};
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
    if (!in.ok() || used == 0 || change.first + used - 1 >= maxCounter)
        return Error{ErrorCode::malformed, "these are not the bytes of a change"};
    if (!known)
        return unknown;
    return static_cast<Counter>(used);
}

} // namespace tandem
