#include "editor/line_stretches.h"

#include "editor/paragraph_layout.h"

#include <QGlyphRun>
#include <QRawFont>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextLayout>

#include <algorithm>

namespace tandem {

namespace {
// Of a line that is not wrapped and longer than this, only the ends are asked for: each place in it costs a
// walk.
constexpr int longestLooked = 4'096;
constexpr qreal touchingPx = 0.01;

bool runsOneWay(const QTextBlock& block, const QTextLine& line) {
    if (line.textLength() > longestLooked)
        return true;
    if (paragraphDirection(block) == Qt::RightToLeft)
        return false;
    const QTextDocument& document = *block.document();
    const int start = block.position() + line.textStart();
    for (int place = start; place < start + line.textLength(); ++place) {
        const QChar unit = document.characterAt(place);
        const char32_t character = unit.isHighSurrogate()
                                       ? QChar::surrogateToUcs4(unit, document.characterAt(place + 1))
                                       : unit.unicode();
        switch (QChar::direction(character)) {
        case QChar::DirR:
        case QChar::DirAL:
        case QChar::DirAN:
        case QChar::DirRLE:
        case QChar::DirRLO:
        case QChar::DirRLI:
            return false;
        default:
            break;
        }
    }
    return true;
}

LineStretch between(qreal one, qreal other) {
    return {std::min(one, other), std::max(one, other)};
}

std::vector<LineStretch> joined(std::vector<LineStretch> parts) {
    std::sort(parts.begin(), parts.end(),
              [](const LineStretch& a, const LineStretch& b) { return a.left < b.left; });
    std::vector<LineStretch> stretches;
    for (const LineStretch& part : parts) {
        if (!stretches.empty() && part.left <= stretches.back().right + touchingPx)
            stretches.back().right = std::max(stretches.back().right, part.right);
        else
            stretches.push_back(part);
    }
    return stretches;
}
} // namespace

std::vector<LineStretch> lineStretches(const QTextBlock& block, const QTextLine& line, int from, int to,
                                       qreal lineBreak) {
    std::vector<LineStretch> parts;
    if (lineBreak > 0) {
        const qreal end = line.cursorToX(line.textStart() + line.textLength());
        parts.push_back(
            between(end, paragraphDirection(block) == Qt::RightToLeft ? end - lineBreak : end + lineBreak));
    }
    if (runsOneWay(block, line)) {
        parts.push_back(between(line.cursorToX(from), line.cursorToX(to)));
        return joined(std::move(parts));
    }
    // Glyphs in a run stand beside each other. Of a place where the direction changes a line tells only where
    // the caret is, which is one of two.
    for (const QGlyphRun& run : line.glyphRuns(from, to - from)) {
        const QList<QPointF> places = run.positions();
        const QList<QPointF> advances = run.rawFont().advancesForGlyphIndexes(run.glyphIndexes());
        LineStretch part{places[0].x(), places[0].x()};
        for (qsizetype i = 0; i < places.size(); ++i) {
            part.left = std::min(part.left, places[i].x());
            part.right = std::max(part.right, places[i].x() + advances[i].x());
        }
        parts.push_back(part);
    }
    for (int place = from; place < to; ++place)
        if (block.document()->characterAt(block.position() + place) == u'\t') // has no glyph
            parts.push_back(between(line.cursorToX(place), line.cursorToX(place + 1)));
    return joined(std::move(parts));
}

} // namespace tandem
