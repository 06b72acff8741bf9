#include "commands/menus.h"

#include <QMenuBar>

namespace tandem {

Menus::Menus(QMenuBar& bar, CommandRegistry& commands, QObject* parent)
    : QObject(parent), m_commands(commands), m_themes(new QMenu(tr("&Theme"), &bar)) {
    for (const Menu menu : {Menu::file, Menu::edit, Menu::view, Menu::go, Menu::people, Menu::help}) {
        m_menus[menu] = bar.addMenu(titleOf(menu));
        m_menus[menu]->setToolTipsVisible(true); // they say why something is off
    }
    connect(&commands, &CommandRegistry::changed, this, &Menus::fill);
    fill();
}

void Menus::fill() {
    m_themes->clear();
    for (const auto& [menu, shown] : m_menus)
        shown->clear();
    std::map<Menu, Section> last;
    for (const Command& command : m_commands.all()) {
        const Menu menu = menuOf(command.section);
        if (menu == Menu::none)
            continue;
        QMenu* shown = m_menus[menu];
        const auto before = last.find(menu);
        const bool begins = before == last.end() || before->second != command.section;
        if (begins && before != last.end())
            shown->addSeparator();
        last[menu] = command.section;
        if (command.section != Section::viewTheme) {
            shown->addAction(command.action);
            continue;
        }
        if (begins)
            shown->addMenu(m_themes);
        m_themes->addAction(command.action);
    }
    for (const auto& [menu, shown] : m_menus)
        shown->menuAction()->setVisible(last.contains(menu));
}

} // namespace tandem
