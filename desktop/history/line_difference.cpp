#include "history/line_difference.h"

#include <QStringList>

#include <algorithm>
#include <vector>

namespace tandem {

namespace {

using In = LineOfTwo::In;
constexpr int mostDifferences = 2'000;

// Myers: "An O(ND) Difference Algorithm and Its Variations", 1986. For each number of differences the
// furthest place on each diagonal; then back along what was kept. Gives the lines from the end to the start;
// nothing when there are too many differences.
std::vector<LineOfTwo> shortest(const QStringList& a, const QStringList& b) {
    const int n = static_cast<int>(a.size());
    const int m = static_cast<int>(b.size());
    const int most = std::min(n + m, mostDifferences);
    std::vector<int> furthest(static_cast<std::size_t>(2 * most + 3), 0);
    const auto at = [most](int k) { return static_cast<std::size_t>(k + most + 1); };
    const auto comesFromAbove = [&](const std::vector<int>& row, int d, int k) {
        return k == -d || (k != d && row[at(k - 1)] < row[at(k + 1)]);
    };
    std::vector<std::vector<int>> kept;
    int d = 0;
    for (bool isDone = n == 0 && m == 0; d <= most && !isDone; ++d) {
        kept.push_back(furthest);
        for (int k = -d; k <= d && !isDone; k += 2) {
            int x = comesFromAbove(furthest, d, k) ? furthest[at(k + 1)] : furthest[at(k - 1)] + 1;
            while (x < n && x - k < m && a[x] == b[x - k])
                ++x;
            furthest[at(k)] = x;
            isDone = x >= n && x - k >= m;
        }
        if (isDone)
            break;
    }
    if (d > most)
        return {};
    std::vector<LineOfTwo> lines;
    int x = n;
    int y = m;
    for (; d >= 0 && (x > 0 || y > 0); --d) {
        const std::vector<int>& row = kept[static_cast<std::size_t>(d)];
        const int k = x - y;
        const int from = comesFromAbove(row, d, k) ? k + 1 : k - 1;
        const int beforeX = d == 0 ? 0 : row[at(from)];
        const int beforeY = d == 0 ? 0 : beforeX - from;
        while (x > beforeX && y > beforeY) {
            lines.push_back({In::both, a[--x]});
            --y;
        }
        if (d == 0)
            break;
        if (x > beforeX)
            lines.push_back({In::earlier, a[--x]});
        else if (y > beforeY)
            lines.push_back({In::later, b[--y]});
    }
    return lines;
}

} // namespace

QList<LineOfTwo> lineDifference(const QString& earlier, const QString& later) {
    QStringList a = earlier.split('\n');
    QStringList b = later.split('\n');
    qsizetype start = 0;
    while (start < std::min(a.size(), b.size()) && a[start] == b[start])
        ++start;
    qsizetype end = 0;
    while (end < std::min(a.size(), b.size()) - start && a[a.size() - 1 - end] == b[b.size() - 1 - end])
        ++end;
    const QStringList middleA = a.mid(start, a.size() - start - end);
    const QStringList middleB = b.mid(start, b.size() - start - end);

    QList<LineOfTwo> lines;
    for (qsizetype i = 0; i < start; ++i)
        lines.append({In::both, a[i]});
    const std::vector<LineOfTwo> middle = shortest(middleA, middleB);
    if (middle.empty()) {
        for (const QString& line : middleA)
            lines.append({In::earlier, line});
        for (const QString& line : middleB)
            lines.append({In::later, line});
    }
    std::copy(middle.rbegin(), middle.rend(), std::back_inserter(lines));
    for (qsizetype i = a.size() - end; i < a.size(); ++i)
        lines.append({In::both, a[i]});
    return lines;
}

} // namespace tandem
