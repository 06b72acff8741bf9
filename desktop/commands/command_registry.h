// All commands of one window: those of the program and those of the page in front. The only source of menus,
// tool bar, palette and shortcuts. Owned by its window; lives on the event-loop thread; borrows the actions.
// Invariant: no two commands have the same id.
#pragma once

#include "commands/command.h"

#include <QObject>

namespace tandem {

enum class Menu { none, file, edit, view, go, people, help };

// Where a section stands.
Menu menuOf(Section section);
QString titleOf(Menu menu); // with a mnemonic; empty for none

class CommandRegistry final : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    // They stay for as long as the window does.
    void add(const QList<Command>& commands);
    // In place of those of the page before; before these end, others must be handed in.
    void setPageCommands(const QList<Command>& commands);

    // In the order of the menus.
    const QList<Command>& all() const { return m_all; }
    // Null where there is none.
    QAction* action(const QString& id) const;

signals:
    void changed();

private:
    void gather();

    QList<Command> m_own;
    QList<Command> m_ofPage;
    QList<Command> m_all;
};

} // namespace tandem
