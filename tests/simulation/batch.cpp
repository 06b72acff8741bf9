#include "simulation/batch.h"

#include "simulation/found_seeds.h"

#include <cstdio>
#include <string>
#include <thread>

namespace tandem::simulation {

namespace {

constexpr std::uint64_t enoughFailures = 10;
thread_local std::uint64_t seedOfThread = 0;
std::atomic<bool> stopped = false;

std::string namesOf(const FaultSet& faults) {
    std::string names;
    for (std::size_t i = 0; i < faultCount; ++i) {
        if (faults.test(i))
            names += (names.empty() ? "" : ",") + std::string(faultNames[i]);
    }
    return names;
}

std::string commandFor(const Setup& setup) {
    std::string command = "tandem-sim --seed " + std::to_string(setup.seed);
    if (const FaultSet off = ~setup.faults; off.any())
        command += " --without " + namesOf(off);
    if (setup.phases)
        command += " --phases " + std::to_string(*setup.phases);
    if (setup.stormMs)
        command += " --storm " + std::to_string(*setup.stormMs);
    return command;
}

// Switches faults off and shortens the run while it still fails.
Setup minimised(Setup setup) {
    {
        const World whole(setup);
        setup.phases = whole.phases();
        setup.stormMs = whole.stormMs();
    }
    const auto keepIfFails = [&setup](const Setup& smaller) {
        if (World(smaller).run())
            setup = smaller;
    };
    for (int phases = 1; phases < *setup.phases; ++phases) {
        Setup smaller = setup;
        smaller.phases = phases;
        keepIfFails(smaller);
    }
    for (std::size_t i = 0; i < faultCount; ++i) {
        Setup smaller = setup;
        smaller.faults.reset(i);
        keepIfFails(smaller);
    }
    for (const std::int64_t parts : {2, 3, 5, 10}) {
        Setup smaller = setup;
        smaller.stormMs = *setup.stormMs - *setup.stormMs / parts;
        keepIfFails(smaller);
    }
    return setup;
}

} // namespace

std::uint64_t runningSeed() {
    return seedOfThread;
}

bool runAndTell(const Setup& setup, bool verbose) {
    seedOfThread = setup.seed;
    World world(setup);
    const auto wrong = world.run();
    if (!wrong && !verbose)
        return true;
    std::string told = "seed " + std::to_string(setup.seed) + ": " + std::to_string(world.changes()) +
                       " changes, " + std::to_string(world.virtualMs() / 1'000) + " virtual seconds";
    if (wrong)
        told += ": " + *wrong + "\n  again: " + commandFor(setup) +
                "\n  smaller: " + commandFor(minimised(setup));
    // In one call, so that threads do not mix their lines.
    std::puts(told.c_str());
    std::fflush(stdout);
    return !wrong;
}

void Batch::stop() {
    stopped = true;
}

double Batch::seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_began).count();
}

std::optional<std::uint64_t> Batch::nextSeed() {
    if (stopped || m_failed >= enoughFailures)
        return std::nullopt;
    const std::uint64_t taken = m_taken++;
    if (taken < foundSeeds.size())
        return foundSeeds[taken];
    const std::uint64_t place = taken - foundSeeds.size();
    const bool goesOn = m_plan.hours > 0 ? seconds() < m_plan.hours * 3'600 : place < m_plan.worlds;
    return goesOn ? std::optional(m_plan.first + place) : std::nullopt;
}

void Batch::work() {
    Setup setup = m_plan.setup;
    while (const auto seed = nextSeed()) {
        setup.seed = *seed;
        ++m_worlds;
        m_failed += runAndTell(setup, m_plan.verbose) ? 0 : 1;
    }
}

bool Batch::run() {
    std::vector<std::thread> others;
    for (unsigned job = 1; job < m_plan.jobs; ++job)
        others.emplace_back([this] { work(); });
    work();
    for (std::thread& other : others)
        other.join();
    std::printf("%llu worlds, %llu failed, %.1f worlds a second\n", static_cast<unsigned long long>(m_worlds),
                static_cast<unsigned long long>(m_failed), static_cast<double>(m_worlds) / seconds());
    return m_failed == 0;
}

} // namespace tandem::simulation
