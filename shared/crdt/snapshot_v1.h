// Reads snapshots of format 1. For snapshot.cpp.
#pragma once

#include "base/result.h"

#include <string_view>

namespace tandem {

class Document;

bool isSnapshotV1(std::string_view bytes);
// Fills an empty document, as decodeSnapshot() does.
Result<void> decodeSnapshotV1(std::string_view bytes, Document& document);

} // namespace tandem
