// The engine on recorded traces: floor, local edits, the same with the bytes of each change, remote changes
// one by one and merged, bytes on the wire and saved, saving, loading, memory, undo. Each pass begins with a
// fresh document; times are medians of CPU time.
#pragma once

#include "bench/report.h"
#include "cli/trace.h"

namespace tandem::bench {

// Of a sequential or a concurrent trace.
Figures benchTrace(const std::string& name, const Trace& trace, int passes);

Figures benchSequential(const std::string& name, const Trace& trace, int passes);
Figures benchConcurrent(const std::string& name, const Trace& trace, int passes);

// Saving and loading of a replica, and its memory where `memoryBytes` is known.
void addSaving(Figures& figures, const Replica& replica, const std::string& text, int passes);

// Changes made one after another as few changes: what one replica made in a row is one, with its runs joined.
std::vector<Change> merged(const std::vector<Change>& changes);

// The median time of what `once` measures itself.
template <typename Once>
double medianMs(int passes, Once&& once);

} // namespace tandem::bench

#include "bench/stopwatch.h"

template <typename Once>
double tandem::bench::medianMs(int passes, Once&& once) {
    std::vector<double> times;
    for (int pass = 0; pass < passes; ++pass)
        times.push_back(once());
    return medianOf(std::move(times));
}
