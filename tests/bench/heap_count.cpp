#include "bench/heap_count.h"

#include <malloc.h>

#include <algorithm>
#include <cstdlib>
#include <new>

namespace {

std::size_t live = 0;
std::size_t peak = 0;

void* take(std::size_t size) {
    void* memory = std::malloc(size == 0 ? 1 : size);
    if (!memory)
        throw std::bad_alloc();
    live += malloc_usable_size(memory);
    peak = std::max(peak, live);
    return memory;
}

void giveBack(void* memory) {
    if (!memory)
        return;
    live -= malloc_usable_size(memory);
    std::free(memory);
}

} // namespace

void* operator new(std::size_t size) {
    return take(size);
}
void* operator new[](std::size_t size) {
    return take(size);
}
void operator delete(void* memory) noexcept {
    giveBack(memory);
}
void operator delete[](void* memory) noexcept {
    giveBack(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    giveBack(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
    giveBack(memory);
}

namespace tandem::bench {

std::size_t liveHeapBytes() {
    return live;
}

std::size_t peakHeapBytes() {
    return peak;
}

void resetHeapPeak() {
    peak = live;
}

} // namespace tandem::bench
