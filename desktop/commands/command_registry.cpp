#include "commands/command_registry.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

namespace tandem {

namespace {
struct Titles {
    Q_DECLARE_TR_FUNCTIONS(Menus)
};
} // namespace

Menu menuOf(Section section) {
    if (section <= Section::fileClose)
        return Menu::file;
    if (section <= Section::editText)
        return Menu::edit;
    if (section <= Section::viewTheme)
        return Menu::view;
    if (section <= Section::goTabs)
        return Menu::go;
    if (section <= Section::peopleMe)
        return Menu::people;
    if (section <= Section::helpAbout)
        return Menu::help;
    return Menu::none;
}

QString titleOf(Menu menu) {
    switch (menu) {
    case Menu::file:
        return Titles::tr("&File");
    case Menu::edit:
        return Titles::tr("&Edit");
    case Menu::view:
        return Titles::tr("&View");
    case Menu::go:
        return Titles::tr("&Go");
    case Menu::people:
        return Titles::tr("&People");
    case Menu::help:
        return Titles::tr("&Help");
    case Menu::none:
        break;
    }
    return {};
}

void CommandRegistry::add(const QList<Command>& commands) {
    m_own.append(commands);
    gather();
}

void CommandRegistry::setPageCommands(const QList<Command>& commands) {
    m_ofPage = commands;
    gather();
}

QAction* CommandRegistry::action(const QString& id) const {
    const auto found = std::find_if(m_all.begin(), m_all.end(), [&](const Command& c) { return c.id == id; });
    return found == m_all.end() ? nullptr : found->action;
}

void CommandRegistry::gather() {
    m_all = m_own + m_ofPage;
    std::stable_sort(m_all.begin(), m_all.end(),
                     [](const Command& a, const Command& b) { return a.section < b.section; });
    QSet<QString> ids;
    for (const Command& command : m_all)
        ids.insert(command.id);
    Q_ASSERT(ids.size() == m_all.size());
    emit changed();
}

} // namespace tandem
