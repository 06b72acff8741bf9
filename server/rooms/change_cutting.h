// Ops of one author as changes that are small enough for the log. Pure.
#pragma once

#include "crdt/change.h"

namespace tandem {

// Each below limits::changeBytes, in counter order from `first`. A long run is cut; its next piece hangs on
// the last element of the one before, as within the run.
std::vector<Change> cutIntoChanges(ReplicaId author, Counter first, std::vector<Op> ops);

} // namespace tandem
