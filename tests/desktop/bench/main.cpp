// tandem-desktop-bench, which is `tandem-bench desktop`: from a key to what is painted, at 1 and 10 MB, alone
// and with 200 edits a second by others, and in a line of 1 MB; opening from this computer's disk; any
// version of a history. Each is run some times in turn; the figures are medians. Needs no screen.
#include "opening_bench.h"
#include "typing_bench.h"

#include "theme/theme.h"

#include <QApplication>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
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
    std::fputs("tandem-bench desktop [1mb|1mb-remote|10mb|10mb-remote|line|open-1mb|open-10mb]... "
               "[--history ARCHIVE] [--repeat N] [--keys N] [--json-lines]\n",
               stderr);
    return 2;
}

} // namespace

int main(int argc, char** argv) {
    std::vector<std::string> names;
    std::string archive;
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
        } else if (std::strcmp(argv[i], "--history") == 0 && i + 1 < argc) {
            archive = argv[++i];
        } else if (argv[i][0] == '-') {
            return usage();
        } else {
            names.emplace_back(argv[i]);
        }
    }
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    tandem::theme::Theme theme(application);
    theme.choose(tandem::theme::Choice::light);

    const auto typing = [keys](TypingLoad load) {
        load.keys = std::min(load.keys, keys);
        return [load] { return tandem::bench::benchTyping(load); };
    };
    const auto opening = [](std::size_t units) {
        return [units] { return tandem::bench::benchOpening(units); };
    };
    constexpr int most = 1'000'000;
    std::vector<std::pair<std::string, std::function<Figures()>>> all = {
        {"1mb", typing({.units = 1'000'000, .keys = most})},
        {"1mb-remote", typing({.units = 1'000'000, .keys = most, .remoteEditsPerSecond = 200})},
        {"10mb", typing({.units = 10'000'000, .keys = most})},
        {"10mb-remote", typing({.units = 10'000'000, .keys = most, .remoteEditsPerSecond = 200})},
        {"line", typing({.units = 1'000'000, .isOneLine = true, .keys = 40, .keyEveryMs = 400})},
        {"open-1mb", opening(1'000'000)},
        {"open-10mb", opening(10'000'000)},
    };
    if (!names.empty() || !archive.empty())
        std::erase_if(all, [&names](const auto& each) {
            return std::find(names.begin(), names.end(), each.first) == names.end();
        });
    if (all.size() < names.size())
        return usage();
    if (!archive.empty())
        all.emplace_back("history", [archive] { return tandem::bench::benchVersions(archive); });
    std::vector<std::vector<Figures>> runs(all.size());
    for (int run = 0; run < repeat; ++run) {
        for (std::size_t i = 0; i < all.size(); ++i)
            runs[i].push_back(all[i].second());
    }
    std::vector<Figures> sets;
    for (const std::vector<Figures>& of : runs)
        sets.push_back(medians(of));
    tandem::bench::print(sets, style);
    return 0;
}
