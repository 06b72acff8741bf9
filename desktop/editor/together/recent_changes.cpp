#include "editor/together/recent_changes.h"

#include "editor/editor_view.h"
#include "editor/text/pending_ranges.h"
#include "theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace tandem {

namespace {
constexpr int frameMs = 60;
}

RecentChanges::RecentChanges(EditorView& view, const Clock& clock) : m_view(view), m_clock(clock) {
    m_view.addLayer(*this);
    m_timer.setInterval(frameMs);
    connect(&m_view.binding(), &DocumentBinding::edited, this, &RecentChanges::follow);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        const std::int64_t now = m_clock.monotonicMs();
        const bool fades = !m_stretches.empty() && (now - m_stretches.front().atMs > shownMs ||
                                                    now - m_stretches.back().begunMs < comingMs + frameMs);
        forgetOld();
        if (fades)
            m_view.viewport()->update();
    });
}

RecentChanges::~RecentChanges() {
    m_view.removeLayer(*this);
}

void RecentChanges::follow(const TextChanges& changes, bool remote) {
    forgetOld();
    const std::int64_t now = m_clock.monotonicMs();
    for (const TextChange& change : changes) {
        for (Stretch& stretch : m_stretches) {
            stretch.start = followed(stretch.start, change);
            stretch.end = followed(stretch.end, change);
        }
        // The whole document, when it comes for the first time, is no news.
        if (!remote || change.added == 0 || change.added == m_view.binding().length())
            continue;
        const int end = change.position + change.added;
        if (!m_stretches.empty() && m_stretches.back().end == change.position)
            m_stretches.back() = {m_stretches.back().start, end, m_stretches.back().begunMs, now};
        else
            m_stretches.push_back({change.position, end, now, now});
        if (m_stretches.size() > most)
            m_stretches.pop_front();
    }
    if (!m_stretches.empty() && !m_timer.isActive())
        m_timer.start();
}

void RecentChanges::forgetOld() {
    const std::int64_t now = m_clock.monotonicMs();
    while (!m_stretches.empty() && now - m_stretches.front().atMs >= shownMs + fadingMs)
        m_stretches.pop_front();
    if (m_stretches.empty())
        m_timer.stop();
}

qreal RecentChanges::opacityOf(const Stretch& stretch) const {
    const std::int64_t now = m_clock.monotonicMs();
    const std::int64_t fading = now - stretch.atMs - shownMs;
    if (!m_fades)
        return fading < fadingMs ? 1 : 0;
    const qreal come = static_cast<qreal>(now - stretch.begunMs) / comingMs;
    return std::clamp(std::min(come, 1.0 - static_cast<qreal>(fading) / fadingMs), 0.0, 1.0);
}

qreal RecentChanges::opacityAt(int position) const {
    qreal opacity = 0;
    for (const Stretch& stretch : m_stretches) {
        if (position >= stretch.start && position < stretch.end)
            opacity = std::max(opacity, opacityOf(stretch));
    }
    return opacity;
}

void RecentChanges::paintUnder(QPainter& painter) {
    if (m_stretches.empty())
        return;
    const EditorView::Span shown = m_view.visibleSpan();
    const QColor tint = theme::recentChange(m_view.palette());
    for (const Stretch& stretch : m_stretches) {
        if (stretch.end <= shown.start || stretch.start >= shown.end)
            continue;
        QColor color = tint;
        color.setAlphaF(static_cast<float>(tint.alphaF() * opacityOf(stretch)));
        for (const QRectF& rect : m_view.textRects(stretch.start, stretch.end))
            painter.fillRect(rect, color);
    }
}

} // namespace tandem
