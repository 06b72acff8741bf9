#include "bench/report.h"

#include <cstdio>

namespace tandem::bench {

namespace {

std::string formatted(double value) {
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, value < 100 ? "%.3f" : "%.1f", value);
    return buffer;
}

std::string cell(const Figures& set, const std::string& name) {
    const auto found = set.find(name);
    if (found == set.end() || found->is_null())
        return "-";
    if (found->is_string())
        return found->get<std::string>();
    if (!found->is_number_float())
        return found->dump();
    const auto value = found->get<double>();
    std::string text = formatted(value);
    if (name.ends_with("_ms") && name != "floor_ms" && set.contains("floor_ms"))
        text += " (x" + formatted(value / set["floor_ms"].get<double>()) + ")";
    return text;
}

} // namespace

void print(const std::vector<Figures>& sets, Style style) {
    if (style == Style::jsonLines) {
        for (const Figures& set : sets)
            std::printf("%s\n", set.dump().c_str());
        return;
    }
    std::vector<std::string> names; // of all sets, in the order of the first that has them
    for (const Figures& set : sets) {
        for (const auto& [name, value] : set.items()) {
            if (std::find(names.begin(), names.end(), name) == names.end())
                names.push_back(name);
        }
    }
    for (const std::string& name : names) {
        std::printf("%-20s", name.c_str());
        for (const Figures& set : sets)
            std::printf(" %22s", cell(set, name).c_str());
        std::printf("\n");
    }
}

} // namespace tandem::bench
