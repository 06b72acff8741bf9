#include "history/author_legend.h"

#include "theme/person_colors.h"

#include <QPainter>

#include <algorithm>

namespace tandem {

namespace {
constexpr int heightPx = 22;
constexpr int gapPx = 6;
constexpr int paddingPx = 8;
constexpr int barPx = 3; // in the full colour, where a tint alone is hard to tell
constexpr int widestPx = 180;

int widthOf(const QString& name, const QFontMetrics& metrics) {
    return std::min(metrics.horizontalAdvance(name) + 2 * paddingPx + barPx, widestPx);
}
} // namespace

AuthorLegend::AuthorLegend(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Authors"));
}

void AuthorLegend::show(const QList<Author>& authors) {
    m_authors = authors;
    const QString all = names().join(QStringLiteral(", "));
    setAccessibleDescription(all);
    setToolTip(all.toHtmlEscaped());
    updateGeometry();
    update();
}

QStringList AuthorLegend::names() const {
    QStringList names;
    for (const Author& author : m_authors)
        names.append(author.name);
    return names;
}

QSize AuthorLegend::sizeHint() const {
    int width = 0;
    for (const Author& author : m_authors)
        width += widthOf(author.name, fontMetrics()) + gapPx;
    return {width, heightPx};
}

QSize AuthorLegend::minimumSizeHint() const {
    return {0, heightPx};
}

void AuthorLegend::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QFontMetrics metrics = fontMetrics();
    const theme::Scheme scheme = theme::schemeOf(palette());
    int x = 0;
    for (qsizetype i = 0; i < m_authors.size(); ++i) {
        const Author& author = m_authors[i];
        const int chip = widthOf(author.name, metrics);
        const QString rest = QStringLiteral("+%1").arg(m_authors.size() - i);
        const bool isLast = i + 1 == m_authors.size();
        if (x + chip + (isLast ? 0 : gapPx + metrics.horizontalAdvance(rest)) > width()) {
            painter.setPen(theme::quietText(palette()));
            painter.drawText(QRect(x, 0, width() - x, heightPx), Qt::AlignVCenter, rest);
            return;
        }
        const theme::PersonColors colors = theme::personColors(author.color, scheme);
        painter.setPen(Qt::NoPen);
        painter.setBrush(colors.selection);
        painter.drawRect(x, 0, chip, heightPx);
        painter.setBrush(colors.caret);
        painter.drawRect(x, 0, barPx, heightPx);
        painter.setPen(palette().color(QPalette::WindowText));
        const QRect place(x + barPx + paddingPx, 0, chip - barPx - 2 * paddingPx + 1, heightPx);
        painter.drawText(place, Qt::AlignVCenter,
                         metrics.elidedText(author.name, Qt::ElideRight, place.width()));
        x += chip + gapPx;
    }
}

} // namespace tandem
