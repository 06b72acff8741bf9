#include "commands/command.h"

#include "theme/theme.h"

#include <QVariant>

namespace tandem {

namespace {
constexpr char iconName[] = "tandem-icon";
constexpr char offReason[] = "tandem-off-reason";
} // namespace

QAction* makeAction(QObject* owner, const QString& text, const QList<QKeySequence>& shortcuts,
                    std::function<void()> use) {
    auto* action = new QAction(text, owner);
    action->setShortcuts(shortcuts);
    QObject::connect(action, &QAction::triggered, owner, [use = std::move(use)] { use(); });
    return action;
}

void setIconName(QAction* action, const QString& name) {
    action->setProperty(iconName, name);
}

void tintIcon(QAction* action, const QPalette& palette) {
    const QString name = action->property(iconName).toString();
    if (!name.isEmpty())
        action->setIcon(theme::icon(name, palette));
}

void setAvailable(QAction* action, bool available, const QString& reason) {
    action->setEnabled(available);
    action->setProperty(offReason, available ? QVariant() : QVariant(reason));
    action->setToolTip(available ? QString() : reason); // empty: Qt shows the text
}

QString reasonOff(const QAction* action) {
    return action->isEnabled() ? QString() : action->property(offReason).toString();
}

QString plainText(const QAction* action) {
    QString text = action->text();
    // "&&" stands for the sign itself.
    for (qsizetype at = text.indexOf(u'&'); at >= 0; at = text.indexOf(u'&', at + 1))
        text.remove(at, 1);
    return text.remove(QStringLiteral("…"));
}

} // namespace tandem
