// Two texts line by line, as one list: what both have, what only the earlier, what only the later one has.
// Pure function. O((lines + differences) * differences); texts that differ in very much are told apart by
// their common beginning and end alone.
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
