// A document as a LocalStore has it. Reading it costs its size and that of the journal behind its snapshot.
#pragma once

#include "offline/store_database.h"

#include "client/open_document.h"

#include <optional>

namespace tandem {

struct StoredDocument {
    OpenDocument::Kept kept;
    std::string link;
    bool isComplete = true; // false: only the outbox is known, and all else is to come from the server
    // For a newer snapshot of it.
    std::int64_t generation = 0;
    std::int64_t through = 0;   // all of the journal that was read
    std::size_t rowsBehind = 0; // of the journal, behind the snapshot
};

// Nothing: there is none of this key. Errors: malformed when a byte is another than was written, else as of
// StoreDatabase.
Result<std::optional<StoredDocument>> readStored(StoreDatabase& database, const std::string& key);

// `past` of documents: what a log before a restore has left behind.
std::string encodePast(const OpenDocument::Leftover& leftover);

} // namespace tandem
