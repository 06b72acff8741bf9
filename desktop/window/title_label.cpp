#include "window/title_label.h"

#include "theme/theme.h"

#include <QPainter>

namespace tandem {

namespace {
constexpr int sidePx = 12;
constexpr int heightPx = 38;
} // namespace

TitleLabel::TitleLabel(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    QFont font = theme::uiFont();
    font.setPointSizeF(font.pointSizeF() * 1.2);
    font.setWeight(QFont::DemiBold);
    setFont(font);
    setAccessibleName(tr("Title of the document"));
}

void TitleLabel::setText(const QString& text) {
    m_text = text;
    setAccessibleDescription(text);
    update();
}

QSize TitleLabel::sizeHint() const {
    return {2 * sidePx, heightPx};
}

void TitleLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setPen(palette().color(QPalette::WindowText));
    const QRect room = rect().adjusted(sidePx, 0, -sidePx, 0);
    painter.drawText(room, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                     fontMetrics().elidedText(m_text, Qt::ElideRight, room.width()));
}

} // namespace tandem
