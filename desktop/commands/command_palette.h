// Every command of a window, found by typing. Owned by its window, whose registry it shows.
#pragma once

#include "commands/command_registry.h"

#include <QObject>

namespace tandem {

class Finder;

class CommandPalette final : public QObject {
    Q_OBJECT
public:
    CommandPalette(CommandRegistry& commands, QWidget* window);

    void open();
    Finder& finder() { return *m_finder; }

private:
    CommandRegistry& m_commands;
    Finder* m_finder;
};

} // namespace tandem
