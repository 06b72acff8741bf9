// What a process has used, as the system counts it (/proc).
#pragma once

#include <sys/types.h>

#include <cstdint>

namespace tandem::load {

// Of all its threads. 0 when there is no such process.
double cpuMs(pid_t process);
std::int64_t rssKib(pid_t process);
// Where a server and its clients run.
enum class Cores {
    oneEach, // so that what the server uses is its own
    shared   // all that there are, as in use
};

// Lets this process, with all threads and processes that it begins from now on, run on one core only. The
// cores that may be used are counted from 0; beyond the last they begin anew.
void useCore(int core);
// On all again.
void useAllCores();

} // namespace tandem::load
