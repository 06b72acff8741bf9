// Seeds that once failed: always run, before all others.
#pragma once

#include <cstdint>
#include <vector>

namespace tandem::simulation {

inline const std::vector<std::uint64_t> foundSeeds{
    16,       368,      409,      478,      577,      805,      880,      118,      134,      141,
    233,      356,      425,      458,      509,      521,      538,      858,      306,      310,
    472,      852,      1008,     1283,     5307,     1999,     20008297, 20008747, 20030656, 20050738,
    20051614, 30026685, 40011479, 40025976, 70195266, 70341708, 80633200};

} // namespace tandem::simulation
