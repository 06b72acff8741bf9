#include "metrics/resident_memory.h"

#include <malloc.h>
#include <unistd.h>

#include <cstdio>

namespace tandem {

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

void returnFreeMemory() {
    malloc_trim(0);
}

} // namespace tandem
