// The memory of this process: how much the system counts, and how what is free comes back to it. glibc keeps
// pages that lie between others, and for each thread what that thread freed last. Any thread; no state of our
// own.
#pragma once

#include <cstdint>

namespace tandem {

// In bytes; 0 where the system does not tell.
std::int64_t residentMemory();

// Fixes how much is kept; otherwise glibc keeps more and more. Called once, before there are threads.
void limitFreeMemory();

// What the calling thread keeps for itself becomes free for all, and what is free at the end of the part that
// it allocates in goes back to the system. All else that is free there goes with returnFreeMemory().
void emptyThreadCache();

// Gives the system all pages that are free. Takes some milliseconds after much was freed.
void returnFreeMemory();

} // namespace tandem
