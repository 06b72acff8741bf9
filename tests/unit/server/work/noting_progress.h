// A run that notes what it is told, and can be told to stop.
#pragma once

#include "jobs/job_handler.h"

namespace tandem {

class NotingProgress final : public JobProgress {
public:
    bool shouldStop() const override { return stops; }
    void report(int percent, std::string_view message) override {
        inOrder = inOrder && percent >= last && percent <= 100;
        last = percent;
        words = message;
    }

    bool stops = false;
    bool inOrder = true; // never went back
    int last = 0;
    std::string words;
};

} // namespace tandem
