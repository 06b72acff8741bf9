// The settings of this process from where they really come: flags, environment and env file. Pure but for
// reading those.
#pragma once

#include "config/config.h"

namespace tandem {

// The error is a sentence for the operator.
Result<Config> readStartSettings(const CommandLine& commandLine);

} // namespace tandem
