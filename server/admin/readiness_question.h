// Asks the server that runs with these settings on this machine whether it is ready, as /readyz tells: for a
// container's health check, which has no other program at hand. Waits, for some seconds at most.
#pragma once

#include "config/config.h"

namespace tandem {

// 0: it is ready; 1: it is not, or does not answer. Prints a sentence.
int askWhetherReady(const Config& config);

} // namespace tandem
