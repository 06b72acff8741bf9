#include "editor/find/text_search.h"

#include "editor/editor_view.h"
#include "theme/theme.h"

#include <QElapsedTimer>
#include <QPainter>
#include <QTextBlock>

#include <algorithm>

namespace tandem {

namespace {
constexpr int fewestStarts = 64;
constexpr int mostStarts = 256 * 1024;
constexpr int mostInStep = 64 * 1024; // of the text that is copied for a step
constexpr int contextUnits = 256;     // before a place, for what looks back
constexpr std::int64_t quickUs = 500;
constexpr std::int64_t slowUs = 3'000;
constexpr qreal hitRadius = 2;
} // namespace

TextSearch::TextSearch(EditorView& view) : m_view(view), m_work([this] { return step(); }) {
    connect(&m_view.binding(), &DocumentBinding::edited, this, &TextSearch::follow);
    m_view.addLayer(*this);
}

TextSearch::~TextSearch() {
    m_view.removeLayer(*this);
}

void TextSearch::setPattern(SearchPattern pattern) {
    m_pattern = std::move(pattern);
    startAnew();
}

void TextSearch::searchWithin(std::optional<Selection> scope) {
    m_scope = scope;
    startAnew();
}

void TextSearch::startAnew() {
    m_hits.clear();
    m_pending.clear();
    m_problem = m_pattern.problem();
    m_window = 4 * fewestStarts;
    m_from = m_view.textCursor().selectionStart();
    if (m_pattern.isValid()) {
        m_pending.add(scopeRange());
        m_work.start();
    }
    m_view.viewport()->update();
    emit changed();
}

// What may match otherwise now is looked through again: whole lines, and as far back as a match may reach.
void TextSearch::follow(const TextChanges& changes) {
    if (!m_pattern.isValid())
        return;
    for (const TextChange& change : changes) {
        if (change.removed == 0 && change.added == 0)
            continue;
        m_pending.follow(change);
        m_from = followed(m_from, change);
        std::size_t kept = 0;
        for (const Hit& hit : m_hits) {
            if (hit.end <= change.position)
                m_hits[kept++] = hit;
            else if (hit.start >= change.position + change.removed)
                m_hits[kept++] = {hit.start + change.added - change.removed,
                                  hit.end + change.added - change.removed};
        }
        m_hits.resize(kept);
        const int back = static_cast<int>(m_pattern.longestMatch());
        m_pending.add({std::max(0, change.position - back), change.position + change.added});
    }
    // It had stopped at a text that is another one now.
    m_problem.clear();
    m_work.start();
}

PendingRanges::Range TextSearch::scopeRange() const {
    const DocumentBinding& binding = m_view.binding();
    PendingRanges::Range range{0, binding.length()};
    if (m_scope) {
        range.start = binding.positionOf(m_scope->tail).value_or(0);
        range.end = std::max(range.start, binding.positionOf(m_scope->head).value_or(range.start));
    }
    return range;
}

// The step's part of the text begins and ends where lines do, unless they are very long.
PendingRanges::Range TextSearch::wholeLines(PendingRanges::Range range) const {
    const QTextDocument* document = m_view.document();
    const QTextBlock first = document->findBlock(range.start);
    const QTextBlock last = document->findBlock(range.end);
    if (range.start - first.position() < mostInStep)
        range.start = first.position();
    const int lastEnd = last.position() + last.length() - 1;
    if (lastEnd - range.end < mostInStep)
        range.end = lastEnd;
    const DocumentBinding& binding = m_view.binding();
    return {binding.elementStart(range.start), binding.elementStart(range.end)};
}

TextSearch::Window TextSearch::window(int start, int end) const {
    const DocumentBinding& binding = m_view.binding();
    const int origin = binding.elementStart(std::max(0, start - contextUnits));
    const int beyond = std::min<int>(binding.length(), end + static_cast<int>(m_pattern.longestMatch()));
    return {binding.text(origin, beyond), origin};
}

bool TextSearch::step() {
    const std::optional<PendingRanges::Range> next = m_pending.next(m_from, mostInStep);
    if (!next)
        return false;
    const PendingRanges::Range range = wholeLines(*next);
    std::vector<Hit> found;
    if (!searchRange(range, found)) {
        giveUp();
        return false;
    }
    const auto startsBefore = [](const Hit& hit, int position) { return hit.start < position; };
    const auto first = std::lower_bound(m_hits.begin(), m_hits.end(), range.start, startsBefore);
    auto last = std::lower_bound(first, m_hits.end(), range.end + 1, startsBefore);
    // A match that reaches beyond the range takes the place of those that it covers.
    const int reach = found.empty() ? range.end : found.back().end;
    int covered = reach;
    for (; last != m_hits.end() && last->start < reach; ++last)
        covered = std::max(covered, last->end);
    m_hits.insert(m_hits.erase(first, last), found.begin(), found.end());
    m_pending.remove(range);
    m_pending.remove(*next);
    if (covered > reach)
        m_pending.add({reach, covered});
    m_view.viewport()->update();
    emit changed();
    return !m_pending.empty();
}

// A few starts at a time, more while that is quick: so that a slow pattern is never far from its end.
bool TextSearch::searchRange(PendingRanges::Range range, std::vector<Hit>& hits) {
    const Window part = window(range.start, range.end);
    const PendingRanges::Range scope = scopeRange();
    qsizetype at = std::max(range.start, scope.start) - part.origin;
    auto place = SearchPattern::From::anywhere;
    const qsizetype last = std::min(range.end, scope.end) - part.origin;
    // One from before may reach into the range.
    const auto after = std::lower_bound(m_hits.begin(), m_hits.end(), range.start,
                                        [](const Hit& hit, int start) { return hit.start < start; });
    if (after != m_hits.begin() && std::prev(after)->end - part.origin >= at) {
        at = std::prev(after)->end - part.origin;
        place = SearchPattern::From::endOfMatch;
    }
    QElapsedTimer spent;
    while (at <= last) {
        const qsizetype lastStart = std::min<qsizetype>(last, at + m_window);
        SearchPattern::Match match;
        spent.start();
        const SearchPattern::Outcome outcome = m_pattern.next(part.text, at, lastStart, match, place);
        const std::int64_t us = spent.nsecsElapsed() / 1000;
        if (us > slowUs)
            m_window = std::max(fewestStarts, m_window / 2);
        else if (us < quickUs)
            m_window = std::min(mostStarts, m_window * 2);
        if (outcome == SearchPattern::Outcome::tooMuch)
            return false;
        if (outcome == SearchPattern::Outcome::none) {
            at = lastStart + 1;
            place = SearchPattern::From::anywhere;
            continue;
        }
        const Hit hit{part.origin + static_cast<int>(match.start), part.origin + static_cast<int>(match.end)};
        if (hit.end <= scope.end)
            hits.push_back(hit);
        at = match.end;
        place = SearchPattern::From::endOfMatch;
    }
    return true;
}

void TextSearch::giveUp() {
    m_pending.clear();
    m_problem =
        tr("This regular expression takes too long on this text. A simpler one, without repeats within "
           "repeats, will do.");
    emit changed();
}

std::optional<TextSearch::Hit> TextSearch::hitFrom(int position) const {
    const auto hit = std::lower_bound(m_hits.begin(), m_hits.end(), position,
                                      [](const Hit& other, int start) { return other.start < start; });
    if (hit == m_hits.end())
        return std::nullopt;
    const std::optional<int> unknown = m_pending.firstAfter(position - 1);
    return unknown && *unknown <= hit->start ? std::nullopt : std::optional(*hit);
}

std::optional<TextSearch::Hit> TextSearch::hitBefore(int position) const {
    const auto after = std::upper_bound(m_hits.begin(), m_hits.end(), position,
                                        [](int end, const Hit& other) { return end < other.end; });
    if (after == m_hits.begin())
        return std::nullopt;
    const Hit hit = *std::prev(after);
    const std::optional<int> unknown = m_pending.firstAfter(hit.end);
    return unknown && *unknown < position ? std::nullopt : std::optional(hit);
}

std::optional<std::size_t> TextSearch::indexOf(const Hit& hit) const {
    const auto found = std::lower_bound(m_hits.begin(), m_hits.end(), hit.start,
                                        [](const Hit& other, int start) { return other.start < start; });
    if (found == m_hits.end() || *found != hit)
        return std::nullopt;
    return static_cast<std::size_t>(found - m_hits.begin());
}

std::vector<TextSearch::Hit> TextSearch::hitsWithin(int start, int end, std::size_t most) const {
    std::vector<Hit> within;
    auto hit = std::upper_bound(m_hits.begin(), m_hits.end(), start, [](int position, const Hit& other) {
        return position < std::max(other.end, other.start + 1);
    });
    for (; hit != m_hits.end() && hit->start < end && within.size() < most; ++hit)
        within.push_back(*hit);
    return within;
}

std::optional<TextReplacement> TextSearch::replacementOf(const Hit& hit, const QString& by) {
    const Window part = window(hit.start, hit.end);
    const std::optional<QString> text =
        m_pattern.replacement(part.text, {hit.start - part.origin, hit.end - part.origin}, by, &m_problem);
    if (!text)
        return std::nullopt;
    return TextReplacement{hit.start, hit.end, *text};
}

std::optional<std::vector<TextReplacement>> TextSearch::replacements(const QString& by) {
    finish();
    if (!m_problem.isEmpty())
        return std::nullopt;
    // The text once, not once for every hit.
    const PendingRanges::Range scope = scopeRange();
    const Window part = window(scope.start, scope.end);
    std::vector<TextReplacement> all;
    all.reserve(m_hits.size());
    for (const Hit& hit : m_hits) {
        const std::optional<QString> text = m_pattern.replacement(
            part.text, {hit.start - part.origin, hit.end - part.origin}, by, &m_problem);
        if (!text)
            return std::nullopt;
        all.push_back({hit.start, hit.end, *text});
    }
    return all;
}

void TextSearch::finish() {
    if (m_work.isActive())
        m_work.finish();
}

void TextSearch::paintUnder(QPainter& painter) {
    if (m_hits.empty())
        return;
    const EditorView::Span shown = m_view.visibleSpan();
    const QTextCursor cursor = m_view.textCursor();
    const Hit current{cursor.selectionStart(), cursor.selectionEnd()};
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    for (const Hit& hit : hitsWithin(shown.start, shown.end, 5'000)) {
        if (hit == current)
            continue; // the selection shows it
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme::searchHit(m_view.palette()));
        for (const QRectF& rect : m_view.textRects(hit.start, hit.end))
            painter.drawRoundedRect(rect, hitRadius, hitRadius);
        if (hit.start == hit.end) // a place, as wide as can be seen
            painter.drawRect(QRectF(m_view.caretRect(hit.start)).adjusted(-hitRadius, 0, hitRadius, 0));
    }
    painter.restore();
}

} // namespace tandem
