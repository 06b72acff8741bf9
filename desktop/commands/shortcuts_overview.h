// All shortcuts of a window, by menu. A dialog; made from the registry when it opens.
#pragma once

#include "commands/command_registry.h"

#include <QDialog>

namespace tandem {

class ShortcutsOverview final : public QDialog {
    Q_OBJECT
public:
    ShortcutsOverview(const CommandRegistry& commands, QWidget* parent);
};

} // namespace tandem
