// What a benchmark prints: rows of named figures, as JSON lines or as a table.
#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace tandem::bench {

// In the order in which they are to be shown.
using Figures = nlohmann::ordered_json;

enum class Style { table, jsonLines };

// A table has one row a figure and one column a set of figures, whose first figure is its head. Where a
// figure's name ends in "_ms" and the set has a floor_ms, the ratio to the floor stands behind it.
void print(const std::vector<Figures>& sets, Style style);

} // namespace tandem::bench
