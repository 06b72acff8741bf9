// The commands `jobs list`, `jobs retry` and `jobs discard`, also while servers use the database.
#pragma once

#include "base/clock.h"
#include "config/config.h"

#include <string>
#include <vector>

namespace tandem {

// `words`: those behind `jobs`. Gives the exit code, as runAdminCommand does.
int runJobCommand(const std::vector<std::string>& words, const Config& config, const Clock& clock);

} // namespace tandem
