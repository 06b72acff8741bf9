#include "editor/tools/editor_resources.h"

#include "settings/preferences.h"

#include <QLocale>
#include <QStandardPaths>

namespace tandem {

EditorResources& EditorResources::of(Preferences& preferences) {
    if (auto* known = preferences.findChild<EditorResources*>(QString(), Qt::FindDirectChildrenOnly))
        return *known;
    return *new EditorResources(preferences);
}

EditorResources::EditorResources(Preferences& preferences)
    : QObject(&preferences)
    , m_dictionary(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) +
                   QStringLiteral("/words.txt")) {
    const QString chosen = preferences.editorValue(QStringLiteral("spellLanguage")).toString();
    m_dictionary.setLanguage(chosen.isEmpty() ? Dictionary::languageOf(QLocale::system().uiLanguages())
                                              : chosen);
}

} // namespace tandem
