#include "editor/peer_cursors.h"

#include "editor/editor_view.h"
#include "theme/person_colors.h"
#include "theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace tandem {

namespace {
constexpr qreal hoverPx = 6;
constexpr qreal flagPaddingPx = 5;
constexpr qreal flagRadiusPx = 3;
constexpr qreal widestNamePx = 180;
constexpr qreal idleOpacity = 0.45;
constexpr int frameMs = 40;

QFont flagFont() {
    QFont font = theme::uiFont();
    font.setPointSizeF(font.pointSizeF() * 0.85);
    font.setWeight(QFont::DemiBold);
    return font;
}

QString shownName(const Peer& peer) {
    const QString name = QString::fromStdString(peer.name).simplified();
    return QFontMetricsF(flagFont()).elidedText(name, Qt::ElideRight, widestNamePx);
}
} // namespace

PeerCursors::PeerCursors(const Peers& peers, const DocumentBinding& binding, EditorView& view,
                         const Clock& clock)
    : m_peers(peers), m_binding(binding), m_view(view), m_clock(clock) {
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] { m_view.viewport()->update(); });
    peersChanged();
}

void PeerCursors::peersChanged() {
    std::map<std::string, Trace> traces;
    for (const Peer& peer : m_peers.all()) {
        const auto known = m_traces.find(peer.session);
        Trace trace = known == m_traces.end() ? Trace{} : known->second;
        if (peer.selection && (known == m_traces.end() || peer.selection != trace.selection))
            trace.movedAtMs = m_clock.monotonicMs();
        else if (known == m_traces.end())
            trace.movedAtMs = m_clock.monotonicMs() - flagShownMs - flagFadingMs;
        trace.selection = peer.selection;
        traces.emplace(peer.session, trace);
    }
    m_traces = std::move(traces);
    m_view.viewport()->update();
}

void PeerCursors::hover(QPointF position) {
    for (const Peer& peer : m_peers.all()) {
        const auto trace = m_traces.find(peer.session);
        if (trace == m_traces.end())
            continue;
        const std::optional<QRectF> caret = caretRect(peer);
        const bool hovered = caret && caret->adjusted(-hoverPx, 0, hoverPx, 0).contains(position);
        if (hovered == trace->second.hovered)
            continue;
        trace->second.hovered = hovered;
        m_view.viewport()->update();
    }
}

qreal PeerCursors::flagOpacity(const std::string& session) const {
    const auto trace = m_traces.find(session);
    if (trace == m_traces.end())
        return 0;
    if (trace->second.hovered)
        return 1;
    const std::int64_t fadedMs = m_clock.monotonicMs() - trace->second.movedAtMs - flagShownMs;
    if (!m_fades)
        return fadedMs < flagFadingMs ? 1 : 0;
    return std::clamp(1.0 - static_cast<qreal>(fadedMs) / flagFadingMs, 0.0, 1.0);
}

std::optional<QRectF> PeerCursors::caretRect(const Peer& peer) const {
    if (!peer.selection)
        return std::nullopt;
    const std::optional<int> head = m_binding.positionOf(peer.selection->head);
    if (!head)
        return std::nullopt;
    const QRectF place = m_view.caretRect(*head);
    if (!place.intersects(m_view.viewport()->rect()))
        return std::nullopt;
    return QRectF(place.left(), place.top(), caretWidth, place.height());
}

std::optional<QRectF> PeerCursors::flagRect(const Peer& peer) const {
    const std::optional<QRectF> caret = caretRect(peer);
    if (!caret)
        return std::nullopt;
    const QFontMetricsF metrics(flagFont());
    const QSizeF size(metrics.horizontalAdvance(shownName(peer)) + 2 * flagPaddingPx, metrics.height() + 2);
    QRectF flag(QPointF(caret->left(), caret->top() - size.height()), size);
    const qreal beyond = flag.right() - m_view.viewport()->width();
    if (beyond > 0)
        flag.translate(-std::min(beyond, flag.left()), 0);
    const QRectF typed(0, m_view.cursorRect().top(), m_view.viewport()->width(),
                       m_view.cursorRect().height());
    if (flag.top() < 0 || flag.intersects(typed))
        flag.moveTop(caret->bottom());
    // The line below is the typed one: beyond it.
    if (flag.intersects(typed))
        flag.moveTop(typed.bottom());
    return flag;
}

void PeerCursors::paintSelections(QPainter& painter) const {
    const theme::Scheme scheme = theme::schemeOf(m_view.palette());
    for (const Peer& peer : m_peers.all()) {
        if (!peer.selection || peer.selection->tail == peer.selection->head)
            continue;
        const std::optional<int> tail = m_binding.positionOf(peer.selection->tail);
        const std::optional<int> head = m_binding.positionOf(peer.selection->head);
        if (!tail || !head)
            continue;
        const QColor tint = theme::personColors(peer.color, scheme).selection;
        for (const QRectF& rect : m_view.textRects(std::min(*tail, *head), std::max(*tail, *head)))
            painter.fillRect(rect, tint);
    }
}

void PeerCursors::paintCarets(QPainter& painter) {
    painter.setRenderHint(QPainter::Antialiasing);
    const theme::Scheme scheme = theme::schemeOf(m_view.palette());
    for (const Peer& peer : m_peers.all()) {
        const std::optional<QRectF> caret = caretRect(peer);
        if (!caret)
            continue;
        painter.setOpacity(peer.idle ? idleOpacity : 1.0);
        painter.fillRect(*caret, theme::personColors(peer.color, scheme).caret);
        painter.setOpacity(1.0);
    }
    for (const Peer& peer : m_peers.all()) {
        const qreal opacity = flagOpacity(peer.session);
        if (opacity > 0)
            paintFlag(painter, peer, opacity);
    }
    wakeForFading();
}

void PeerCursors::paintFlag(QPainter& painter, const Peer& peer, qreal opacity) const {
    const std::optional<QRectF> flag = flagRect(peer);
    if (!flag)
        return;
    const theme::PersonColors colors = theme::personColors(peer.color, theme::schemeOf(m_view.palette()));
    painter.setOpacity(opacity);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.caret);
    painter.drawRoundedRect(*flag, flagRadiusPx, flagRadiusPx);
    painter.setFont(flagFont());
    painter.setPen(colors.onCaret);
    painter.drawText(*flag, Qt::AlignCenter | Qt::TextSingleLine, shownName(peer));
    painter.setOpacity(1.0);
}

void PeerCursors::wakeForFading() {
    std::optional<std::int64_t> wakeInMs;
    for (const auto& [session, trace] : m_traces) {
        const std::int64_t sinceMs = m_clock.monotonicMs() - trace.movedAtMs;
        if (sinceMs >= flagShownMs + flagFadingMs)
            continue;
        const std::int64_t inMs = std::max<std::int64_t>(frameMs, flagShownMs - sinceMs);
        wakeInMs = std::min(wakeInMs.value_or(inMs), inMs);
    }
    if (wakeInMs)
        m_timer.start(static_cast<int>(*wakeInMs));
}

} // namespace tandem
