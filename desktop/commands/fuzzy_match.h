// How well what someone types names something: its letters have to stand there in their order, wherever.
// Better are starts of words and letters that follow each other.
#pragma once

#include <QList>
#include <QString>

#include <optional>

namespace tandem {

struct FuzzyMatch {
    int score = 0;        // higher is better
    QList<int> positions; // of the letters found, in the text
};

// Without regard to case, accents and spaces of `typed`. An empty one matches everything.
std::optional<FuzzyMatch> fuzzyMatch(const QString& typed, const QString& text);

} // namespace tandem
