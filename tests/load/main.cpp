// tandem-load: what a server costs and how quick it is, with many real clients on real sockets. Exit codes: 0
// measured, 1 something was lost, did not converge or failed, 2 wrong arguments.
#include "load/scenarios.h"
#include "process/descriptor_limit.h"

#include <array>
#include <csignal>
#include <cstdio>
#include <cstring>

namespace tandem::load {

namespace {

constexpr int failed = 1;
constexpr int wrongArguments = 2;

constexpr std::array<Scenario, 10> scenarios = {{
    {"hot", measureHotRooms, true},
    {"rooms", measureManyRooms, true},
    {"idle", measureIdle, true},
    {"join", measureJoins, true},
    {"documents", measureDocuments, true},
    {"exports", measureExports, true},
    {"exports-one-core", measureExportsOnOneCore, true},
    {"exports-apart", measureExportsApart, true},
    {"kill", measureKills, true},
    {"two", measureTwoServers, false},
}};

bool isGood(const Figures& figures) {
    return figures["converged"].get<bool>() && figures["lost"] == 0 && figures["errors"] == 0;
}

} // namespace

std::span<const Scenario> allScenarios() {
    return scenarios;
}

const Scenario* findScenario(std::string_view name) {
    for (const Scenario& scenario : scenarios) {
        if (scenario.name == name)
            return &scenario;
    }
    return nullptr;
}

int run(int count, char** values) {
    if (count > 1 && std::strcmp(values[1], "--help") == 0) {
        std::fputs(optionsHelp().c_str(), stdout);
        return 0;
    }
    auto options = parseOptions(count, values);
    if (!options) {
        std::fprintf(stderr, "tandem-load: %s\n%s", options.error().detail.c_str(), optionsHelp().c_str());
        return wrongArguments;
    }
    if (options->scenarios.empty()) {
        for (const Scenario& scenario : scenarios) {
            if (scenario.usual)
                options->scenarios.emplace_back(scenario.name);
        }
    }
    bool allGood = true;
    std::vector<Figures> sets;
    const auto tell = [&](const Figures& figures) {
        allGood = allGood && isGood(figures);
        sets.push_back(figures);
        if (options->style == bench::Style::jsonLines)
            bench::print({figures}, options->style);
        std::fflush(stdout);
    };
    for (const std::string& name : options->scenarios) {
        sets.clear();
        if (const auto measured = findScenario(name)->measure(*options, tell); !measured) {
            std::fprintf(stderr, "tandem-load: %s\n", measured.error().detail.c_str());
            return failed;
        }
        if (options->style == bench::Style::table) {
            bench::print(sets, options->style);
            std::printf("\n");
        }
    }
    return allGood ? 0 : failed;
}

} // namespace tandem::load

int main(int count, char** values) {
    std::signal(SIGPIPE, SIG_IGN);
    tandem::raiseDescriptorLimit();
    return tandem::load::run(count, values);
}
