// Fills a menu bar from a CommandRegistry, and anew when that changes. Owned by the menu bar's window; both
// the bar and the registry must outlive it.
#pragma once

#include "commands/command_registry.h"

#include <QMenu>

#include <map>

class QMenuBar;

namespace tandem {

class Menus final : public QObject {
    Q_OBJECT
public:
    Menus(QMenuBar& bar, CommandRegistry& commands, QObject* parent);

private:
    void fill();

    CommandRegistry& m_commands;
    std::map<Menu, QMenu*> m_menus;
    QMenu* m_themes;
};

} // namespace tandem
