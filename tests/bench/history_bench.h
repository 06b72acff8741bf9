// The past of a recorded document: what it takes to tell any version of it.
#pragma once

#include "bench/report.h"
#include "cli/trace.h"

namespace tandem::bench {

// Of a trace whose patches are each a change of the log. `passes` versions are asked for.
Figures benchHistory(const std::string& name, const Trace& trace, int passes);

} // namespace tandem::bench
