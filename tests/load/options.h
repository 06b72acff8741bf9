// What the command line of tandem-load asks for.
#pragma once

#include "base/result.h"
#include "bench/report.h"

#include <sys/types.h>

#include <string>
#include <vector>

namespace tandem::load {

struct Options {
    std::vector<std::string> scenarios;
    std::string serverProgram;     // started for each measurement, unless there are
    std::vector<std::string> urls; // running servers
    std::vector<pid_t> processes;  // of theirs
    std::string trace;             // a recorded session for `join`; empty: a synthetic one
    double seconds = 0;            // of typing, for each measurement; 0: as the scenario has it
    std::size_t inFlight = 20;     // edits of one writer, saturated
    bool cursors = false;          // whoever types moves the caret as well
    bool unpacks = true;           // clients read packed snapshots
    bool tiny = false;             // everything small, to see that it works
    bench::Style style = bench::Style::table;
};

// The error is a sentence for whoever typed it.
Result<Options> parseOptions(int count, char** values);
std::string optionsHelp();

} // namespace tandem::load
