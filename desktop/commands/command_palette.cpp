#include "commands/command_palette.h"

#include "commands/finder.h"

#include <QMenu>

namespace tandem {

CommandPalette::CommandPalette(CommandRegistry& commands, QWidget* window)
    : QObject(window), m_commands(commands), m_finder(new Finder(tr("Type what you want to do"), window)) {
    m_finder->setEmptyText(tr("No command is called so."));
    connect(m_finder, &Finder::chosen, this, [this](const QString& id) {
        if (QAction* action = m_commands.action(id))
            action->trigger();
    });
}

void CommandPalette::open() {
    QList<Finder::Entry> entries;
    for (const Command& command : m_commands.all()) {
        const QAction* action = command.action;
        if (action->menu() || !action->isVisible())
            continue;
        const QString reason = reasonOff(action);
        QString note = reason.isEmpty() ? titleOf(menuOf(command.section)).remove(u'&') : reason;
        if (action->isCheckable() && action->isChecked())
            note = tr("%1 · on").arg(note);
        entries.append({plainText(action), note, action->shortcut().toString(QKeySequence::NativeText),
                        command.id, action->isEnabled()});
    }
    m_finder->setEntries(entries);
    m_finder->open();
}

} // namespace tandem
