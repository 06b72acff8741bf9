// All that an editor does beside showing and taking text, put together for one document, with its commands.
// Owned by the DocumentPage; goes before the view. What people choose here is kept on this computer and
// changes nothing of what others see.
#pragma once

#include "commands/command.h"
#include "editor/access/edit_announcer.h"
#include "editor/find/find_bar.h"
#include "editor/highlight/highlighter.h"
#include "editor/preview/markdown_preview.h"
#include "editor/spelling/spell_check.h"
#include "editor/together/author_tints.h"
#include "editor/together/people_out_of_sight.h"
#include "editor/together/recent_changes.h"
#include "editor/together/scroll_marks.h"
#include "editor/typing/bracket_match.h"
#include "editor/typing/go_to_line.h"
#include "editor/typing/line_commands.h"

#include <QPointer>
#include <QToolButton>

namespace tandem {

class EditorResources;
class Preferences;

class EditorTools final : public QObject {
    Q_OBJECT
public:
    // `documentKey` names the document in the preferences. `names` may be null.
    EditorTools(EditorView& view, const OpenDocument& document, const Clock& clock, Preferences& preferences,
                QString documentKey, const AuthorNames* names);
    ~EditorTools() override;

    // Widgets that the page places; they go with this.
    FindBar* findBar() { return m_findBar; }
    GoToLine* goToLine() { return m_goToLine; }
    MarkdownPreview* preview() { return m_preview; }
    QToolButton* languageButton() { return m_languageButton; }

    const QList<Command>& commands() const { return m_commands; }
    const Highlighter& highlighter() const { return m_highlighter; }
    SpellCheck& spelling() { return m_spelling; }
    const AuthorTints& tints() const { return m_tints; }

    // The language follows the title's ending unless the person has chosen one.
    void setTitle(const QString& title);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void makeCommands();
    void makeFindCommands();
    void makeTypingCommands();
    void makeViewCommands();
    void makeLanguageCommands();
    void makeDirectionCommands();
    QAction* addToggle(const char* id, Section section, const QString& text, const QKeySequence& shortcut,
                       bool isOn, std::function<void(bool)> use);
    void applyPreferences();
    void followMotion();
    void chooseLanguage(const QString& id); // empty: by the title
    void useLanguage(const Language* language);
    QString languageKey() const { return QStringLiteral("language/") + m_documentKey; }

    EditorView& m_view;
    Preferences& m_preferences;
    EditorResources& m_resources;
    QString m_documentKey;
    QString m_title;

    Highlighter m_highlighter;
    RecentChanges m_recent;
    AuthorTints m_tints;
    BracketMatch m_brackets;
    SpellCheck m_spelling;
    LineCommands m_lines;
    EditAnnouncer m_announcer;
    QPointer<FindBar> m_findBar;
    QPointer<GoToLine> m_goToLine;
    QPointer<MarkdownPreview> m_preview;
    QPointer<ScrollMarks> m_marks;
    QPointer<PeopleOutOfSight> m_people;
    QPointer<QToolButton> m_languageButton;
    QList<Command> m_commands;
    QHash<QString, QAction*> m_toggles; // by the name of their preference
    QHash<QString, QAction*> m_languageActions;
};

} // namespace tandem
