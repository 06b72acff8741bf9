#include "window/tab_dot.h"

#include "theme/theme.h"

#include <QPainter>

namespace tandem {

namespace {
constexpr int iconPx = 64;
constexpr qreal dotPx = 32;
constexpr qreal ringPx = 9;
} // namespace

QIcon tabDot(Page::Mark mark, const QPalette& palette) {
    if (mark == Page::Mark::none)
        return {};
    QPixmap pixmap(iconPx, iconPx);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    const qreal edge = (iconPx - dotPx) / 2;
    const QRectF dot(edge, edge, dotPx, dotPx);
    if (mark == Page::Mark::unsaved) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme::toneColor(theme::Tone::busy, palette));
        painter.drawEllipse(dot);
    } else {
        painter.setPen(QPen(theme::toneColor(theme::Tone::warning, palette), ringPx));
        painter.drawEllipse(dot.adjusted(ringPx / 2, ringPx / 2, -ringPx / 2, -ringPx / 2));
    }
    return pixmap;
}

} // namespace tandem
