// What a process has used, as the system counts it (/proc).
#pragma once

#include <sys/types.h>

#include <cstdint>

namespace tandem::load {

// Of all its threads. 0 when there is no such process.
double cpuMs(pid_t process);
std::int64_t rssKib(pid_t process);
// Lets a process, or this one (0), with all threads that it begins from now on, run on one core only. The
// cores that may be used are counted from 0; beyond the last they begin anew.
void useCore(pid_t process, int core);

} // namespace tandem::load
