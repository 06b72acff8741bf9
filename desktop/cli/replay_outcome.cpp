#include "cli/replay_outcome.h"

#include "base/utf8.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace tandem {

namespace {
using Json = nlohmann::json;

struct Difference {
    std::string copy;
    std::size_t index = 0;
    std::string expected;
    std::string found;
};

std::string excerpt(std::u32string_view text, std::size_t index) {
    constexpr std::size_t length = 20;
    return index < text.size() ? toUtf8(text.substr(index, length)) : std::string();
}

std::vector<Difference> differences(const Trace& trace, const ReplayOutcome& outcome) {
    const std::string expected = toUtf8(trace.endContent);
    std::vector<Difference> found;
    for (const ReplayOutcome::Copy& copy : outcome.copies) {
        if (copy.text == expected)
            continue;
        const Result<std::u32string> decoded = fromUtf8(copy.text);
        const std::u32string text = decoded.ok() ? *decoded : std::u32string();
        const std::size_t index = firstDifference(trace.endContent, text);
        found.push_back({copy.name, index, excerpt(trace.endContent, index), excerpt(text, index)});
    }
    return found;
}

std::int64_t editsPerSecond(const Trace& trace, const ReplayOutcome& outcome) {
    return static_cast<std::int64_t>(trace.patchCount()) * 1000 /
           std::max<std::int64_t>(outcome.elapsedMs, 1);
}

void printWords(const QString& name, const Trace& trace, const ReplayOutcome& outcome,
                const std::vector<Difference>& found) {
    printLine(QString("%1: %2, agents %3, transactions %4, patches %5")
                  .arg(name, trace.kind == Trace::Kind::concurrent ? "concurrent" : "sequential")
                  .arg(trace.agentCount)
                  .arg(trace.transactions.size())
                  .arg(trace.patchCount()));
    printLine(QString("played in %1 s, %2 edits per second, into %3")
                  .arg(static_cast<double>(outcome.elapsedMs) / 1000, 0, 'f', 2)
                  .arg(editsPerSecond(trace, outcome))
                  .arg(outcome.address));
    if (found.empty())
        printLine(QString("%1 copies, all as the trace ends: %2 characters")
                      .arg(outcome.copies.size())
                      .arg(trace.endContent.size()));
    for (const Difference& difference : found) {
        printLine(QString("different: the text of %1 at index %2 has %3 where the trace ends with %4")
                      .arg(QString::fromStdString(difference.copy))
                      .arg(difference.index)
                      .arg(QString::fromStdString(Json(difference.found).dump()),
                           QString::fromStdString(Json(difference.expected).dump())));
    }
}

void printJson(const QString& name, const Trace& trace, const ReplayOutcome& outcome,
               const std::vector<Difference>& found) {
    Json summary = {{"trace", name.toStdString()},
                    {"kind", trace.kind == Trace::Kind::concurrent ? "concurrent" : "sequential"},
                    {"agents", trace.agentCount},
                    {"transactions", trace.transactions.size()},
                    {"patches", trace.patchCount()},
                    {"seconds", static_cast<double>(outcome.elapsedMs) / 1000},
                    {"edits_per_second", editsPerSecond(trace, outcome)},
                    {"document", outcome.address.toStdString()},
                    {"copies", outcome.copies.size()},
                    {"characters", trace.endContent.size()},
                    {"equal", found.empty()},
                    {"differences", Json::array()}};
    for (const Difference& difference : found) {
        summary["differences"].push_back({{"copy", difference.copy},
                                          {"index", difference.index},
                                          {"expected", difference.expected},
                                          {"found", difference.found}});
    }
    print(summary.dump() + '\n');
}
} // namespace

std::size_t firstDifference(std::u32string_view left, std::u32string_view right) {
    const auto [place, other] = std::mismatch(left.begin(), left.end(), right.begin(), right.end());
    return static_cast<std::size_t>(place - left.begin());
}

ExitCode report(const QString& name, const Trace& trace, const ReplayOutcome& outcome, ReportStyle style) {
    const std::vector<Difference> found = differences(trace, outcome);
    if (style == ReportStyle::json)
        printJson(name, trace, outcome, found);
    else
        printWords(name, trace, outcome, found);
    return found.empty() ? ExitCode::done : ExitCode::failed;
}

} // namespace tandem
