#include "commands/finder_delegate.h"

#include "theme/theme.h"

#include <QPainter>
#include <QTextLayout>

namespace tandem {

namespace {
constexpr int sidePx = 12;
constexpr int gapPx = 12;
constexpr qreal radiusPx = 5;

// The letters found are bold; the text is cut where the room ends.
qreal drawText(QPainter* painter, const QRectF& room, const QString& text, const QList<int>& found,
               const QFont& font, const QColor& color) {
    QTextLayout layout(QFontMetricsF(font).elidedText(text, Qt::ElideRight, room.width()), font);
    QList<QTextLayout::FormatRange> formats;
    for (const int at : found) {
        QTextLayout::FormatRange range;
        range.start = at;
        range.length = 1;
        range.format.setFontWeight(QFont::Bold);
        formats.append(range);
    }
    layout.setFormats(formats);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    line.setLineWidth(room.width() * 2);
    layout.endLayout();
    painter->setPen(color);
    layout.draw(painter, QPointF(room.left(), room.center().y() - line.height() / 2));
    return line.naturalTextWidth();
}
} // namespace

QSize FinderDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {0, rowPx};
}

void FinderDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                           const QModelIndex& index) const {
    const bool enabled = index.flags().testFlag(Qt::ItemIsEnabled);
    const bool current = option.state.testFlag(QStyle::State_Selected);
    const QColor quiet = theme::quietText(option.palette);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (enabled && (current || option.state.testFlag(QStyle::State_MouseOver))) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(current ? option.palette.color(QPalette::Highlight)
                                  : theme::currentLine(option.palette));
        painter->drawRoundedRect(QRectF(option.rect).adjusted(0, 1, 0, -1), radiusPx, radiusPx);
    }
    const QColor strong =
        current ? option.palette.color(QPalette::HighlightedText) : option.palette.color(QPalette::Text);
    const QColor weak = current && enabled ? strong : quiet;

    QRectF room = QRectF(option.rect).adjusted(sidePx, 0, -sidePx, 0);
    painter->setFont(option.font);
    if (const QString shortcut = index.data(ShortcutRole).toString(); !shortcut.isEmpty()) {
        painter->setPen(weak);
        painter->drawText(room, Qt::AlignVCenter | Qt::AlignRight | Qt::TextSingleLine, shortcut);
        room.setRight(room.right() - QFontMetricsF(option.font).horizontalAdvance(shortcut) - gapPx);
    }
    const qreal width =
        drawText(painter, room, index.data(Qt::DisplayRole).toString(),
                 index.data(MatchRole).value<QList<int>>(), option.font, enabled ? strong : quiet);
    room.setLeft(room.left() + width + gapPx);
    if (room.width() > gapPx) {
        painter->setPen(weak);
        const QFontMetricsF metrics(option.font);
        painter->drawText(room, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                          metrics.elidedText(index.data(NoteRole).toString(), Qt::ElideRight, room.width()));
    }
    painter->restore();
}

} // namespace tandem
