// A stored document for people to read: who wrote, every change of the log, the snapshots, the elements in
// text order, the text.
#pragma once

#include "storage/stored_document.h"

namespace tandem {

std::string dumpOf(const StoredDocument& document);

} // namespace tandem
