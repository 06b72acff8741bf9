// Everything that people can have done is a Command: a QAction with an id and a place in the menus. Menus,
// tool bar, command palette and the overview of shortcuts are all made from the CommandRegistry of a window.
//
// A feature of a document makes its actions once, and its page hands them in with its own:
//
//     m_commands.append({"edit.find", Section::editFind,
//                        makeAction(this, tr("&Find…"), {QKeySequence::Find}, [this] { showFindBar(); })});
//
// That is all: the window shows the commands of the page in front (Page::commands) and takes them away with
// it. A command that edits the text says Needs::editing and is off, with the reason, for whoever may only
// read. Commands of the whole program are handed to CommandRegistry::add of each window.
#pragma once

#include <QAction>
#include <QKeySequence>
#include <QList>
#include <QString>

#include <functional>

namespace tandem {

// Where in the menus, in their order. Sections are set apart by lines; what is empty is not shown.
enum class Section {
    fileOpen,     // new, open, recent
    fileDocument, // rename, bin
    fileTransfer, // import, export, print
    fileHistory,  // versions
    fileClose,
    editUndo,
    editClipboard,
    editFind,
    editText,   // lines, indentation, spelling
    viewPanels, // what stands beside the text
    viewText,   // how the text is shown
    viewZoom,
    viewTheme,  // a submenu
    goAnywhere, // palette, quick open
    goInText,   // to a line, a heading
    goTabs,
    peopleHere,  // follow, jump to
    peopleShare, // links, roles, hosting
    peopleMe,    // own name and colour
    helpLearn,
    helpAbout,
    paletteOnly, // in no menu
};

struct Command {
    QString id; // stable, unique, never translated: "edit.undo"
    Section section;
    QAction* action; // lives at least as long as whoever handed it in

    enum class Needs { nothing, editing } needs = Needs::nothing;
    enum class ToolBar { no, yes } toolBar = ToolBar::no; // what stands there has an icon
};

// An action owned by `owner`. Its text is as for menus: with "&" for the mnemonic, "…" when it asks on.
QAction* makeAction(QObject* owner, const QString& text, const QList<QKeySequence>& shortcuts,
                    std::function<void()> use);

// The drawing resources/icons/<name>.svg, which the window keeps in the colours of the theme.
void setIconName(QAction* action, const QString& name);
void tintIcon(QAction* action, const QPalette& palette);

// On, or off with a sentence that says why: in the tool tip, and beside its name in the palette.
void setAvailable(QAction* action, bool available, const QString& reason);
// Empty while the action is on.
QString reasonOff(const QAction* action);

// The text without mnemonic and dots, for lists.
QString plainText(const QAction* action);

} // namespace tandem
