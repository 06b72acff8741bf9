// tandem-sim: runs simulated worlds and says which seeds fail. Exit codes: 0 all well, 1 a world failed, 2
// wrong arguments.
#include "simulation/batch.h"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

using namespace tandem::simulation;

namespace {

constexpr const char* usage =
    "tandem-sim [--seed N] [--worlds N] [--first N] [--hours H] [--jobs N] [--without FAULT,...] "
    "[--phases N] [--storm MS] [--verbose]\n";

struct Arguments {
    std::optional<std::uint64_t> seed; // one world instead of the batch
    BatchPlan plan;
};

// An assertion that fails ends the process: say in which world.
void sayRunningSeed(int) {
    char line[64];
    const int length = std::snprintf(line, sizeof line, "\ncrashed in: tandem-sim --seed %llu\n",
                                     static_cast<unsigned long long>(runningSeed()));
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
    BatchPlan& plan = arguments.plan;
    plan.jobs = std::max(1U, std::thread::hardware_concurrency());
    for (int i = 1; i < argc; ++i) {
        const std::string name = argv[i];
        if (name == "--verbose") {
            plan.verbose = true;
            continue;
        }
        if (++i == argc)
            return std::nullopt;
        const char* value = argv[i];
        if (name == "--seed")
            arguments.seed = std::strtoull(value, nullptr, 10);
        else if (name == "--worlds")
            plan.worlds = std::strtoull(value, nullptr, 10);
        else if (name == "--first")
            plan.first = std::strtoull(value, nullptr, 10);
        else if (name == "--hours")
            plan.hours = std::strtod(value, nullptr);
        else if (name == "--jobs")
            plan.jobs = static_cast<unsigned>(std::clamp(std::atoi(value), 1, 1'000));
        else if (name == "--phases")
            plan.setup.phases = std::atoi(value);
        else if (name == "--storm")
            plan.setup.stormMs = std::atoll(value);
        else if (name != "--without" || !switchOff(plan.setup.faults, value))
            return std::nullopt;
    }
    return arguments;
}

} // namespace

int main(int argc, char** argv) {
#ifdef __GLIBC__
    // Every world builds and forgets a few megabytes: what is free stays with its thread for the next one.
    mallopt(M_MXFAST, 0);
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
    mallopt(M_MMAP_THRESHOLD, 64 << 20);
#endif
    const auto arguments = parse(argc, argv);
    if (!arguments) {
        std::fputs(usage, stderr);
        return 2;
    }
    std::signal(SIGABRT, sayRunningSeed);
    std::signal(SIGSEGV, sayRunningSeed);
    std::signal(SIGINT, [](int) { Batch::stop(); });
    std::signal(SIGTERM, [](int) { Batch::stop(); });
    if (arguments->seed) {
        Setup setup = arguments->plan.setup;
        setup.seed = *arguments->seed;
        return runAndTell(setup, true) ? 0 : 1;
    }
    return Batch(arguments->plan).run() ? 0 : 1;
}
