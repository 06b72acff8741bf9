// For invariant walks: stops the program in every build when something that must hold does not.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace tandem {

inline void check(bool holds, const char* what) {
    if (holds)
        return;
    std::fprintf(stderr, "broken invariant: %s\n", what);
    std::abort();
}

} // namespace tandem
