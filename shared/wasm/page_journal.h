// What the page must have in its browser's storage, so that nothing typed is lost when it ends now: the
// outbox, told as what has changed since the last time, and what goes with it. Borrows the document, which
// must outlive it.
#pragma once

#include "client/open_document.h"

#include <map>
#include <string>

namespace tandem {

class PageJournal {
public:
    explicit PageJournal(const OpenDocument& document) : m_document(document) {}

    // Number of entries that are now in the outbox, the head (authors, epochs), then the entries that came,
    // each behind its number, and the numbers of those that went. Numbers grow in the order of the outbox.
    std::string takeChanges();
    // The storage has lost what it was told: all of it comes again.
    void beginAnew() { m_stored.clear(); }

private:
    const OpenDocument& m_document;
    std::map<OpId, std::uint64_t> m_stored; // by the first counter
    std::uint64_t m_lastNumber = 0;
};

// What a journal of before has left, from its head and its entries in order.
Result<OpenDocument::Leftover> leftoverFrom(std::string_view head, std::span<const std::string> entries);
// Puts the second behind the first; false when they were made for different logs.
bool join(OpenDocument::Leftover& leftover, OpenDocument::Leftover more);

} // namespace tandem
