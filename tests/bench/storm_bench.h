// Many replicas at one document, with random latency, and shapes that someone might make on purpose: the cost
// of a change, and whether all copies end equal.
#pragma once

#include "bench/report.h"

namespace tandem::bench {

// Changes applied in each storm are about `work`.
std::vector<Figures> benchStorms(std::size_t work);

} // namespace tandem::bench
