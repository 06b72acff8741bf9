// Is what is stored of a document right? The log decides: versions without holes, changes that decode, belong
// to who is named beside them and apply one after the other; snapshots equal to what the log makes of it.
#pragma once

#include "crdt/replica.h"
#include "storage/stored_document.h"

namespace tandem {

// What is wrong, in sentences without document text; empty when all is well.
std::vector<std::string> problemsOf(const StoredDocument& document);
// The same; `replica`, which is empty, is what the log makes of it.
std::vector<std::string> problemsOf(const StoredDocument& document, Replica& replica);

} // namespace tandem
