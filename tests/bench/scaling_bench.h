// How the cost of an edit grows with the document and with its past: typing, edits at random places, one huge
// paste.
#pragma once

#include "bench/report.h"

namespace tandem::bench {

// One set of figures a size. Sizes beyond `most` characters or past edits are left out.
std::vector<Figures> benchScaling(std::size_t most);

} // namespace tandem::bench
