#include "people/follow_frame.h"

#include "theme/person_colors.h"

#include <QEvent>
#include <QPainter>

namespace tandem {

namespace {
constexpr int frameWidthPx = 3;
constexpr qreal labelPaddingPx = 12;
constexpr qreal labelRadiusPx = 6;
} // namespace

FollowFrame::FollowFrame(QWidget* view) : QWidget(view) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    view->installEventFilter(this);
    hide();
}

void FollowFrame::show(const QString& words, int color) {
    m_words = words;
    m_color = color;
    setAccessibleName(words);
    setGeometry(parentWidget()->rect());
    raise();
    QWidget::show();
    update();
}

bool FollowFrame::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize && watched == parent())
        setGeometry(parentWidget()->rect());
    return QWidget::eventFilter(watched, event);
}

void FollowFrame::paintEvent(QPaintEvent*) {
    const theme::PersonColors colors = theme::personColors(m_color, theme::schemeOf(palette()));
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colors.caret, frameWidthPx));
    constexpr qreal inset = frameWidthPx / 2.0;
    painter.drawRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset));

    QFont font = theme::uiFont();
    font.setWeight(QFont::DemiBold);
    const QFontMetricsF metrics(font);
    const QString shown = metrics.elidedText(m_words, Qt::ElideMiddle, width() * 0.8);
    const qreal labelWidth = metrics.horizontalAdvance(shown) + 2 * labelPaddingPx;
    const QRectF label((width() - labelWidth) / 2, -labelRadiusPx, labelWidth,
                       metrics.height() + 8 + labelRadiusPx);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.caret);
    painter.drawRoundedRect(label, labelRadiusPx, labelRadiusPx);
    painter.setFont(font);
    painter.setPen(colors.onCaret);
    painter.drawText(label.adjusted(0, labelRadiusPx, 0, 0), Qt::AlignCenter | Qt::TextSingleLine, shown);
}

} // namespace tandem
