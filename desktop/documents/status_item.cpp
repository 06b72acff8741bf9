#include "documents/status_item.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>

namespace tandem {

namespace {
constexpr int dotPx = 9;
constexpr qreal dotScale = 4; // drawn larger, so that it is round on any screen
} // namespace

StatusItem::StatusItem(QWidget* parent)
    : QWidget(parent), m_dot(new QLabel), m_words(new QLabel), m_retry(new QLabel), m_problem(new QLabel) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(8, 2, 8, 2);
    row->setSpacing(7);
    for (QLabel* label : {m_dot, m_words, m_retry, m_problem})
        row->addWidget(label);
    row->addStretch();
    // Words that come and go make no window wider.
    for (QLabel* label : {m_words, m_problem})
        label->setMinimumWidth(1);

    // What servers say is shown as it is, never as markup.
    m_words->setTextFormat(Qt::PlainText);
    m_problem->setTextFormat(Qt::PlainText);
    m_words->setAccessibleName(tr("State of the connection"));
    m_retry->setFocusPolicy(Qt::StrongFocus);
    m_retry->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    connect(m_retry, &QLabel::linkActivated, this, &StatusItem::retryRequested);
}

void StatusItem::show(const StateWords& words) {
    m_tone = words.tone;
    m_words->setText(words.words);
    m_retry->setVisible(words.retry == StateWords::Retry::offered);
    m_problem->setText(words.problem);
    m_problem->setVisible(!words.problem.isEmpty());
    m_problem->setToolTip(words.problem.toHtmlEscaped());
    applyColors();
    tellTurns(words);
}

// While it tries again, nothing has turned.
void StatusItem::tellTurns(const StateWords& words) {
    if (words.tone == theme::Tone::busy)
        return;
    const bool isTrouble = words.tone != theme::Tone::good;
    if (std::exchange(m_isTrouble, isTrouble) == isTrouble)
        return;
    emit turned(words.problem.isEmpty() ? words.words : words.words + QStringLiteral(". ") + words.problem);
}

void StatusItem::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyColors();
}

void StatusItem::applyColors() {
    const int size = static_cast<int>(dotPx * dotScale);
    QPixmap dot(size, size);
    dot.fill(Qt::transparent);
    QPainter painter(&dot);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme::toneColor(m_tone, palette()));
    painter.drawEllipse(dot.rect());
    painter.end();
    dot.setDevicePixelRatio(dotScale);
    m_dot->setPixmap(dot);

    QPalette quiet = palette();
    quiet.setColor(QPalette::WindowText, theme::quietText(palette()));
    m_problem->setPalette(quiet);

    // Rich text keeps the colours it was made with.
    m_retry->setText(QStringLiteral("<a href=\"retry\" style=\"color:%1\">%2</a>")
                         .arg(palette().color(QPalette::Link).name(), tr("Try now").toHtmlEscaped()));
}

} // namespace tandem
