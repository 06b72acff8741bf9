// Fusion, with what of it neither a palette nor a style sheet can mend: boxes to check stand out from what is
// behind them, and nothing moves where motion is not wanted. Owned by the application.
#pragma once

#include <QProxyStyle>

namespace tandem::theme {

class TandemStyle final : public QProxyStyle {
public:
    TandemStyle();

    // Whoever shows something that moves asks theme::motionIsWanted(), which asks this.
    void setMotion(bool isWanted) { m_moves = isWanted; }

    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* returned) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;

private:
    bool m_moves = true;
};

} // namespace tandem::theme
