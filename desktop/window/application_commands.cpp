// The commands of the whole program, which every window has.
#include "settings/preferences.h"
#include "window/main_window.h"
#include "window/window_set.h"

#include <QActionGroup>
#include <QMessageBox>

namespace tandem {

namespace {
QList<Command> themeCommands(QObject* owner, Preferences& preferences) {
    auto* group = new QActionGroup(owner);
    const std::tuple<const char*, theme::Choice, QString> choices[] = {
        {"theme.system", theme::Choice::system, WindowSet::tr("Theme Like the &System")},
        {"theme.light", theme::Choice::light, WindowSet::tr("&Light Theme")},
        {"theme.dark", theme::Choice::dark, WindowSet::tr("&Dark Theme")}};
    QList<Command> commands;
    for (const auto& [id, choice, text] : choices) {
        QAction* action =
            makeAction(owner, text, {}, [&preferences, chosen = choice] { preferences.setTheme(chosen); });
        action->setCheckable(true);
        action->setChecked(choice == preferences.theme());
        group->addAction(action);
        QObject::connect(
            &preferences, &Preferences::themeChanged, action,
            [action, mine = choice](theme::Choice chosen) { action->setChecked(chosen == mine); });
        commands.append({QString::fromLatin1(id), Section::viewTheme, action});
    }
    return commands;
}
} // namespace

QList<Command> WindowSet::applicationCommands(MainWindow* window) {
    QList<Command> commands;
    const auto add = [&](const char* id, Section section, QAction* action) {
        commands.append({QString::fromLatin1(id), section, action});
    };
    QAction* open = makeAction(window, tr("&Open or Create…"), {QKeySequence::Open, QKeySequence::New},
                               [this, window] { showStartPage(*window); });
    setIconName(open, QStringLiteral("open"));
    commands.append({QStringLiteral("file.open"), Section::fileOpen, open, Command::Needs::nothing,
                     Command::ToolBar::yes});

    if (m_store)
        add("file.newLocal", Section::fileOpen,
            makeAction(window, tr("&New on This Computer"), {Qt::CTRL | Qt::SHIFT | Qt::Key_N},
                       [this] { openNewLocal(); }));
    QAction* quit = makeAction(window, tr("&Quit"), {Qt::CTRL | Qt::Key_Q}, [this] { closeAll(); });
    quit->setMenuRole(QAction::QuitRole);
    add("application.quit", Section::fileClose, quit);
    add("person.choose", Section::peopleMe,
        makeAction(window, tr("Your &Name and Colour…"), {}, [this, window] { choosePerson(window); }));
    QAction* about = makeAction(window, tr("&About Tandem"), {}, [window] {
        QMessageBox::about(window, tr("About Tandem"),
                           tr("<b>Tandem %1</b><p>Write together, in one text, at the same time.</p>")
                               .arg(QStringLiteral(TANDEM_VERSION)));
    });
    about->setMenuRole(QAction::AboutRole);
    add("help.about", Section::helpAbout, about);
    return commands + themeCommands(window, m_preferences);
}

} // namespace tandem
