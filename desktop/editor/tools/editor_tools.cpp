#include "editor/tools/editor_tools.h"

#include "editor/peer_cursors.h"
#include "editor/tools/editor_resources.h"
#include "settings/preferences.h"
#include "theme/theme.h"

#include <QEvent>

namespace tandem {

namespace {
const QString wrapKey = QStringLiteral("wrapsLines");
const QString spellingKey = QStringLiteral("checksSpelling");
const QString spacesKey = QStringLiteral("tabsAreSpaces");
const QString widthKey = QStringLiteral("tabWidth");
const QString indentKey = QStringLiteral("indentsNewLines");
} // namespace

EditorTools::EditorTools(EditorView& view, const OpenDocument& document, const Clock& clock,
                         Preferences& preferences, QString documentKey, const AuthorNames* names)
    : m_view(view)
    , m_preferences(preferences)
    , m_resources(EditorResources::of(preferences))
    , m_documentKey(std::move(documentKey))
    , m_highlighter(view, m_resources.languages())
    , m_recent(view, clock)
    , m_tints(view, document, names)
    , m_brackets(view)
    , m_spelling(view, m_highlighter, m_resources.dictionary())
    , m_lines(view)
    , m_announcer(view, document, names)
    , m_findBar(new FindBar(view))
    , m_goToLine(new GoToLine(view))
    , m_preview(new MarkdownPreview(view))
    , m_marks(new ScrollMarks(view, document.peers(), &m_findBar->search()))
    , m_people(new PeopleOutOfSight(view, document.peers()))
    , m_languageButton(new QToolButton) {
    m_preview->hide();
    followMotion();
    view.installEventFilter(this);
    makeCommands();
    applyPreferences();
    setTitle({});
    connect(&preferences, &Preferences::editorValueChanged, this, &EditorTools::applyPreferences);
    connect(&view, &EditorView::contextMenuComing, &m_spelling,
            [this](QMenu& menu, int position) { m_spelling.addTo(menu, position); });
}

EditorTools::~EditorTools() {
    delete m_marks;
    delete m_people;
    delete m_preview;
    delete m_goToLine;
    delete m_findBar;
    delete m_languageButton;
}

// The same in all open documents.
void EditorTools::applyPreferences() {
    const auto isOn = [this](const QString& key) { return m_preferences.editorValue(key, true).toBool(); };
    m_view.setWrapsLines(isOn(wrapKey));
    m_spelling.setOn(isOn(spellingKey));
    m_lines.setStyle({isOn(spacesKey), m_preferences.editorValue(widthKey, TypingStyle().tabWidth).toInt(),
                      isOn(indentKey)});
    for (auto toggle = m_toggles.begin(); toggle != m_toggles.end(); ++toggle)
        toggle.value()->setChecked(isOn(toggle.key()));
}

void EditorTools::followMotion() {
    const bool isWanted = theme::motionIsWanted();
    m_recent.setFades(isWanted);
    m_view.peerCursors().setFades(isWanted);
}

bool EditorTools::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::StyleChange)
        followMotion();
    return QObject::eventFilter(watched, event);
}

// --- languages

void EditorTools::setTitle(const QString& title) {
    m_title = title;
    chooseLanguage(m_preferences.editorValue(languageKey()).toString());
}

void EditorTools::chooseLanguage(const QString& id) {
    const LanguageSet& languages = m_resources.languages();
    const bool isPlain = id == QLatin1String("plain");
    useLanguage(id.isEmpty() ? languages.forTitle(m_title) : isPlain ? nullptr : languages.find(id));
}

void EditorTools::useLanguage(const Language* language) {
    if (language != m_highlighter.language() || m_languageButton->text().isEmpty())
        m_highlighter.setLanguage(language);
    m_lines.setHabits(language ? language->habits : LineHabits());
    m_languageButton->setText(language ? language->name : tr("Plain text"));
    if (QAction* action = m_languageActions.value(language ? language->id : QStringLiteral("plain")))
        action->setChecked(true);
}

} // namespace tandem
