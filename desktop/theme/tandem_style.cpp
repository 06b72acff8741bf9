#include "theme/tandem_style.h"

#include "theme/theme.h"

#include <QPainter>
#include <QStyleOption>

#include <algorithm>

namespace tandem::theme {

namespace {
constexpr qreal cornerPx = 3;
constexpr qreal circlePx = 1.5;   // thinner it is pale
constexpr qreal lineShare = 0.12; // of a box's side

enum class Shape { box, circle };

// The largest square in the middle, so that its edge is not between pixels.
QRectF squareIn(const QRect& rect) {
    const int side = std::min(rect.width(), rect.height());
    QRect square(0, 0, side, side);
    square.moveCenter(rect.center());
    return QRectF(square).adjusted(0.5, 0.5, -0.5, -0.5);
}

void drawGround(QPainter& painter, const QStyleOption& option, const QRectF& square, Shape shape) {
    const bool isOn = option.state & (QStyle::State_On | QStyle::State_NoChange);
    const bool isEnabled = option.state & QStyle::State_Enabled;
    const bool isMeant = option.state & (QStyle::State_MouseOver | QStyle::State_HasFocus);
    const QColor edge = isEnabled && (isOn || isMeant) ? accent(option.palette) : outline(option.palette);
    painter.setPen(QPen(edge, shape == Shape::circle ? circlePx : 1));
    painter.setBrush(isOn ? edge : option.palette.color(QPalette::Base));
    if (shape == Shape::circle)
        painter.drawEllipse(square);
    else
        painter.drawRoundedRect(square, cornerPx, cornerPx);
}

void drawBox(QPainter& painter, const QStyleOption& option) {
    const QRectF square = squareIn(option.rect);
    drawGround(painter, option, square, Shape::box);
    const auto at = [&square](qreal x, qreal y) {
        return QPointF(square.left() + x * square.width(), square.top() + y * square.height());
    };
    painter.setPen(QPen(onAccent(option.palette), lineShare * square.width(), Qt::SolidLine, Qt::RoundCap,
                        Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    if (option.state & QStyle::State_NoChange)
        painter.drawLine(at(0.26, 0.5), at(0.74, 0.5));
    else if (option.state & QStyle::State_On)
        painter.drawPolyline(QPolygonF{at(0.23, 0.53), at(0.42, 0.72), at(0.77, 0.3)});
}

void drawCircle(QPainter& painter, const QStyleOption& option) {
    const QRectF square = squareIn(option.rect);
    drawGround(painter, option, square, Shape::circle);
    if (!(option.state & QStyle::State_On))
        return;
    const qreal inset = square.width() * 0.3;
    painter.setPen(Qt::NoPen);
    painter.setBrush(onAccent(option.palette));
    painter.drawEllipse(square.adjusted(inset, inset, -inset, -inset));
}
} // namespace

TandemStyle::TandemStyle() : QProxyStyle(QStringLiteral("Fusion")) {}

int TandemStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                           QStyleHintReturn* returned) const {
    if (!m_moves && (hint == SH_Widget_Animate || hint == SH_Widget_Animation_Duration))
        return 0;
    return QProxyStyle::styleHint(hint, option, widget, returned);
}

// Fusion draws the edge of a box as a darker shade of what is behind it, which is nothing on dark.
void TandemStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                                const QWidget* widget) const {
    if (element != PE_IndicatorCheckBox && element != PE_IndicatorRadioButton)
        return QProxyStyle::drawPrimitive(element, option, painter, widget);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (element == PE_IndicatorCheckBox)
        drawBox(*painter, *option);
    else
        drawCircle(*painter, *option);
    painter->restore();
}

} // namespace tandem::theme
