#include "editor/typing/bracket_match.h"

#include "editor/editor_view.h"
#include "theme/theme.h"

#include <QPainter>
#include <QTextBlock>

#include <algorithm>

namespace tandem {

namespace {
constexpr QStringView opening = u"([{";
constexpr QStringView closing = u")]}";
constexpr qreal boxRadius = 2;
} // namespace

BracketMatch::BracketMatch(EditorView& view) : m_view(view) {
    m_view.addLayer(*this);
}

BracketMatch::~BracketMatch() {
    m_view.removeLayer(*this);
}

std::optional<BracketMatch::Pair> BracketMatch::pairAtCaret() const {
    const int caret = m_view.textCursor().position();
    if (const std::optional<Pair> after = pairOf(caret))
        return after;
    return caret > 0 ? pairOf(caret - 1) : std::nullopt;
}

std::optional<BracketMatch::Pair> BracketMatch::pairOf(int position) const {
    QTextBlock block = m_view.document()->findBlock(position);
    if (!block.isValid())
        return std::nullopt;
    qsizetype at = position - block.position();
    QString line = block.text();
    if (at >= line.size())
        return std::nullopt;
    const bool forwards = opening.contains(line[at]);
    const qsizetype kind = forwards ? opening.indexOf(line[at]) : closing.indexOf(line[at]);
    if (kind < 0)
        return std::nullopt;
    const QChar same = line[at];
    const QChar other = forwards ? closing[kind] : opening[kind];
    int depth = 0;
    for (int steps = 0; steps < farthest; ++steps) {
        while (at < 0 || at >= line.size()) {
            block = forwards ? block.next() : block.previous();
            if (!block.isValid() || ++steps >= farthest)
                return std::nullopt;
            line = block.text();
            at = forwards ? 0 : line.size() - 1;
        }
        depth += line[at] == same ? 1 : line[at] == other ? -1 : 0;
        if (depth == 0) {
            const int found = block.position() + static_cast<int>(at);
            return Pair{std::min(position, found), std::max(position, found)};
        }
        at += forwards ? 1 : -1;
    }
    return std::nullopt;
}

void BracketMatch::jump() {
    const std::optional<Pair> pair = pairAtCaret();
    if (!pair)
        return;
    const int caret = m_view.textCursor().position();
    const bool atOpen = caret == pair->open || caret == pair->open + 1;
    const int target = atOpen ? pair->close : pair->open;
    m_view.setSelection(target, target);
}

void BracketMatch::paintUnder(QPainter& painter) {
    if (!m_view.hasFocus() && !m_view.isActiveWindow())
        return;
    const std::optional<Pair> pair = pairAtCaret();
    if (!pair)
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme::quietText(m_view.palette()));
    painter.setBrush(Qt::NoBrush);
    for (const int place : {pair->open, pair->close}) {
        for (const QRectF& rect : m_view.textRects(place, place + 1))
            painter.drawRoundedRect(rect.adjusted(0.5, 1.5, -0.5, -1.5), boxRadius, boxRadius);
    }
    painter.restore();
}

} // namespace tandem
