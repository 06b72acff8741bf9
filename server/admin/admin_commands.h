// What an operator asks of the program instead of serving: `init-db`, `migrate`, `seed`, `dump DOCUMENT`,
// `verify`, `backup FILE`, `jobs`. Each opens the database, which no server may have open if it is SQLite
// (for a backup and for jobs it may), does its work and ends; but for `ready`, which asks the server. Runs on
// the main thread with an event loop of its own.
#pragma once

#include "base/clock.h"
#include "base/random.h"
#include "config/config.h"

#include <string>
#include <vector>

namespace tandem {

// `words`: the command and what it is about. Gives the exit code: 0 done, 1 the database cannot be used or
// something is wrong in it, 2 not a command.
int runAdminCommand(const std::vector<std::string>& words, const Config& config, const Clock& clock,
                    Random& random);

// What --help says of the commands.
std::string adminHelp();

} // namespace tandem
