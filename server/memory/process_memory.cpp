#include "memory/process_memory.h"

#include <malloc.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <cstdio>
#include <cstdlib>

namespace tandem {

namespace {

// The defaults of glibc.malloc.tcache_count and glibc.malloc.tcache_max, in the manual's "Memory Allocation
// Tunables". With others less comes back.
constexpr std::size_t keptOfASize = 7;
constexpr std::size_t sizeStep = 16;
constexpr std::size_t largestKept = 1'032;

constexpr int largeBlock = 4 * 1024 * 1024;
constexpr int keptAtAnEnd = 4 * 1024 * 1024;
constexpr int leftAtAnEnd = 64 * 1024;
// One that is freed makes glibc look at the end (FASTBIN_CONSOLIDATION_THRESHOLD).
constexpr std::size_t looksAtTheEnd = 128 * 1024;

} // namespace

std::int64_t residentMemory() {
    std::FILE* const file = std::fopen("/proc/self/statm", "re");
    if (!file)
        return 0;
    long long size = 0;
    long long resident = 0;
    const bool isRead = std::fscanf(file, "%lld %lld", &size, &resident) == 2;
    std::fclose(file);
    return isRead ? resident * sysconf(_SC_PAGESIZE) : 0;
}

void limitFreeMemory() {
    mallopt(M_MMAP_THRESHOLD, largeBlock);
    mallopt(M_TRIM_THRESHOLD, keptAtAnEnd);
}

// There is no call for it. The first blocks of a size are those that the thread keeps, wherever they are; the
// next ones lie together. These are freed first and take their place, so that for the others there is none.
void emptyThreadCache() {
    malloc_trim(0);
    std::array<void* volatile, 2 * keptOfASize> blocks{}; // volatile: or the compiler leaves all of it out
    for (std::size_t size = sizeStep + sizeof(void*); size <= largestKept; size += sizeStep) {
        for (auto& block : blocks)
            block = std::malloc(size);
        for (std::size_t left = blocks.size(); left > 0; --left)
            std::free(blocks[left - 1]);
    }
    mallopt(M_TRIM_THRESHOLD, leftAtAnEnd);
    void* const volatile last = std::malloc(looksAtTheEnd);
    std::free(last);
    mallopt(M_TRIM_THRESHOLD, keptAtAnEnd);
}

void returnFreeMemory() {
    emptyThreadCache();
    malloc_trim(0);
}

} // namespace tandem
