// Bytes that the heap holds for this program: operator new and delete of the whole program count them, with
// what malloc adds to round a size up.
#pragma once

#include <cstddef>

namespace tandem::bench {

std::size_t liveHeapBytes();
// The most there was since the last call of resetHeapPeak().
std::size_t peakHeapBytes();
void resetHeapPeak();

} // namespace tandem::bench
