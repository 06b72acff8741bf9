// tandem-bench: what the engine costs. `crdt` plays recorded traces, `scaling` measures growing documents,
// `storm` many replicas at once, `history` the past of recorded traces, `desktop` the window, by the program
// beside this one.
#include "bench/crdt_bench.h"
#include "bench/history_bench.h"
#include "bench/scaling_bench.h"
#include "bench/storm_bench.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <optional>

#include <unistd.h>

namespace tandem::bench {

namespace {

int usage() {
    std::fputs("tandem-bench crdt TRACE.json[.gz]... [--repeat N] [--json-lines]\n"
               "tandem-bench scaling [--most CHARACTERS] [--json-lines]\n"
               "tandem-bench history TRACE.json[.gz]... [--repeat N] [--json-lines]\n"
               "tandem-bench storm [--work CHANGES] [--json-lines]\n"
               "tandem-bench desktop [...]\n",
               stderr);
    return 2;
}

struct Arguments {
    std::vector<std::string> files;
    std::size_t number = 0; // of --repeat, --most or --work; 0: not given
    Style style = Style::table;
};

std::optional<Arguments> parse(int count, char** values, const char* numberOption) {
    Arguments arguments;
    for (int i = 2; i < count; ++i) {
        if (std::strcmp(values[i], "--json-lines") == 0) {
            arguments.style = Style::jsonLines;
        } else if (std::strcmp(values[i], numberOption) == 0 && i + 1 < count) {
            arguments.number = std::strtoul(values[++i], nullptr, 10);
            if (arguments.number == 0)
                return std::nullopt;
        } else if (values[i][0] == '-') {
            return std::nullopt;
        } else {
            arguments.files.emplace_back(values[i]);
        }
    }
    return arguments;
}

std::string nameOf(const std::string& path) {
    const std::string file = path.substr(path.find_last_of('/') + 1);
    return file.substr(0, file.find('.'));
}

// A measurement of one trace, for each file.
int forTraces(const Arguments& arguments, int passes,
              Figures (*bench)(const std::string&, const Trace&, int)) {
    if (arguments.files.empty())
        return usage();
    std::vector<Figures> sets;
    for (const std::string& file : arguments.files) {
        const Result<Trace> trace = readTrace(file);
        if (!trace) {
            std::fprintf(stderr, "%s: %s\n", file.c_str(), trace.error().detail.c_str());
            return 1;
        }
        sets.push_back(
            bench(nameOf(file), *trace, arguments.number == 0 ? passes : static_cast<int>(arguments.number)));
        if (arguments.style == Style::jsonLines) {
            print({sets.back()}, arguments.style);
            std::fflush(stdout);
        }
    }
    if (arguments.style == Style::table)
        print(sets, arguments.style);
    return 0;
}

// A program of its own, since this one is built without Qt as well.
int runDesktop(char** values) {
    const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe");
    const std::string program = self.parent_path() / "tandem-desktop-bench";
    ::execv(program.c_str(), values + 1); // "desktop" is its name
    std::fprintf(stderr, "%s: %s\n", program.c_str(), std::strerror(errno));
    return 1;
}

} // namespace

int run(int count, char** values) {
    const std::string job = count < 2 ? "" : values[1];
    if (job == "desktop")
        return runDesktop(values);
    const char* option = job == "scaling" ? "--most" : job == "storm" ? "--work" : "--repeat";
    const auto arguments = parse(count, values, option);
    if (!arguments)
        return usage();
    if (job == "crdt")
        return forTraces(*arguments, 5, benchTrace);
    if (job == "history")
        return forTraces(*arguments, 101, benchHistory);
    if (job == "scaling")
        print(benchScaling(arguments->number == 0 ? 10'000'000 : arguments->number), arguments->style);
    else if (job == "storm")
        print(benchStorms(arguments->number == 0 ? 50'000 : arguments->number), arguments->style);
    else
        return usage();
    return 0;
}

} // namespace tandem::bench

int main(int count, char** values) {
    return tandem::bench::run(count, values);
}
