// How much memory the process has, in bytes; 0 where the system does not tell.
#pragma once

#include <cstdint>

namespace tandem {

std::int64_t residentMemory();
// Gives memory that is free within the process back to the system. Takes some milliseconds.
void returnFreeMemory();

} // namespace tandem
