// Many worlds at once: threads take seed after seed, and each world lives in one of them. Says which seeds
// fail, and how to see it again with less.
#pragma once

#include "simulation/world.h"

#include <atomic>
#include <chrono>

namespace tandem::simulation {

struct BatchPlan {
    Setup setup; // of every world but for its seed
    std::uint64_t first = 1;
    std::uint64_t worlds = 3'000;
    double hours = 0; // instead of a number of worlds
    unsigned jobs = 1;
    bool verbose = false;
};

class Batch {
public:
    explicit Batch(BatchPlan plan) : m_plan(std::move(plan)) {}

    // Runs the seeds that once failed and those of the plan, unless many fail. False: a world failed.
    bool run();

    // No more seeds are taken; run() tells how far it came. May be called in a signal handler.
    static void stop();

private:
    std::optional<std::uint64_t> nextSeed();
    void work();
    double seconds() const;

    const BatchPlan m_plan;
    const std::chrono::steady_clock::time_point m_began = std::chrono::steady_clock::now();
    std::atomic<std::uint64_t> m_taken = 0; // seeds
    std::atomic<std::uint64_t> m_worlds = 0;
    std::atomic<std::uint64_t> m_failed = 0;
};

// Runs one world and prints what is wrong with it. False: something is.
bool runAndTell(const Setup& setup, bool verbose);

// The seed that this thread runs.
std::uint64_t runningSeed();

} // namespace tandem::simulation
