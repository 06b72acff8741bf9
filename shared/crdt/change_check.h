// May a change come into a document? Everything that it names must be there, wait to come in, or be made by
// the change itself before. For Replica.
#pragma once

#include "crdt/document.h"
#include "crdt/named_ranges.h"
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
    bool deletes(const ElementRange& range);
    void deletionEnds() {
        if (m_lastDeletion != 0)
            m_deletions.push_back(m_lastDeletion);
        m_lastDeletion = m_next.counter++;
    }

private:
    bool areKnown(const ElementRange& range) const;
    Counter knownFrom(OpId id) const;

    const Document& m_document;
    const PendingElements* m_pending;
    OpId m_first;
    OpId m_next;
    // Counters of the change that are no elements, ascending; the last one apart, so that one alone takes no
    // memory.
    std::vector<Counter> m_deletions;
    Counter m_lastDeletion = 0;
    NamedRanges m_named;
};

// The references and counters of a change in bytes; gives how many counters it uses. `malformed` or
// `unknownReference`.
Result<Counter> checkChange(const Document& document, const EncodedChange& change);

// What comes of reading all of a change: the counters it uses, 0 for bytes that are none, and whether
// everything that it names is there.
Result<Counter> checked(const EncodedChange& change, std::uint64_t used, bool known);

} // namespace tandem
