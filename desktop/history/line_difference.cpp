#include "history/line_difference.h"

#include "crdt/shortest_edits.h"

#include <QHash>
#include <QStringList>

#include <vector>

namespace tandem {

namespace {
constexpr std::size_t mostEdits = 4'000;
constexpr std::size_t mostSteps = 20'000'000;
} // namespace

QList<LineOfTwo> lineDifference(const QString& earlier, const QString& later) {
    const QStringList before = earlier.split('\n');
    const QStringList after = later.split('\n');
    QHash<QString, int> known; // equal numbers for equal lines
    const auto numbersOf = [&known](const QStringList& lines) {
        std::vector<int> numbers;
        for (const QString& line : lines) {
            int& number = known[line];
            if (number == 0)
                number = static_cast<int>(known.size());
            numbers.push_back(number);
        }
        return numbers;
    };
    const std::vector<int> a = numbersOf(before);
    const std::vector<int> b = numbersOf(after);

    QList<LineOfTwo> lines;
    qsizetype at = 0; // in `before`
    const auto take = [&lines](LineOfTwo::In in, const QStringList& from, qsizetype start, qsizetype end) {
        for (qsizetype i = start; i < end; ++i)
            lines.append({in, from[i]});
    };
    for (const Hunk& hunk : ShortestEdits<int>(a, b, mostEdits, mostSteps).find()) {
        const auto start = static_cast<qsizetype>(hunk.before);
        const auto inserted = static_cast<qsizetype>(hunk.after);
        take(LineOfTwo::In::both, before, at, start);
        at = start + static_cast<qsizetype>(hunk.deleted);
        take(LineOfTwo::In::earlier, before, start, at);
        take(LineOfTwo::In::later, after, inserted, inserted + static_cast<qsizetype>(hunk.inserted));
    }
    take(LineOfTwo::In::both, before, at, before.size());
    return lines;
}

} // namespace tandem
