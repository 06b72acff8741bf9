// Where the characters between two places of a line of text are painted: in one stretch where all of it runs
// one way, in several where it runs both ways. Pure.
#pragma once

#include <QtGlobal>

#include <vector>

class QTextBlock;
class QTextLine;

namespace tandem {

struct LineStretch {
    qreal left = 0;
    qreal right = 0;
};

// From left to right, in the coordinates of the block's layout; `from` and `to` are places in the block that
// the line has. A break behind the line is shown `lineBreak` wide where the line ends.
std::vector<LineStretch> lineStretches(const QTextBlock& block, const QTextLine& line, int from, int to,
                                       qreal lineBreak);

} // namespace tandem
