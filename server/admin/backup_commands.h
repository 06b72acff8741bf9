// The commands `backup` and `restore`. They run on the main thread without an event loop, and give the exit
// code as in admin_commands.h.
#pragma once

#include "base/clock.h"
#include "base/random.h"
#include "config/config.h"

namespace tandem {

int runBackup(const std::string& file, const Config& config, const Clock& clock);
int runRestore(const std::string& file, bool replaces, const Config& config, const Clock& clock,
               Random& random);

} // namespace tandem
