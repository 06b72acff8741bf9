// How many sockets and files a process may hold; a shell usually allows few. Any thread; no state of our own.
#pragma once

#include <sys/resource.h>

namespace tandem {

// As many as the system lets this user have.
inline void raiseDescriptorLimit() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

} // namespace tandem
