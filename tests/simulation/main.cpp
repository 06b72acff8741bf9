// tandem-sim: runs simulated worlds and says which seeds fail. Exit codes: 0 all well, 1 a world failed, 2
// wrong arguments.
#include "simulation/found_seeds.h"
#include "simulation/world.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <unistd.h>

using namespace tandem::simulation;

namespace {

constexpr const char* usage =
    "tandem-sim [--seed N] [--worlds N] [--first N] [--hours H] [--without FAULT,...] [--phases N] "
    "[--storm MS] [--verbose]\n";

struct Arguments {
    std::optional<std::uint64_t> seed;
    std::uint64_t worlds = 3'000;
    std::uint64_t first = 1;
    double hours = 0; // instead of a number of worlds
    bool verbose = false;
    Setup setup;
};

std::uint64_t runningSeed = 0;

// An assertion that fails ends the process: say in which world.
void sayRunningSeed(int) {
    char line[64];
    const int length = std::snprintf(line, sizeof line, "\ncrashed in: tandem-sim --seed %llu\n",
                                     static_cast<unsigned long long>(runningSeed));
    if (write(STDERR_FILENO, line, static_cast<std::size_t>(length)) < 0)
        _exit(1);
    _exit(1);
}

bool switchOff(FaultSet& faults, std::string names) {
    while (!names.empty()) {
        const std::string name = names.substr(0, names.find(','));
        names.erase(0, name.size() + 1);
        const auto known = std::find(faultNames.begin(), faultNames.end(), name);
        if (known == faultNames.end())
            return false;
        faults.reset(static_cast<std::size_t>(known - faultNames.begin()));
    }
    return true;
}

std::optional<Arguments> parse(int argc, char** argv) {
    Arguments arguments;
    for (int i = 1; i < argc; ++i) {
        const std::string name = argv[i];
        if (name == "--verbose") {
            arguments.verbose = true;
            continue;
        }
        if (++i == argc)
            return std::nullopt;
        const char* value = argv[i];
        if (name == "--seed")
            arguments.seed = std::strtoull(value, nullptr, 10);
        else if (name == "--worlds")
            arguments.worlds = std::strtoull(value, nullptr, 10);
        else if (name == "--first")
            arguments.first = std::strtoull(value, nullptr, 10);
        else if (name == "--hours")
            arguments.hours = std::strtod(value, nullptr);
        else if (name == "--phases")
            arguments.setup.phases = std::atoi(value);
        else if (name == "--storm")
            arguments.setup.stormMs = std::atoll(value);
        else if (name != "--without" || !switchOff(arguments.setup.faults, value))
            return std::nullopt;
    }
    return arguments;
}

std::string commandFor(const Setup& setup) {
    std::string command = "tandem-sim --seed " + std::to_string(setup.seed);
    std::string without;
    for (std::size_t i = 0; i < faultCount; ++i) {
        if (!setup.faults.test(i))
            without += (without.empty() ? "" : ",") + std::string(faultNames[i]);
    }
    if (!without.empty())
        command += " --without " + without;
    const Setup usual;
    if (setup.phases != usual.phases)
        command += " --phases " + std::to_string(setup.phases);
    if (setup.stormMs != usual.stormMs)
        command += " --storm " + std::to_string(setup.stormMs);
    return command;
}

std::optional<std::string> runWorld(const Setup& setup) {
    runningSeed = setup.seed;
    return World(setup).run();
}

// Switches faults off and shortens the run while it still fails.
Setup minimised(Setup setup) {
    const auto keepIfFails = [&setup](const Setup& smaller) {
        if (runWorld(smaller))
            setup = smaller;
    };
    for (int phases = 1; phases < setup.phases; ++phases) {
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
        smaller.stormMs -= setup.stormMs / parts;
        keepIfFails(smaller);
    }
    return setup;
}

bool runAndTell(const Setup& setup, bool verbose) {
    runningSeed = setup.seed;
    World world(setup);
    const auto wrong = world.run();
    if (verbose || wrong)
        std::printf("seed %llu: %llu changes, %lld virtual seconds%s%s\n",
                    static_cast<unsigned long long>(setup.seed),
                    static_cast<unsigned long long>(world.changes()),
                    static_cast<long long>(world.virtualMs() / 1'000), wrong ? ": " : "",
                    wrong ? wrong->c_str() : "");
    if (!wrong)
        return true;
    std::printf("  again: %s\n", commandFor(setup).c_str());
    std::printf("  smaller: %s\n", commandFor(minimised(setup)).c_str());
    std::fflush(stdout);
    return false;
}

} // namespace

int main(int argc, char** argv) {
    const auto arguments = parse(argc, argv);
    if (!arguments) {
        std::fputs(usage, stderr);
        return 2;
    }
    std::signal(SIGABRT, sayRunningSeed);
    std::signal(SIGSEGV, sayRunningSeed);
    Setup setup = arguments->setup;
    if (arguments->seed) {
        setup.seed = *arguments->seed;
        return runAndTell(setup, true) ? 0 : 1;
    }

    const auto began = std::chrono::steady_clock::now();
    const auto seconds = [began] {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    };
    std::uint64_t worlds = 0;
    std::uint64_t failed = 0;
    const auto runSeed = [&](std::uint64_t seed) {
        setup.seed = seed;
        ++worlds;
        failed += runAndTell(setup, arguments->verbose) ? 0 : 1;
    };
    for (const std::uint64_t seed : foundSeeds)
        runSeed(seed);
    for (std::uint64_t seed = arguments->first;
         failed < 10 && (arguments->hours > 0 ? seconds() < arguments->hours * 3'600
                                              : seed < arguments->first + arguments->worlds);
         ++seed)
        runSeed(seed);
    std::printf("%llu worlds, %llu failed, %.1f worlds a second\n", static_cast<unsigned long long>(worlds),
                static_cast<unsigned long long>(failed), static_cast<double>(worlds) / seconds());
    return failed == 0 ? 0 : 1;
}
