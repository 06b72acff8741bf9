// How the operator's commands end: their exit codes, and the sentence with which they fail.
#pragma once

#include <cstdio>
#include <string>

namespace tandem {

enum CommandOutcome { commandDone = 0, somethingIsWrong = 1, notACommand = 2 };

inline int fail(int outcome, const std::string& sentence) {
    std::fprintf(stderr, "tandem-server: %s\n", sentence.c_str());
    return outcome;
}

} // namespace tandem
