#include "load/process_usage.h"

#include <sched.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <string>

namespace tandem::load {

namespace {

std::ifstream open(pid_t process, const char* name) {
    return std::ifstream("/proc/" + std::to_string(process) + "/" + name);
}

// Of the whole process in nanoseconds, finer than the ticks of /proc/PID/stat.
double cpuClockMs(clockid_t clock) {
    timespec time{};
    if (clock_gettime(clock, &time) != 0)
        return 0;
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

// Of this process before it chose any.
const cpu_set_t& allowedCores() {
    static const cpu_set_t allowed = [] {
        cpu_set_t set;
        CPU_ZERO(&set);
        sched_getaffinity(0, sizeof set, &set);
        return set;
    }();
    return allowed;
}

} // namespace

double cpuMs(pid_t process) {
    clockid_t clock{};
    return clock_getcpuclockid(process, &clock) == 0 ? cpuClockMs(clock) : 0;
}

std::int64_t rssKib(pid_t process) {
    std::ifstream status = open(process, "status");
    for (std::string line; std::getline(status, line);) {
        std::istringstream words(line);
        std::string name;
        std::int64_t value = 0;
        if (words >> name >> value && name == "VmRSS:")
            return value;
    }
    return 0;
}

void useCore(int core) {
    const cpu_set_t& allowed = allowedCores();
    int left = core % CPU_COUNT(&allowed);
    for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
        if (!CPU_ISSET(cpu, &allowed) || left-- > 0)
            continue;
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(cpu, &one);
        sched_setaffinity(0, sizeof one, &one);
        return;
    }
}

void useAllCores() {
    sched_setaffinity(0, sizeof(cpu_set_t), &allowedCores());
}

} // namespace tandem::load
