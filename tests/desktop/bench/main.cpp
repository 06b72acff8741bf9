// tandem-desktop-bench: from a key to what is painted, at 1 and 10 MB, alone and with 200 edits a second by
// others, and in a line of 1 MB. Each is run some times in turn; the figures are medians.
#include "typing_bench.h"

#include "theme/theme.h"

#include <QApplication>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

namespace {

using tandem::bench::Figures;
using tandem::bench::TypingLoad;

Figures medians(const std::vector<Figures>& runs) {
    Figures middle = runs.front();
    for (auto& [name, value] : middle.items()) {
        if (!value.is_number())
            continue;
        std::vector<double> values;
        for (const Figures& run : runs)
            values.push_back(run[name].get<double>());
        std::sort(values.begin(), values.end());
        value = values[values.size() / 2];
    }
    middle["runs"] = runs.size();
    return middle;
}

int usage() {
    std::fputs("tandem-desktop-bench [1mb|1mb-remote|10mb|10mb-remote|line]... [--repeat N] [--keys N] "
               "[--json-lines]\n",
               stderr);
    return 2;
}

} // namespace

int main(int argc, char** argv) {
    std::vector<std::string> names;
    int repeat = 3;
    int keys = 400;
    auto style = tandem::bench::Style::table;
    for (int i = 1; i < argc; ++i) {
        if (std::strcmp(argv[i], "--json-lines") == 0) {
            style = tandem::bench::Style::jsonLines;
        } else if (std::strcmp(argv[i], "--repeat") == 0 && i + 1 < argc) {
            repeat = std::max(1, std::atoi(argv[++i]));
        } else if (std::strcmp(argv[i], "--keys") == 0 && i + 1 < argc) {
            keys = std::max(1, std::atoi(argv[++i]));
        } else if (argv[i][0] == '-') {
            return usage();
        } else {
            names.emplace_back(argv[i]);
        }
    }
    QApplication application(argc, argv);
    tandem::theme::Theme theme(application);
    theme.choose(tandem::theme::Choice::light);

    const std::vector<std::pair<std::string, TypingLoad>> all = {
        {"1mb", {.units = 1'000'000, .keys = keys}},
        {"1mb-remote", {.units = 1'000'000, .keys = keys, .remoteEditsPerSecond = 200}},
        {"10mb", {.units = 10'000'000, .keys = keys}},
        {"10mb-remote", {.units = 10'000'000, .keys = keys, .remoteEditsPerSecond = 200}},
        {"line", {.units = 1'000'000, .isOneLine = true, .keys = std::min(keys, 40), .keyEveryMs = 400}},
    };
    std::vector<TypingLoad> loads;
    for (const auto& [name, load] : all) {
        if (names.empty() || std::find(names.begin(), names.end(), name) != names.end())
            loads.push_back(load);
    }
    if (loads.empty())
        return usage();
    std::vector<std::vector<Figures>> runs(loads.size());
    for (int run = 0; run < repeat; ++run) {
        for (std::size_t i = 0; i < loads.size(); ++i)
            runs[i].push_back(tandem::bench::benchTyping(loads[i]));
    }
    std::vector<Figures> sets;
    for (const std::vector<Figures>& of : runs)
        sets.push_back(medians(of));
    tandem::bench::print(sets, style);
    return 0;
}
