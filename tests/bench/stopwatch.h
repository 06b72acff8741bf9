// CPU time of this process, and the median of some measurements.
#pragma once

#include <vector>

namespace tandem::bench {

double cpuMs();

// Of an uneven number of values the one in the middle, else the lower of the two. Precondition: not empty.
double medianOf(std::vector<double> values);

// CPU time that `work` takes, in ms.
template <typename Work>
double msOf(Work&& work) {
    const double start = cpuMs();
    work();
    return cpuMs() - start;
}

} // namespace tandem::bench
