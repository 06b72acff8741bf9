// May a change come into a document? Everything that it names must be there, wait to come in, or be made by
// the change itself before. For Replica.
#pragma once

#include "crdt/document.h"
#include "crdt/op_codec.h"
#include "crdt/pending_elements.h"

namespace tandem {

class ChangeCheck {
public:
    // `pending` counts as if it were there already; none: nothing waits.
    ChangeCheck(const Document& document, OpId first, const PendingElements* pending)
        : m_document(document), m_pending(pending), m_first(first), m_next(first) {}

    // Each op in turn, with what it names.
    bool insertion(OpId parent, Counter length);
    bool deletes(const ElementRange& range) const;
    void deletionEnds() { ++m_next.counter; }

private:
    Counter knownFrom(OpId id, std::uint64_t most) const;

    const Document& m_document;
    const PendingElements* m_pending;
    OpId m_first;
    OpId m_next;
    // Of the change's own counters, which are elements: the first run of them, since most changes have no
    // more; then one bit for each counter.
    Counter m_runBegin = 0;
    Counter m_runLength = 0;
    std::vector<bool> m_isElement;
};

// The references and counters of a change in bytes; gives how many counters it uses. `malformed` or
// `unknownReference`.
Result<Counter> checkChange(const Document& document, const EncodedChange& change);

} // namespace tandem
