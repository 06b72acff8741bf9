// Two texts line by line, as one list: what both have, what only the earlier, what only the later one has.
// Pure function. By the way of crdt/text_diff (crdt/shortest_edits), but whole lines only, which is what
// people read; what differs in very much is told as one part.
#pragma once

#include <QList>
#include <QString>

namespace tandem {

struct LineOfTwo {
    enum class In { both, earlier, later } in = In::both;
    QString text;

    friend bool operator==(const LineOfTwo&, const LineOfTwo&) = default;
};

QList<LineOfTwo> lineDifference(const QString& earlier, const QString& later);

} // namespace tandem
