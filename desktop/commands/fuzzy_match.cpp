#include "commands/fuzzy_match.h"

#include <algorithm>
#include <vector>

namespace tandem {

namespace {
constexpr int wordStartBonus = 8;
constexpr int followsBonus = 14; // a part of a word comes before the first letters of several
constexpr int letterPoints = 1;
constexpr int firstLetterBonus = 4;
constexpr qsizetype longestText = 300;

// One unit for one unit, so that positions stay.
QChar folded(QChar letter) {
    const QString parts = letter.decomposition();
    return (parts.isEmpty() ? letter : parts.front()).toCaseFolded();
}

bool startsWord(const QString& text, qsizetype at) {
    return at == 0 || !text[at - 1].isLetterOrNumber() || (text[at - 1].isLower() && text[at].isUpper());
}
} // namespace

// The best of all ways to find the letters: best[j] is that of the letters so far with the last one at j.
std::optional<FuzzyMatch> fuzzyMatch(const QString& typed, const QString& whole) {
    const QString text = whole.left(longestText);
    QString wanted;
    for (const QChar letter : typed)
        if (!letter.isSpace() && !letter.isMark())
            wanted += folded(letter);
    if (wanted.isEmpty())
        return FuzzyMatch{};

    constexpr int none = -1;
    const auto size = static_cast<std::size_t>(text.size());
    std::vector<int> best(size, none);
    std::vector<std::vector<int>> cameFrom(static_cast<std::size_t>(wanted.size()),
                                           std::vector<int>(size, none));
    for (qsizetype i = 0; i < wanted.size(); ++i) {
        std::vector<int> next(size, none);
        int bestBefore = none; // among positions that end before j - 1
        int bestBeforeAt = none;
        for (qsizetype j = 0; j < text.size(); ++j) {
            const auto at = static_cast<std::size_t>(j);
            if (j >= 2 && best[at - 2] > bestBefore) {
                bestBefore = best[at - 2];
                bestBeforeAt = static_cast<int>(j) - 2;
            }
            if (folded(text[j]) != wanted[i])
                continue;
            const int points = letterPoints + (startsWord(text, j) ? wordStartBonus : 0);
            if (i == 0) {
                next[at] = points + (j == 0 ? firstLetterBonus : 0);
                continue;
            }
            const int following = j >= 1 && best[at - 1] != none ? best[at - 1] + followsBonus : none;
            if (following == none && bestBefore == none)
                continue;
            next[at] = points + std::max(following, bestBefore);
            cameFrom[static_cast<std::size_t>(i)][at] =
                following >= bestBefore ? static_cast<int>(j) - 1 : bestBeforeAt;
        }
        best = std::move(next);
    }

    const auto end = std::max_element(best.begin(), best.end());
    if (end == best.end() || *end == none)
        return std::nullopt;
    FuzzyMatch match;
    match.score = *end * 4 - static_cast<int>(text.size()) / 8; // shorter ones before longer ones
    int at = static_cast<int>(end - best.begin());
    for (qsizetype i = wanted.size(); i-- > 0;) {
        match.positions.prepend(at);
        at = cameFrom[static_cast<std::size_t>(i)][static_cast<std::size_t>(at)];
    }
    return match;
}

} // namespace tandem
