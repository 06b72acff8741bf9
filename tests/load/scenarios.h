// What can be measured. Each scenario makes its documents and its crowd, lets it work, and tells figures:
// `converged` (all replicas and the server have one text), `lost` (acked edits that are not in it) and
// `errors` (lost connections, refusals) among them.
#pragma once

#include "bench/report.h"
#include "load/options.h"

#include <functional>
#include <string_view>

namespace tandem::load {

using bench::Figures;
using Tell = std::function<void(const Figures&)>;

Result<void> measureHotRooms(const Options& options, const Tell& tell);
Result<void> measureManyRooms(const Options& options, const Tell& tell);
Result<void> measureTwoServers(const Options& options, const Tell& tell);
Result<void> measureKills(const Options& options, const Tell& tell);
Result<void> measureExports(const Options& options, const Tell& tell);
Result<void> measureExportsOnOneCore(const Options& options, const Tell& tell);
Result<void> measureExportsApart(const Options& options, const Tell& tell);
Result<void> measureDocuments(const Options& options, const Tell& tell);
Result<void> measureIdle(const Options& options, const Tell& tell);
Result<void> measureJoins(const Options& options, const Tell& tell);

struct Scenario {
    std::string_view name;
    Result<void> (*measure)(const Options&, const Tell&);
    bool usual; // when none is named
};

std::span<const Scenario> allScenarios();
const Scenario* findScenario(std::string_view name);

} // namespace tandem::load
