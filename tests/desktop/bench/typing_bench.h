// Types into an editor with all its tools, alone and while others edit, and measures from the moment when a
// key was due to the end of the painting that shows it.
#pragma once

#include "bench/report.h"

#include <cstddef>

namespace tandem::bench {

struct TypingLoad {
    std::size_t units = 1'000'000; // of the document
    bool isOneLine = false;
    int keys = 400;
    int keyEveryMs = 30;
    int remoteEditsPerSecond = 0;
};

Figures benchTyping(const TypingLoad& load);

} // namespace tandem::bench
