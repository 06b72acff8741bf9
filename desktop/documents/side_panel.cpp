#include "documents/side_panel.h"

#include "commands/command.h"
#include "theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace tandem {

namespace {
constexpr int usualWidthPx = 230;
constexpr int leastWidthPx = 160;
} // namespace

SidePanel::SidePanel(QWidget* parent) : QFrame(parent), m_title(new QLabel), m_stack(new QStackedWidget) {
    setObjectName(QStringLiteral("side-panel"));
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    setMinimumWidth(leastWidthPx);
    QFont font = m_title->font();
    font.setWeight(QFont::DemiBold);
    m_title->setFont(font);

    auto* close = new QToolButton;
    close->setAutoRaise(true);
    close->setText(QStringLiteral("✕"));
    close->setToolTip(tr("Close"));
    close->setAccessibleName(tr("Close the panel"));
    connect(close, &QToolButton::clicked, this, [this] { showPanel({}); });

    auto* head = new QHBoxLayout;
    head->setContentsMargins(12, 8, 8, 4);
    head->addWidget(m_title, 1);
    head->addWidget(close);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_stack, 1);
    hide();
}

QAction* SidePanel::add(const QString& name, const QString& title, QWidget* panel) {
    auto* action = new QAction(title, this);
    action->setCheckable(true);
    connect(action, &QAction::triggered, this,
            [this, name](bool checked) { showPanel(checked ? name : QString()); });
    m_stack->addWidget(panel);
    m_panels.insert(name, {panel, action});
    return action;
}

void SidePanel::showPanel(const QString& name) {
    const auto panel = m_panels.constFind(name);
    const bool found = panel != m_panels.cend();
    for (const Panel& each : m_panels)
        each.action->setChecked(found && each.action == panel->action);
    if (found) {
        m_stack->setCurrentWidget(panel->widget);
        m_title->setText(plainText(panel->action));
    }
    setVisible(found);
    if (const QString before = std::exchange(m_shown, found ? name : QString()); before != m_shown)
        emit shownChanged(m_shown);
}

QSize SidePanel::sizeHint() const {
    return {usualWidthPx, QFrame::sizeHint().height()};
}

} // namespace tandem
