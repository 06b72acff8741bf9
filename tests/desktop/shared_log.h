// Stands for a server: the log of one document, and the carrying of changes between the copies of several
// people.
#pragma once

#include "client/open_document.h"

#include <string>
#include <vector>

namespace tandem {

class SharedLog {
public:
    // What the document has not sent yet is committed, in its order.
    void commit(OpenDocument& document);
    // The document gets what it has not seen, in one delivery.
    void deliver(OpenDocument& document) const;
    // Both, in that order.
    void exchange(OpenDocument& document);

private:
    std::vector<std::string> m_changes;
};

// A document that someone else has open, without a window. Edits go at once into the log when committed
// there.
struct OtherCopy {
    explicit OtherCopy(std::uint64_t seed) : random(seed), document(random) {}

    SeededRandom random;
    OpenDocument document;
};

} // namespace tandem
