// The figures that Tandem wants to reach, beside those that are measured.
#pragma once

#include "load/scenarios.h"

namespace tandem::load {

// Adds `goal_X` behind all figures X of this scenario that have one.
void addGoals(Figures& figures);

} // namespace tandem::load
