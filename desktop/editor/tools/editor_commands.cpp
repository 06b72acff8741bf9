// The commands of EditorTools.
#include "editor/tools/editor_tools.h"

#include "editor/tools/editor_resources.h"
#include "settings/preferences.h"

#include <QActionGroup>
#include <QLocale>
#include <QMenu>

#include <array>

namespace tandem {

namespace {
constexpr auto editing = Command::Needs::editing;
constexpr std::array tabWidths = {2, 4, 8};
} // namespace

void EditorTools::makeCommands() {
    makeFindCommands();
    makeTypingCommands();
    makeViewCommands();
    makeDirectionCommands();
    makeLanguageCommands();
}

void EditorTools::makeFindCommands() {
    const std::array ids = {"edit.find", "edit.replace", "edit.findNext", "edit.findPrevious"};
    for (std::size_t i = 0; i < ids.size(); ++i)
        m_commands.append({QString::fromLatin1(ids[i]), Section::editFind,
                           m_findBar->actions().at(static_cast<qsizetype>(i)),
                           i == 1 ? editing : Command::Needs::nothing});
    m_commands.append({QStringLiteral("go.line"), Section::goInText, m_goToLine->action()});
    m_commands.append(
        {QStringLiteral("go.bracket"), Section::goInText,
         makeAction(this, tr("To the Matching &Bracket"), {Qt::CTRL | Qt::SHIFT | Qt::Key_Backslash},
                    [this] { m_brackets.jump(); })});
    m_commands.append(
        {QStringLiteral("go.misspelling"), Section::goInText,
         makeAction(this, tr("Next &Misspelled Word"), {Qt::Key_F7}, [this] { m_spelling.goToNext(); })});
}

void EditorTools::makeTypingCommands() {
    const std::array ids = {"edit.indent",      "edit.unindent",      "edit.duplicateLines",
                            "edit.moveLinesUp", "edit.moveLinesDown", "edit.joinLines",
                            "edit.deleteLines", "edit.toggleComment"};
    for (std::size_t i = 0; i < ids.size(); ++i)
        m_commands.append({QString::fromLatin1(ids[i]), Section::editText,
                           m_lines.actions().at(static_cast<qsizetype>(i)), editing});
}

QAction* EditorTools::addToggle(const char* id, Section section, const QString& text,
                                const QKeySequence& shortcut, bool isOn, std::function<void(bool)> use) {
    auto* action = new QAction(text, this);
    action->setCheckable(true);
    action->setChecked(isOn);
    action->setShortcut(shortcut);
    connect(action, &QAction::toggled, this, std::move(use));
    m_commands.append({QString::fromLatin1(id), section, action});
    return action;
}

void EditorTools::makeViewCommands() {
    const auto keep = [this](const char* id, Section section, const QString& text,
                             const QKeySequence& shortcut, const char* key) {
        const QString name = QString::fromLatin1(key);
        m_toggles.insert(name, addToggle(id, section, text, shortcut, true, [this, name](bool isOn) {
                             m_preferences.setEditorValue(name, isOn);
                         }));
    };
    keep("view.wrap", Section::viewText, tr("&Wrap Long Lines"), Qt::ALT | Qt::Key_Z, "wrapsLines");
    keep("view.spelling", Section::viewText, tr("Check &Spelling"), Qt::SHIFT | Qt::Key_F7, "checksSpelling");
    addToggle("view.authors", Section::viewText, tr("Show Who &Wrote What"), Qt::CTRL | Qt::SHIFT | Qt::Key_A,
              false, [this](bool isOn) { m_tints.setOn(isOn); });
    addToggle("view.preview", Section::viewPanels, tr("Pre&view"), Qt::CTRL | Qt::SHIFT | Qt::Key_V, false,
              [this](bool isOn) { m_preview->setVisible(isOn); });
    keep("typing.tabsAreSpaces", Section::paletteOnly, tr("Tab Key Types Spaces"), {}, "tabsAreSpaces");
    keep("typing.indentsNewLines", Section::paletteOnly, tr("New Lines Keep the Indentation"), {},
         "indentsNewLines");
    for (const int width : tabWidths)
        m_commands.append({QStringLiteral("typing.tabWidth%1").arg(width), Section::paletteOnly,
                           makeAction(this, tr("Tab Width: %1").arg(width), {}, [this, width] {
                               m_preferences.setEditorValue(QStringLiteral("tabWidth"), width);
                           })});
    for (const QString& language : Dictionary::languages())
        m_commands.append(
            {QStringLiteral("spelling.") + language, Section::paletteOnly,
             makeAction(this, tr("Check Spelling in %1").arg(QLocale(language).nativeLanguageName()), {},
                        [this, language] {
                            m_preferences.setEditorValue(QStringLiteral("spellLanguage"), language);
                            m_spelling.setLanguage(language);
                        })});
}

void EditorTools::makeDirectionCommands() {
    const std::array<std::tuple<const char*, QString, Qt::LayoutDirection>, 3> directions = {
        {{"direction.auto", tr("Text Direction by Its Letters"), Qt::LayoutDirectionAuto},
         {"direction.leftToRight", tr("Text from Left to Right"), Qt::LeftToRight},
         {"direction.rightToLeft", tr("Text from Right to Left"), Qt::RightToLeft}}};
    for (const auto& [id, text, direction] : directions)
        m_commands.append(
            {QString::fromLatin1(id), Section::paletteOnly,
             makeAction(this, text, {}, [this, way = direction] { m_view.setTextDirection(way); })});
}

void EditorTools::makeLanguageCommands() {
    auto* group = new QActionGroup(this);
    auto* menu = new QMenu(m_languageButton);
    const auto add = [&](const QString& id, const QString& name, const QString& chosen) {
        QAction* action = makeAction(this, tr("Language: %1").arg(name), {}, [this, chosen] {
            m_preferences.setEditorValue(languageKey(), chosen);
            chooseLanguage(chosen);
        });
        m_commands.append({QStringLiteral("language.") + id, Section::paletteOnly, action});
        QAction* item = menu->addAction(name);
        connect(item, &QAction::triggered, action, &QAction::trigger);
        if (!chosen.isEmpty()) {
            item->setCheckable(true);
            group->addAction(item);
            m_languageActions.insert(id, item);
        }
    };
    add(QStringLiteral("auto"), tr("By the title"), {});
    menu->addSeparator();
    add(QStringLiteral("plain"), tr("Plain text"), QStringLiteral("plain"));
    for (const auto& language : m_resources.languages().all())
        add(language->id, language->name, language->id);
    m_languageButton->setMenu(menu);
    m_languageButton->setPopupMode(QToolButton::InstantPopup);
    m_languageButton->setAutoRaise(true);
    m_languageButton->setToolTip(tr("The language by which the text is coloured, on this computer"));
    m_languageButton->setAccessibleName(tr("Language of the text"));
}

} // namespace tandem
