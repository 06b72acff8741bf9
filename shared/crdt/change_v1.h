// Reads changes of format 1. For change.cpp.
#pragma once

#include "crdt/change.h"

namespace tandem {

Result<Change> decodeChangeV1(std::string_view bytes);

} // namespace tandem
